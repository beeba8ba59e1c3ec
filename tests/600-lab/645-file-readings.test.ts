import type { FileStream, SessionLab } from '@main/lab/ports'
import type { TraceProgress } from '@shared/contract/lab-contract'
import { UserError } from '@shared/model/user-error'
import { describe, expect, it } from 'vitest'
import { aFile } from '../builders/a-trace'
import { InProcessHost } from '../builders/in-process-host'
import { useLabs } from '../builders/labs'
import { asPerfScript } from '../builders/trace-encoders'

const LINES = 40_000
const TRACE = Array.from({ length: LINES }, (_, i) => ` L ${(0x4000000 + i * 64).toString(16)},8\n`).join('')
const MAP = '04000000-05000000 rw-p 00000000 00:00 0 \n'

/** Files by token, and how often the bytes of each were read to the end. */
class FileHost extends InProcessHost {
  readonly files = new Map<string, FileStream>()
  readonly readThrough = new Map<string, number>()

  override async openFile(token: string): Promise<FileStream> {
    const file = this.files.get(token)
    if (!file) throw new UserError('there is no such file', token, 'check its name')
    const { readThrough } = this
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for await (const chunk of file?.chunks() ?? []) {
        // As a disk does: others get their turn.
        await new Promise((resolve) => setImmediate(resolve))
        yield chunk
      }
      readThrough.set(token, (readThrough.get(token) ?? 0) + 1)
    }
    return { ...file, bytesRead: () => file.bytesRead(), chunks }
  }
}

interface Scene {
  readonly host: FileHost
  readonly lab: SessionLab
  readonly told: TraceProgress[]
}

const openLab = useLabs()

function aScene(): Scene {
  const host = new FileHost()
  host.files.set('t1', aFile(TRACE, 16_384, 'big.lackey'))
  host.files.set('m1', aFile(MAP, 100, 'a.maps'))
  host.files.set('s1', aFile(asPerfScript([{ kind: 0, address: 0x401000n, size: 8 }]), 100, 'perf.txt'))
  const told: TraceProgress[] = []
  const lab = openLab(host, { 'trace/progress': (reading) => void told.push(reading) })
  return { host, lab, told }
}

const aRun = (file: string) => ({
  environment: 'native',
  lanes: ['radix'],
  trace: { file, format: 'auto', maps: null },
  references: '10k'
})

describe('a first look at a file', () => {
  it('shows its shape and first rows, and reads no more than its beginning', async () => {
    const { host, lab } = aScene()
    const peek = await lab.calls['trace/peek']('t1')
    expect(peek).toMatchObject({
      token: 't1',
      name: 'big.lackey',
      bytes: TRACE.length,
      shape: {
        format: 'lackey',
        compression: 'none',
        sampled: false,
        addresses: 'virtual',
        sizes: 'recorded'
      },
      firstBadLines: [],
      maps: null
    })
    expect(peek.shape?.firstRecords).toHaveLength(12)
    expect(peek.shape?.firstRecords[1]).toEqual({ kind: 'load', address: '0x4000040', size: 8 })
    expect(host.readThrough.size).toBe(0)
  })

  it('tells a memory map, and what is sampled', async () => {
    const { lab } = aScene()
    expect(await lab.calls['trace/peek']('m1')).toMatchObject({ shape: null, maps: { areas: 1 } })
    expect(await lab.calls['trace/peek']('s1')).toMatchObject({
      shape: { format: 'perf-script', sampled: true }
    })
  })

  it('takes a format by name', async () => {
    const { lab } = aScene()
    await expect(lab.calls['trace/peek']('t1', 'lab')).resolves.toMatchObject({ shape: { format: 'lab' } })
    await expect(lab.calls['trace/peek']('none')).rejects.toThrow('there is no such file')
  })

  it('tells why no format is known of a file, and refuses one that is clearly no trace', async () => {
    const { host, lab } = aScene()
    host.files.set('n1', aFile('It was the best of times.\n'.repeat(20), 100, 'novel.txt'))
    expect(await lab.calls['trace/peek']('n1')).toMatchObject({
      name: 'novel.txt',
      shape: null,
      maps: null,
      unread: expect.stringMatching(
        /^this is no trace the lab knows \(novel\.txt\), give .*lackey$/
      ) as string
    })
    await expect(lab.calls['trace/peek']('n1', 'dinero')).rejects.toThrow('no record of the format dinero')
    await expect(lab.calls['trace/describe']('n1')).rejects.toThrow('this is no trace the lab knows')
    host.files.set('e1', aFile('', 100, 'nothing'))
    await expect(lab.calls['trace/peek']('e1')).rejects.toThrow('the file is empty (nothing)')
    host.files.set('z1', aFile('PK\u0003\u0004abc', 100, 'a.zip'))
    await expect(lab.calls['trace/peek']('z1')).rejects.toThrow(
      /^this is a zip archive, .*\(a\.zip\), unpack it/
    )
  })
})

