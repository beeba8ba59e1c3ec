import { createLab } from '@main/artifact/lab-with-artifact'
import { replay } from '@main/artifact/replay'
import { replayText } from '@main/artifact/replay-text'
import type { Progress } from '@shared/model/snapshot'
import { UserError } from '@shared/model/user-error'
import { describe, expect, it } from 'vitest'
import { aFile, bytesOf } from '../builders/a-trace'
import { FolderHost, goldenFile, type Folder } from '../builders/artifact-files'
import { golden } from '../builders/golden-case'

const UNIFORM: Folder = {
  trace: goldenFile('uniform', 'trace.bin.gz'),
  guest: goldenFile('uniform', 'pt_dump.gz'),
  host: goldenFile('uniform', 'pt_dump.host.gz')
}
const OVER_HOST = { trace: 'trace', tables: 'guest', hostTables: 'host', frameNumbers: false }

function aLab(folder: Folder = UNIFORM) {
  const lab = createLab(new FolderHost(folder, 65_536))
  const told: (Progress | null)[] = []
  lab.subscribe({
    'session/progress': (progress) => void told.push(progress),
    'session/snapshot': () => undefined,
    'session/failed': () => undefined,
    'trace/progress': () => undefined
  })
  return { lab, told }
}

describe('a replay in the window’s lab', () => {
  it('gives the recorded walks and the check values of the formulas', async () => {
    const { lab, told } = aLab()
    const { result, records, dropped, tlbs } = await lab.calls['artifact/replay'](OVER_HOST)
    expect([result.environment, result.walks, result.patterns]).toEqual(['virtualized', 37_477, 223])
    expect([records, dropped, tlbs[2]]).toEqual([
      50_000,
      0,
      { name: 'TLB-L2', hits: 12_004, misses: 37_477, childHits: 519 }
    ])
    const own = result.estimates.find((one) => one.pages === '4K' && one.environment === 'virtualized')
    expect(own?.cyclesPerWalk.vanilla).toBeCloseTo(66.93, 2)
    expect(own?.pageWalkSpeedup.pvdmt).toBeCloseTo(2.08, 2)
    expect(told.at(0)?.task).toBe('Replaying')
    expect(told.at(-1)).toBeNull()
    await lab.close()
  }, 60_000)

  it('is native over one dump', async () => {
    const { lab } = aLab()
    const { result } = await lab.calls['artifact/replay']({ ...OVER_HOST, hostTables: null })
    expect(result.environment).toBe('native')
    expect(result.estimates[0].cyclesPerWalk.vanilla).toBeCloseTo(20.46, 2)
    await lab.close()
  }, 60_000)

  it('lets others have their turn, and ends when it is cancelled', async () => {
    const { lab, told } = aLab()
    const replayed = lab.calls['artifact/replay'](OVER_HOST).catch((error: unknown) => error)
    while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    await lab.calls['artifact/cancel']()
    const failure = await replayed
    expect(failure).toBeInstanceOf(UserError)
    expect(String(failure)).toContain('was cancelled')
    expect(told.at(-1)).toBeNull()
    await lab.close()
  }, 60_000)

  it('says when no record is of a page that the dumps map', async () => {
    const { lab } = aLab({ ...UNIFORM, guest: '1\n1000,1000,2000,3000,4000,5000\n' })
    await expect(lab.calls['artifact/replay'](OVER_HOST)).rejects.toThrow(
      'none of 50000 records walks, 50000 are of pages that no dump maps (trace), give the dumps'
    )
    await lab.close()
  })
})

describe('the lab’s own header', () => {
  const records = goldenFile('stream', 'trace.bin.gz')
  const header = new Uint8Array(16)
  header.set(bytesOf('DMTLAB'))
  header[7] = 1
  new DataView(header.buffer).setBigUint64(8, BigInt(records.length / 8), true)
  const play = (trace: Uint8Array, chunkBytes: number) =>
    replay({
      trace: aFile(trace, chunkBytes, 'trace.bin'),
      tables: aFile(goldenFile('stream', 'pt_dump.gz'), 65_536, 'pt_dump'),
      hostTables: aFile(goldenFile('stream', 'pt_dump.host.gz'), 65_536, 'pt_dump.host'),
      warmup: 0,
      frameNumbers: false
    })

  it.each([5, 16, 4099])('is no record, in chunks of %d bytes', async (chunkBytes) => {
    const played = await play(Buffer.concat([header, records]), chunkBytes)
    expect(played.records).toBe(records.length / 8)
    expect(replayText(played)).toBe(golden('stream', 'virt').text)
  })

  it('must be whole, and tell how many records follow', async () => {
    await expect(play(header.subarray(0, 12), 5)).rejects.toThrow('the header is cut off')
    await expect(play(Buffer.concat([header, records.subarray(8)]), 999)).rejects.toThrow('promises')
  })
})
