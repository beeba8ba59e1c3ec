import { formatOf, TRACE_FORMATS } from '@main/traces'
import { convertedTrace } from '@main/traces/convert-trace'
import { summarizeTrace } from '@main/traces/trace-summary'
import { openTraceSource } from '@main/traces/trace-source'
import type { TraceFormat } from '@main/traces/trace-format'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import { TRACE_FORMAT_IDS, type TraceFormatId } from '@shared/model/trace-format-id'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, take, type Access } from '../builders/a-stream'
import { aFile, bytesOf, fixtureText, parseTrace } from '../builders/a-trace'
import {
  asChampsim,
  asDinero,
  asExtendedDinero,
  asLab,
  asLackey,
  asOlderView,
  asPerfScript,
  asView,
  CHAMPSIM_IP,
  ENCODERS,
  someTouches,
  type Touch
} from '../builders/trace-encoders'

const formatNamed = (id: TraceFormatId): TraceFormat => {
  const found = TRACE_FORMATS.find(({ info }) => info.id === id)
  if (!found) throw new Error(`no format ${id}`)
  return found
}
const parse = (id: TraceFormatId, content: string | Uint8Array, chunkBytes = 1000, batchSize = 100) =>
  parseTrace(formatNamed(id), content, { chunkBytes, batchSize })

const row = (access: Access): [number, string, number] => [access.kind, addressOf(access), access.size]
const rowOf = ({ kind, address, size }: Touch): [number, string, number] => [
  kind,
  '0x' + address.toString(16),
  size
]
const chunks = fc.integer({ min: 1, max: 200 })
const batches = fc.integer({ min: 1, max: 9 })

describe('the formats', () => {
  it('are all those that specs may name', () => {
    expect(TRACE_FORMATS.map(({ info }) => info.id)).toEqual([...TRACE_FORMAT_IDS])
  })

  it.each(ENCODERS)('are told apart by content: %s', (id, encode) => {
    fc.assert(
      fc.property(someTouches, (touches) => {
        const beginning = encode(touches).subarray(0, 65_536)
        expect(TRACE_FORMATS.filter((format) => format.sniff(beginning)).map(({ info }) => info.id)).toEqual([
          id
        ])
      })
    )
  })

  it('are none of noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 200, maxLength: 2000 }), (bytes) => {
        expect(formatOf(bytes)?.info.id).toBeUndefined()
      })
    )
  })

  it.each([
    ['prose', 'It was the best of times, it was the worst of times.\nI ace 3 tests.\n'],
    ['a memory map', '00108000-0010a000 r--p 00000000 fe:00 260131 /usr/bin/cat\n'],
    ['a table of numbers', '10 20 30\n40 50 60\n'],
    ['the artifact’s dump', '1\n7f0000000,1,2,3,4,5\n'],
    ['zeros', '\0'.repeat(4096)],
    ['JSON', '{"schema":"dmt-lab/run@1"}\n']
  ])('are none of %s', (_, content) => {
    expect(formatOf(bytesOf(content))?.info.id).toBeUndefined()
  })

  it('are told when the lines of a program’s own output stand between records', () => {
    expect(formatOf(bytesOf('2 401000\nhello\n0 7fff0000\n1 7fff0008\n'))?.info.id).toBe('dinero')
    expect(formatOf(bytesOf('0 1\n1 2\nI  0401ab70,3\n'))?.info.id).toBe('lackey')
  })
})