describe('reading a file through', () => {
  it('tells how far it is, at last that it has ended', async () => {
    const { lab, told } = aScene()
    const { summary } = await lab.calls['trace/describe']('t1')
    expect(summary).toMatchObject({
      records: LINES,
      loads: LINES,
      pages4K: (LINES * 64) / 4096,
      inferredAreas: 1
    })
    expect(told[0]).toMatchObject({ token: 't1', progress: { unit: 'bytes', total: TRACE.length } })
    expect(told.at(-1)).toEqual({ token: 't1', progress: null })
  })

  it('ends when it is cancelled, and can be begun again', async () => {
    const { lab, told } = aScene()
    const reading = lab.calls['trace/describe']('t1')
    const ended = expect(reading).rejects.toThrow('the reading was cancelled (big.lackey), begin it again')
    await new Promise((resolve) => setTimeout(resolve, 0))
    await lab.calls['trace/cancel']()
    await ended
    expect(told.at(-1)).toEqual({ token: 't1', progress: null })
    expect((await lab.calls['trace/describe']('t1')).summary?.records).toBe(LINES)
  })
})

describe('what was read through', () => {
  it('is not read again to prepare a run, unless the file has changed', async () => {
    const { host, lab } = aScene()
    await lab.calls['trace/describe']('t1')
    expect(host.readThrough.get('t1')).toBe(1)
    const { source } = await lab.calls['session/prepare'](aRun('t1'))
    expect(source).toMatchObject({ kind: 'trace', id: 'lackey', records: LINES, areas: 'inferred' })
    expect(host.readThrough.get('t1')).toBe(1)

    host.files.set('t1', aFile(TRACE + ' S 04000000,8\n', 16_384, 'big.lackey'))
    const changed = await lab.calls['session/prepare'](aRun('t1'))
    expect(changed.source.records).toBe(LINES + 1)
    expect(host.readThrough.get('t1')).toBe(2)
  })

  it('is read again for tables of 4 levels when an address needs 5, and for another format', async () => {
    const { host, lab } = aScene()
    host.files.set('far', aFile(TRACE + ' S 100000004000000,8\n', 16_384, 'far.lackey'))
    expect((await lab.calls['trace/describe']('far')).summary?.inferredAreas).toBe(2)
    await lab.calls['session/prepare'](aRun('far'))
    expect(host.readThrough.get('far')).toBe(2)
    await expect(lab.calls['trace/describe']('far', 'dinero')).rejects.toThrow(
      'there is no record of the format dinero in it'
    )
  })

  it('is marked in the result when it is sampled', async () => {
    const { lab } = aScene()
    const { source } = await lab.calls['session/prepare'](aRun('s1'))
    expect(source.sampled).toBe(true)
    await lab.calls['session/step'](1)
    expect((await lab.calls['session/result']()).source.sampled).toBe(true)
  })
})
