import { lookAtFiles } from '@main/artifact/look'
import type { ArtifactContent, ArtifactFiles } from '@shared/model/paper-tools'
import { UserError } from '@shared/model/user-error'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FolderHost, goldenFile, PERF_SHORT, type Folder } from '../builders/artifact-files'
import { anArtifactCase } from '../builders/an-artifact-case'
import { dumpText } from '../builders/an-artifact-dump'
import { traceBytes } from '../builders/an-artifact-trace'
import { bytesOf, fixtureText } from '../builders/a-trace'
import { GOLDEN_CASES } from '../builders/golden-case'

const look = (folder: Folder, frameNumbers: boolean | null = null): Promise<ArtifactFiles | null> =>
  lookAtFiles(Object.keys(folder), frameNumbers, new FolderHost(folder))

async function contents(folder: Folder): Promise<Record<string, ArtifactContent>> {
  const looked = await look(folder)
  return Object.fromEntries((looked?.files ?? []).map(({ name, content }) => [name, content]))
}

const frames = (rows: number, first = 0): string =>
  [rows, ...Array.from({ length: rows }, (_, i) => rowOfFrames(first + i)), ''].join('\n')
const rowOfFrames = (n: number): string =>
  [(n * 4096).toString(16), '11', '12', '13', '14', (0x801 + n * 2).toString(16)].join(',')

const withHeader = (records: Uint8Array, count = records.length / 8): Uint8Array => {
  const header = Buffer.alloc(16)
  header.set(bytesOf('DMTLAB'))
  header[7] = 1
  header.writeBigUInt64LE(BigInt(count), 8)
  return Buffer.concat([header, records])
}

describe('what a file of the artifact is', () => {
  it('is told of the recorded histograms', async () => {
    const folder = { 'a.txt': goldenFile('uniform', 'expected.virt.txt') }
    expect(await contents(folder)).toEqual({
      'a.txt': { kind: 'histogram', environment: 'virtualized', walks: 37_477, patterns: 223 }
    })
    const native = await look({ b: goldenFile('uniform', 'expected.native.txt') })
    expect(native?.files[0].content).toMatchObject({ kind: 'histogram', environment: 'native' })
    expect(native?.results[0].estimates.map((one) => one.environment)).toEqual(['native', 'native'])
  })

  it('is told of perf counts', async () => {
    expect(await contents({ 'redis.short': PERF_SHORT })).toEqual({
      'redis.short': { kind: 'perf', walkOverhead: 0.3, cyclesPerWalk: 60 }
    })
  })

  it.each(GOLDEN_CASES)(
    'is told of the trace and the dumps of %s, whatever they are called',
    async (name) => {
      const folder = {
        one: goldenFile(name, 'pt_dump.host.gz'),
        'pt_dump.host': goldenFile(name, 'pt_dump.gz'),
        two: goldenFile(name, 'trace.bin.gz')
      }
      const looked = await look(folder)
      expect(looked?.files.map(({ content }) => content)).toMatchObject([
        { kind: 'dump', role: 'host', seemsFrameNumbers: false },
        { kind: 'dump', role: 'guest', seemsFrameNumbers: false },
        { kind: 'trace', records: folder.two.length / 8 }
      ])
      expect(looked?.replay).toEqual({ trace: 'two', tables: 'pt_dump.host', hostTables: 'one' })
    }
  )

  it('is told of two dumps without a trace by the pages that one holds for the other', async () => {
    const looked = await look({
      h: goldenFile('chase', 'pt_dump.host.gz'),
      g: goldenFile('chase', 'pt_dump.gz')
    })
    expect(looked?.files.map(({ content }) => 'role' in content && content.role)).toEqual(['host', 'guest'])
    expect(looked?.replay).toBeNull()
  })

  it('is told of dumps of frame numbers, where the host’s rows begin with frame numbers too', async () => {
    const host = ['3', ...['801', '803', '805'].map((n) => `${n},1,2,3,4,9${n}`), ''].join('\n')
    const looked = await look({ host, guest: frames(3) })
    expect(looked?.seemFrameNumbers).toBe(true)
    expect(looked?.files.map(({ content }) => 'role' in content && content.role)).toEqual(['host', 'guest'])
  })

  it('is left open of a dump alone, and told by the trace that came along', async () => {
    const dump = goldenFile('stream', 'pt_dump.gz')
    expect((await look({ dump }))?.files[0].content).toMatchObject({ kind: 'dump', role: null })
    const both = await look({ dump, t: goldenFile('stream', 'trace.bin.gz') })
    expect(both?.files[0].content).toMatchObject({ role: 'guest' })
    expect(both?.replay).toEqual({ trace: 't', tables: 'dump', hostTables: null })
  })

  it('is the content’s: dumps of any tree, records of any program', async () => {
    await fc.assert(
      fc.asyncProperty(anArtifactCase, async ({ records, guest, frameNumbers }) => {
        fc.pre(guest.length > 0 && records.length > 0)
        const looked = await look({ a: dumpText(guest), b: traceBytes(records) }, frameNumbers)
        expect(looked?.files.map(({ content }) => content)).toMatchObject([
          { kind: 'dump', pages: guest.length },
          { kind: 'trace', records: records.length }
        ])
      }),
      { numRuns: 200 }
    )
  })
})