describe('the same accesses in every format', () => {
  it.each([
    ['lackey', asLackey],
    ['dinero', asExtendedDinero],
    ['drmemtrace-view', asView],
    ['drmemtrace-view', asOlderView],
    ['lab', asLab]
  ] as const)('come out whole, cut and batched anyhow: %s', (id, encode) => {
    fc.assert(
      fc.property(someTouches, chunks, batches, (touches, chunkBytes, batchSize) => {
        // A lab header is a whole one in what a reader gives first.
        const first = id === 'lab' ? Math.max(16, chunkBytes) : chunkBytes
        const { accesses, counts } = parse(id, encode(touches), first, batchSize)
        expect(accesses.map(row)).toEqual(touches.map(rowOf))
        const of = (kind: number): number => touches.filter((touch) => touch.kind === kind).length
        expect(counts).toMatchObject({
          records: touches.length,
          fetches: of(FETCH),
          loads: of(LOAD),
          stores: of(STORE),
          badLines: 0,
          skipped: 0
        })
      })
    )
  })

  it.each([
    ['dinero', asDinero, 4, 4],
    ['perf-script', asPerfScript, 8, 4]
  ] as const)('come out with assumed sizes: %s', (id, encode, data, fetch) => {
    fc.assert(
      fc.property(someTouches, chunks, batches, (touches, chunkBytes, batchSize) => {
        const { accesses, counts } = parse(id, encode(touches), chunkBytes, batchSize)
        const sized = touches.map((touch) => ({ ...touch, size: touch.kind === FETCH ? fetch : data }))
        expect(accesses.map(row)).toEqual(sized.map(rowOf))
        expect(counts.badLines).toBe(0)
      })
    )
  })

  it('come out with their instructions: champsim', () => {
    fc.assert(
      fc.property(someTouches, chunks, batches, (touches, chunkBytes, batchSize) => {
        const { accesses, counts } = parse('champsim', asChampsim(touches), chunkBytes, batchSize)
        const expected = touches.flatMap((touch): Touch[] =>
          touch.kind === FETCH
            ? [{ ...touch, size: 4 }]
            : [
                { kind: FETCH, address: CHAMPSIM_IP, size: 4 },
                { ...touch, size: 8 }
              ]
        )
        expect(accesses.map(row)).toEqual(expected.map(rowOf))
        expect(counts).toMatchObject({ records: touches.length, badLines: 0 })
      })
    )
  })

  it.each(ENCODERS)('start over when they loop: %s', async (id, encode) => {
    const touches: Touch[] = [
      { kind: 2, address: 0x401000n, size: 4 },
      { kind: 0, address: 0x7ff000000000n, size: 8 },
      { kind: 1, address: 0x7ff000002000n, size: 8 }
    ]
    const open = (loop: boolean) =>
      openTraceSource({
        openTrace: () => Promise.resolve(aFile(encode(touches), 50)),
        openMap: null,
        format: 'auto',
        levels: 4,
        loop
      })
    const once = await take((await open(false)).source, 1000)
    expect(once.length).toBeGreaterThanOrEqual(3)
    const looped = await take((await open(true)).source, 3 * once.length + 1, 2)
    expect(looped).toEqual(Array.from({ length: 3 * once.length + 1 }, (_, i) => once[i % once.length]))
    expect((await open(false)).info).toMatchObject({ id, areas: 'inferred' })
  })
})

async function convert(content: Uint8Array): Promise<Uint8Array> {
  const summary = await summarizeTrace(aFile(content))
  const parts: Uint8Array[] = []
  for await (const part of convertedTrace(aFile(content), summary)) parts.push(part)
  return Buffer.concat(parts)
}

describe('a trace converted to the lab’s binary', () => {
  it.each(ENCODERS)('has the same accesses: %s', async (id, encode) => {
    await fc.assert(
      fc.asyncProperty(someTouches, async (touches) => {
        const content = encode(touches)
        const converted = parse('lab', await convert(content))
        expect(converted.accesses).toEqual(parse(id, content).accesses)
        expect(converted.counts.badLines).toBe(0)
      }),
      { numRuns: 30 }
    )
  })

  it('has those of a real program, and the same summary but for what a modify is', async () => {
    const content = bytesOf(fixtureText('cat'))
    const [before, after] = [
      await summarizeTrace(aFile(content)),
      await summarizeTrace(aFile(await convert(content)))
    ]
    expect(parse('lab', await convert(content), 65_536, 4096).accesses).toEqual(
      parse('lackey', content, 65_536, 4096).accesses.map((a) => ({ ...a, size: Math.min(a.size, 63) }))
    )
    const { fetches, loads, stores, pages4K, regions2M, inferredAreas } = before
    expect(after).toMatchObject({ fetches, loads, stores, pages4K, regions2M, inferredAreas, format: 'lab' })
    expect(after.records).toBe(fetches + loads + stores)
  })
})

describe('dinero', () => {
  const only = (content: string) => parse('dinero', content)

  it('has labels and letters of every kind, those of unknown kind as loads', () => {
    const { accesses, counts } = only('0 10\n1 20\n2 30\n3 40\n4 50\nr 60\nw 70\ni 80\nm 90\nv a0\nc b0\n')
    expect(accesses.map(({ kind }) => kind)).toEqual([LOAD, STORE, FETCH, LOAD, LOAD, STORE, FETCH, LOAD])
    expect(counts).toMatchObject({ records: 8, skipped: 3, badLines: 0 })
  })

  it('reads the size after a letter as hexadecimal, and a label’s rest as a remark', () => {
    const { accesses } = only('r 1000 10\nr 1000 10 more\r\nw 0X1000\n0 1000 10\n  2 DEADBEEF\tx\n')
    expect(accesses.map(({ size }) => size)).toEqual([16, 16, 4, 4, 4])
    expect(accesses[4].page).toBe(0xdeadb)
  })

  it('never crosses a page by a size that it assumes', () => {
    expect(only('0 1ffe\nr 1ffe\nr 1ffe 8\n').accesses.map(({ size }) => size)).toEqual([2, 2, 8])
  })

  it.each([
    '5 1000',
    'x 1000',
    '0',
    '0 ',
    '0 g',
    '01000',
    'r 1000 0',
    'r 1000 1001',
    'r 1000 x',
    '0 1000x',
    '0 10000000000000000'
  ])('counts %j as bad', (line) => {
    expect(only(`0 1000\n${line}\n`).counts).toMatchObject({ records: 1, badLines: 1, firstBadLines: [line] })
  })
})

