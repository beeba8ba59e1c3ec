import { describe, expect, it } from 'vitest'
import { exportRun } from '@main/artifact/export'
import { replay } from '@main/artifact/replay'
import { histogramText } from '@main/artifact/replay-text'
import { runToEnd } from '@main/lab/run'
import type { FileStream } from '@main/lab/ports'
import type { LabSpec } from '@shared/model/spec'
import { aFile, fixturePath } from '../builders/a-trace'
import { InProcessHost } from '../builders/in-process-host'
import { smallMemory } from '../builders/small-memory'
import { aSpec } from '../builders/spec'
import { openStream } from '@main/store/open-stream'

class Host extends InProcessHost {
  override openFile(path: string): Promise<FileStream> {
    return openStream(path)
  }
}

async function bytesOf(parts: AsyncIterable<string | Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const part of parts) all.push(typeof part === 'string' ? new TextEncoder().encode(part) : part)
  return Buffer.concat(all)
}

/** The histogram of the run, and the one of a replay of what it exports. */
async function bothHistograms(spec: LabSpec): Promise<{ run: string; replayed: string; records: number }> {
  const host = new Host()
  const result = await runToEnd(spec, host, {
    onProgress: () => undefined,
    signal: new AbortController().signal
  })
  const files = new Map<string, Uint8Array>()
  for (const { name, text } of await exportRun(spec, host, () => undefined))
    files.set(name, await bytesOf(text))
  const file = (name: string) => aFile(files.get(name) ?? '', 4096, name)
  const replayed = await replay({
    trace: file('trace.bin'),
    tables: file('pt_dump'),
    hostTables: files.has('pt_dump.host') ? file('pt_dump.host') : null,
    warmup: 2 * spec.warmup,
    frameNumbers: false
  })
  expect(replayed.dropped).toBe(0)
  return {
    run: histogramText(result.lanes[0].walkHistogram),
    replayed: histogramText(replayed.histogram),
    records: replayed.records
  }
}

const artifactSpec = (input: Record<string, unknown>): LabSpec =>
  aSpec({ profile: 'artifact', lanes: ['radix'], footprint: '24MiB', references: 20_000, ...input })

describe.each(['native', 'virtualized', 'nested'] as const)('an exported run, %s', (environment) => {
  const memory = smallMemory({ environment }, 128)

  it.each(['gups', 'zipf', 'pointer-chase', 'sequential'])(
    'of %s replays to its own histogram',
    async (workload) => {
      const { run, replayed, records } = await bothHistograms(artifactSpec({ environment, workload, memory }))
      expect(replayed).toBe(run)
      expect(records).toBe(20_000)
      expect(run).not.toContain('walks 0 ')
    }
  )

  it('replays to the histogram after the warm-up when that has twice as many ticks', async () => {
    const { run, replayed, records } = await bothHistograms(
      artifactSpec({ environment, warmup: 3000, memory })
    )
    expect(replayed).toBe(run)
    expect(records).toBe(23_000)
  })

  it('of a real trace, with fetches, crossing accesses and a map that it widens, does so too', async () => {
    const trace = { file: fixturePath('cat.lackey.gz'), maps: fixturePath('cat.maps') }
    const { run, replayed } = await bothHistograms(
      artifactSpec({ environment, trace, references: 1_000_000, memory })
    )
    expect(replayed).toBe(run)
  })
})

describe('an export', () => {
  it.each([
    [{ levels: 5 }, 'levels'],
    [{ pageSize: '2M' }, 'pageSize'],
    [{ hostPageSize: 'thp' }, 'hostPageSize'],
    [{ environment: 'nested', lanes: ['dmt'] }, 'lanes']
  ])('refuses %j, which its files cannot hold', async (input, where) => {
    await expect(exportRun(artifactSpec(input), new Host(), () => undefined)).rejects.toMatchObject({ where })
  })

  it('refuses a footprint that cannot fit, before it builds anything', async () => {
    const spec = artifactSpec({ environment: 'nested', footprint: '1TiB' })
    await expect(exportRun(spec, new Host(), () => undefined)).rejects.toMatchObject({ where: 'footprint' })
  })

  it('writes no host tables where there is no host', async () => {
    const files = await exportRun(artifactSpec({ environment: 'native' }), new Host(), () => undefined)
    expect(files.map((file) => file.name)).toEqual(['trace.bin', 'pt_dump'])
  })
})