describe('files that are none of the artifact’s', () => {
  it.each(['cat', 'perl-hash'])('go on to the import of traces: %s', async (name) => {
    expect(await look({ trace: fixtureText(name) })).toBeNull()
  })

  it.each([
    ['a memory map', '00400000-00452000 r-xp 00000000 08:02 173521 /usr/bin/dbus-daemon\n'],
    ['an empty file', ''],
    ['a number', '12\n'],
    ['words', 'nothing of the kind\n'],
    ['one long line', 'x'.repeat(100_000)],
    ['bytes that are called otherwise', Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7)],
    ['the lab’s own trace', withHeader(traceBytes([{ kind: 0, size: 8, address: 4096n }]))]
  ])('go on to the import of traces: %s', async (_, content) => {
    expect(await look({ file: content })).toBeNull()
  })

  it('are listed beside those that are', async () => {
    const found = await contents({ 'cat.lackey': fixtureText('cat'), 'a.short': PERF_SHORT })
    expect(found['cat.lackey']).toEqual({ kind: 'other' })
  })

  it('never make it fail but in one line', async () => {
    const anyFile = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ maxLength: 300 }))
    await fc.assert(
      fc.asyncProperty(fc.array(anyFile, { minLength: 1, maxLength: 3 }), async (files) => {
        const folder = Object.fromEntries(files.map((file, i) => [i === 0 ? 'trace.bin' : `f${i}`, file]))
        const failure = await look(folder).catch((error: unknown) => error)
        if (failure instanceof Error) {
          expect(failure).toBeInstanceOf(UserError)
          expect(failure.message).not.toContain('\n')
        }
      }),
      { numRuns: 500 }
    )
  })
})

describe('a damaged file of the artifact', () => {
  const records = traceBytes([
    { kind: 0, size: 8, address: 4096n },
    { kind: 1, size: 8, address: 8192n }
  ])
  it.each([
    ['a dump that is cut off', { pt_dump: '3\n1000,1,2,3,4,5\n' }, /ends after 1 of 3 lines/],
    ['a dump beyond 8 TiB', { pt_dump: '1\n1000,1,2,3,4,ffffffffffff000\n' }, /beyond 8 TiB/],
    ['a histogram without walks', { h: '~~~~~~\n' }, /no walk/],
    ['a histogram with a strange step', { h: '~~~~\nL1,L1,L1,SWAP,RANGE_HIT,\t1\n' }, /line 2/],
    ['a histogram that a long line breaks', { h: `~~~~\n${'L'.repeat(9000)}\n` }, /longer than 4096/],
    ['perf counts of more than all cycles', { p: PERF_SHORT.replace('600000', '6000000') }, /all cycles/],
    ['half a record', { 'trace.bin': records.subarray(0, 13) }, /5 of 8 bytes/],
    ['two traces', { a: records, b: records, pt_dump: '1\n1000,1,2,3,4,5000\n' }, /2 traces came together/],
    ['counts twice', { 'a.short': PERF_SHORT, 'b.short': PERF_SHORT }, /two files have perf counts/],
    [
      'a header that promises more',
      { t: withHeader(records, 3), pt_dump: '1\n1000,1,2,3,4,5000\n' },
      /promises 3 records, there are 2/
    ]
  ] as [string, Folder, RegExp][])('is refused in one line: %s', async (_, folder, message) => {
    await expect(look(folder)).rejects.toThrow(message)
    await expect(look(folder)).rejects.toBeInstanceOf(UserError)
  })

  it('is refused when it is gone', async () => {
    const gone = lookAtFiles(['gone'], null, new FolderHost({}))
    await expect(gone).rejects.toThrow(/there is no such file/)
  })
})