describe('the view of a drmemtrace', () => {
  const only = (content: string) => parse('drmemtrace-view', content)
  const line = (name: string, rest = ''): string =>
    `          12          10:     W0.T3264 ${name}  8 byte(s) @ 0x00007f86ef063580${rest}\n`

  it('passes over and counts what is no fetch, load or store', () => {
    const names = ['non-fetched', 'pref-r-L1', 'pref-HW', 'pref', 'iflush', 'dflush']
    const { accesses, counts } = only(names.map((name) => line(name)).join('') + line('read', ' by PC 0x1'))
    expect(accesses).toHaveLength(1)
    expect(counts).toMatchObject({ records: 1, skipped: 6, badLines: 0, threads: 1 })
  })

  it('takes no notice of markers, rules, ends of threads and long instructions', () => {
    const remarks = [
      '           1           0:        3264 <marker: version 6>',
      '           2           0: W0.T3264 <marker: timestamp 13334862318291728>',
      '------------------------------------------------------------',
      '           3           0: T3264 <thread 3264 exited>',
      '<marker: page size 4096>',
      '          12          10:        3264             00 00',
      '                                                  00 00 00'
    ]
    const { counts } = only(remarks.join('\n') + '\n' + line('ifetch', ' 48 b8 00 00 00 00 00 00'))
    expect(counts).toMatchObject({ records: 1, fetches: 1, badLines: 0, skipped: 0 })
  })

  it('reads a thread that is a bare number, and counts threads', () => {
    const { counts } = only('1 1: 77 write 4 byte(s) @ 0x10\n2 1: 78 read 4 byte(s) @ 0x10 by PC 0x1\n')
    expect(counts).toMatchObject({ stores: 1, loads: 1, threads: 2 })
  })

  it.each([
    'garbage',
    '1: T2 read 0 byte(s) @ 0x10',
    '1: T2 read 4 byte(s) @ 0x10000000000000000',
    '1: T2 jump 4 byte(s) @ 0x1',
    '1: T2 read 4097 byte(s) @ 0x1'
  ])('counts %j as bad', (bad) =>
    expect(only(line('read') + bad + '\n').counts).toMatchObject({ records: 1, badLines: 1 })
  )
})

describe('perf script', () => {
  const only = (content: string) => parse('perf-script', content)

  it('is marked as sampled, in its summary and as a source', async () => {
    const content = 'ls 23509/23509  1251.136519: page-faults: 56312e5635c0 ffffffff8175016a\n'
    expect(await summarizeTrace(aFile(content))).toMatchObject({ sampled: true, sizes: 'assumed' })
    const options = { openMap: null, format: 'auto', levels: 4, loop: false } as const
    const { info } = await openTraceSource({ ...options, openTrace: () => Promise.resolve(aFile(content)) })
    expect(info.sampled).toBe(true)
  })

  it('reads names with blanks, CPUs and periods, and passes titles and call chains', () => {
    const { accesses, counts } = only(
      '# captured on: a day\n' +
        'Web Content 12/13 [003]  1.5:  1 mem-loads:u:   7f0000001000   401000\n' +
        '\t          401000 main+0x10 (/bin/x)\n\n' +
        'x 9 2.5: page-faults: 7f0000002000 ffffffff8175016a\n'
    )
    expect(accesses.map(({ page }) => page)).toEqual([0x7f0000001, 0x7f0000002])
    expect(counts).toMatchObject({ records: 2, badLines: 0, threads: 2 })
  })

  it.each([
    'x 9 2.5: page-faults: 0 401000',
    'x 9 2.5: page-faults:',
    'x 9 page-faults: 10 20',
    'x 1/1 2.5: e: 10000000000000000 1'
  ])('counts %j as bad', (bad) => {
    const good = 'x 9 2.5: page-faults: 1000 2000\n'
    expect(only(good + bad + '\n').counts).toMatchObject({ records: 1, badLines: 1, firstBadLines: [bad] })
  })
})

describe('champsim', () => {
  function record(ip: bigint, loads: readonly bigint[], stores: readonly bigint[]): Uint8Array {
    const bytes = new Uint8Array(64)
    const view = new DataView(bytes.buffer)
    view.setBigUint64(0, ip, true)
    stores.forEach((address, i) => view.setBigUint64(16 + 8 * i, address, true))
    loads.forEach((address, i) => view.setBigUint64(32 + 8 * i, address, true))
    return bytes
  }
  const full = record(0x401000n, [0x10n, 0x20n, 0x30n, 0x40n], [0x50n, 0x60n])

  it('is a fetch, four loads, two stores', () => {
    const { accesses, counts } = parse('champsim', full, 7, 2)
    expect(accesses.map((a) => [a.kind, addressOf(a)])).toEqual([
      [FETCH, '0x401000'],
      [LOAD, '0x10'],
      [LOAD, '0x20'],
      [LOAD, '0x30'],
      [LOAD, '0x40'],
      [STORE, '0x50'],
      [STORE, '0x60']
    ])
    expect(counts).toMatchObject({ records: 1, fetches: 1, loads: 4, stores: 2 })
  })

  it('leaves unused slots out, wherever they stand', () => {
    expect(parse('champsim', record(0x401000n, [0n, 0x20n], [0n, 0x60n])).accesses).toHaveLength(3)
  })

  it('keeps addresses in the upper half', () => {
    const { accesses } = parse('champsim', record(0xffffffff81000000n, [0xffff888000001000n], []))
    expect(accesses.map(addressOf)).toEqual(['0x1ffffff81000000', '0x1ff888000001000'])
  })

  it('counts a record without an instruction, and one that is cut off, as bad', () => {
    const torn = Buffer.concat([full, record(0n, [0x10n], []), full, full.subarray(0, 12)])
    expect(parse('champsim', torn).counts).toMatchObject({
      records: 2,
      badLines: 2,
      firstBadLines: ['record 2: the instruction pointer is 0', 'the last record has 12 of 64 bytes']
    })
  })
})

describe('the lab’s binary', () => {
  const touches: Touch[] = [
    { kind: 2, address: 0x401000n, size: 3 },
    { kind: 0, address: 0x7ff000000ffcn, size: 8 }
  ]

  it('without its header is read when it is asked for by name', async () => {
    const bare = asLab(touches).subarray(16)
    await expect(summarizeTrace(aFile(bare))).rejects.toThrow(/^this is no trace the lab knows/)
    expect(await summarizeTrace(aFile(bare), 'lab')).toMatchObject({ records: 2, crossings: 1, pages4K: 3 })
  })

  it('passes over and counts software prefetches', () => {
    const bytes = Uint8Array.from(asLab([...touches, ...touches]))
    bytes[16 + 7] |= 0xc0
    expect(parse('lab', bytes).counts).toMatchObject({ records: 3, skipped: 1, loads: 2, fetches: 1 })
  })

  it.each([
    ['fewer records than promised', asLab(touches, 3), 'the header promises 3 records, there are 2'],
    ['more records than promised', asLab(touches, 1), 'the header promises 1 records, there are 2'],
    ['a record cut off', asLab(touches).subarray(0, 27), 'the last record has 3 of 8 bytes'],
    ['a header cut off', asLab(touches).subarray(0, 12), 'the header is cut off']
  ])('is refused for %s', async (_, bytes, what) => {
    await expect(summarizeTrace(aFile(bytes))).rejects.toThrow(`${what} (a.lackey), give a whole trace`)
  })
})

describe('traces that the lab does not read', () => {
  const word = (value: number): number[] => [value & 255, value >>> 8]
  const header = (type: number, version: number, length: number): Uint8Array =>
    Uint8Array.from([...word(type), 0, 0, version, ...Array<number>(length - 5).fill(0)])
  function cloudSuite(): Uint8Array {
    const bytes = new Uint8Array(96 * 32)
    const view = new DataView(bytes.buffer)
    for (let i = 0; i < 32; i++) {
      view.setBigUint64(96 * i, 0x401000n + BigInt(4 * i), true)
      view.setUint32(96 * i + 10, 0x01020304, true)
      view.setBigUint64(96 * i + 24, 0x7ff012345678n, true)
      view.setBigUint64(96 * i + 56, 0x7ff0abcdef10n, true)
      view.setUint16(96 * i + 88, 0x0201, true)
    }
    return bytes
  }

  it.each([
    [header(25, 6, 24), /^this is DynamoRIO’s binary drmemtrace/],
    [header(55, 1, 40), /^this is the artifact’s own binary drmemtrace, with 20-byte records/],
    [cloudSuite(), /^this looks like ChampSim’s CloudSuite variant, with 96-byte records/],
    [bytesOf('PK\u0003\u0004abc'), /^this is a zip archive/],
    [bytesOf('BZh91AY'), /^this is packed with bzip2/],
    [bytesOf('PERFILE2abc'), /^this is perf’s own data file/]
  ])('are refused by name', async (bytes, what) => {
    const message = await summarizeTrace(aFile(bytes)).then(
      () => 'read',
      (error: unknown) => (error as Error).message
    )
    expect(message).toMatch(what)
    expect(message).not.toContain('\n')
  })
})
