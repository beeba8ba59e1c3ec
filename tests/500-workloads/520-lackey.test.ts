import { lackey } from '@main/traces/lackey'
import { MAX_LINE_BYTES } from '@main/traces/whole-lines'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { addressOf } from '../builders/a-stream'
import { bytesOf, fixtureText, FIXTURES, parseLackey } from '../builders/a-trace'

const RECORD = /^(I | S| L| M)\s+([0-9a-fA-F]+),(\d+)\s*$/
const TAGS = ['I ', ' L', ' S', ' M'] as const

interface Line {
  readonly tag: (typeof TAGS)[number]
  readonly address: bigint
  readonly size: number
}

const aLine: fc.Arbitrary<Line> = fc.record({
  tag: fc.constantFrom(...TAGS),
  address: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  size: fc.integer({ min: 1, max: 255 })
})
const asText = ({ tag, address, size }: Line): string =>
  `${tag} ${address.toString(16).padStart(8, '0')},${size}\n`
const only = (text: string): ReturnType<typeof parseLackey> => parseLackey(text)

/** What a line asks for, worked out on big integers: [kind, address, size]. */
function expectedOf({ tag, address, size }: Line, bits: bigint): [number, string, number][] {
  const at = '0x' + (address & (2n ** bits - 1n)).toString(16)
  const kinds = { 'I ': [FETCH], ' L': [LOAD], ' S': [STORE], ' M': [LOAD, STORE] }[tag]
  return kinds.map((kind) => [kind, at, size])
}

describe('Lackey records', () => {
  it.each([
    [4, 48n],
    [5, 57n]
  ] as const)(
    'become accesses with the address bits %i levels translate, cut and batched anyhow',
    (levels, bits) => {
      fc.assert(
        fc.property(
          fc.array(aLine, { maxLength: 50 }),
          fc.integer({ min: 1, max: 70 }),
          fc.integer({ min: 1, max: 9 }),
          (lines, chunkBytes, batchSize) => {
            const { accesses, counts } = parseLackey(lines.map(asText).join(''), {
              chunkBytes,
              batchSize,
              levels
            })
            const seen = accesses.map((a) => [a.kind, addressOf(a), a.size])
            expect(seen).toEqual(lines.flatMap((line) => expectedOf(line, bits)))
            expect(counts).toMatchObject({ records: lines.length, badLines: 0 })
          }
        )
      )
    }
  )

  it('are one record, one load and one store when they modify', () => {
    const { accesses, counts } = only(' M 1fff000ff0,8\n')
    expect(accesses.map((a) => a.kind)).toEqual([LOAD, STORE])
    expect(counts).toMatchObject({ records: 1, fetches: 0, loads: 1, stores: 1 })
  })

  it('keep an access that crosses a page whole', () => {
    const { accesses } = only(' L 04025ffd,8\n')
    expect(accesses).toEqual([{ kind: LOAD, size: 8, page: 0x4025, offset: 0xffd }])
  })

  it.each([
    [255, 255],
    [256, 255],
    [512, 255],
    [4096, 255]
  ])('of %i bytes are kept as %i', (size, kept) => {
    expect(only(` S 04025000,${size}\n`).accesses.map((a) => a.size)).toEqual([kept])
  })

  it.each([
    ['a last line without its newline', ' L 04025000,8'],
    ['carriage returns', ' L 04025000,8\r\n'],
    ['blanks after it', ' L 04025000,8  \t\n'],
    ['upper case and leading zeros', ' L 000000000000000000000000004025000,0008\n'],
    ['several blanks before the address', ' L    04025000,8\n']
  ])('may have %s', (_, line) => {
    const { accesses, counts } = only(line)
    expect(accesses).toEqual([{ kind: LOAD, size: 8, page: 0x4025, offset: 0 }])
    expect(counts.badLines).toBe(0)
  })
})

describe('lines that are no record', () => {
  it('are passed without a word when they are remarks of Valgrind or empty', () => {
    const { accesses, counts } = only('==7178== Lackey\n--7178-- debug\n==7178== \n\n \t\r\nI  04919407,2\n')
    expect(accesses).toHaveLength(1)
    expect(counts).toMatchObject({ records: 1, badLines: 0, firstBadLines: [] })
  })

  it.each([
    'I 04919407', // no size
    'I  04919407,',
    'I  04919407,0',
    'I  04919407,4097',
    'I  04919407,99999999999999999999999',
    'I  ,3',
    'I04919407,2',
    ' I 04919407,2',
    'L 04919407,2',
    ' X 04919407,2',
    ' L04919407,2',
    ' L 0x4919407,2',
    ' L 04919407,2 more',
    ' L 10000000000000000,8', // 65 bits
    ' L ffffffffffffffffffffff,8',
    '==x== no remark',
    'hello',
    'I'
  ])('are bad otherwise: %s', (line) => {
    const { accesses, counts } = only(`I  00001000,1\n${line}\nI  00002000,1\n`)
    expect(accesses.map((a) => a.page)).toEqual([1, 2])
    expect(counts).toMatchObject({ records: 2, badLines: 1, firstBadLines: [line] })
  })

  it('are all counted, the first three kept, short and printable', () => {
    const { counts } = only(`one\n\u001b[31mtwo\n${'x'.repeat(500)}\nfour\nfive\n`)
    expect(counts.badLines).toBe(5)
    expect(counts.firstBadLines).toEqual(['one', '?[31mtwo', 'x'.repeat(80)])
  })

  it.each([999, 4095, 2 ** 21])('are one bad line when a megabyte long, in chunks of %i', (chunkBytes) => {
    const text = `I  00001000,1\n${'y'.repeat(2 ** 20)}\nI  00002000,1\n${'z'.repeat(2 ** 20)}`
    const { accesses, counts } = parseLackey(text, { chunkBytes })
    expect(accesses.map((a) => a.page)).toEqual([1, 2])
    expect(counts).toMatchObject({ badLines: 2, firstBadLines: ['y'.repeat(80), 'z'.repeat(80)] })
  })

  it.each([
    [MAX_LINE_BYTES, 1],
    [MAX_LINE_BYTES + 1, 0]
  ])('are those of more than 4096 bytes, however they come: %i bytes, %i record', (length, records) => {
    for (const chunkBytes of [1, 100, 4095, 4096, 4097, 4098, 10_000]) {
      for (const end of ['', '\n']) {
        const { counts } = parseLackey('I  00001000,1'.padEnd(length) + end, { chunkBytes })
        expect(counts).toMatchObject({ records, badLines: 1 - records })
      }
    }
  })
})

describe('the Lackey format', () => {
  it.each([
    ['a record', ' M 1fff000ff0,8\n', true],
    ['a banner', '==12== Lackey, an example Valgrind tool\n', true],
    ['a record after output of the program', 'hello\nworld\nI  04919407,2\n', true],
    ['prose', 'It was a dark and stormy night.\n', false],
    ['a memory map', '00108000-0010a000 r--p 00000000 fe:00 260131 /usr/bin/cat\n', false],
    ['nothing', '', false]
  ])('is told by its content: %s', (_, text, expected) => {
    expect(lackey.sniff(bytesOf(text))).toBe(expected)
  })
})

describe.each(FIXTURES)('%s.lackey.gz', (name) => {
  const text = fixtureText(name)
  let parsed: ReturnType<typeof parseLackey> | undefined
  /** Neither law changes what was read. */
  const once = (): ReturnType<typeof parseLackey> =>
    (parsed ??= parseLackey(text, { chunkBytes: 65_536, batchSize: 4096 }))
  afterAll(() => void (parsed = undefined))

  it('is counted as an independent pass counts it', () => {
    const { counts, accesses } = once()
    const tags = text.split('\n').map((line) => RECORD.exec(line)?.[1])
    const count = (...wanted: string[]): number => tags.filter((tag) => tag && wanted.includes(tag)).length
    expect(counts).toEqual({
      records: count(...TAGS),
      fetches: count('I '),
      loads: count(' L', ' M'),
      stores: count(' S', ' M'),
      badLines: 0,
      firstBadLines: [],
      skipped: 0,
      threads: null
    })
    expect(accesses).toHaveLength(counts.fetches + counts.loads + counts.stores)
  })

  it('gives the addresses, sizes and kinds of its lines, page-crossing ones whole', () => {
    const { accesses } = once()
    let at = 0
    let wrong = 0
    for (const line of text.split('\n')) {
      const match = RECORD.exec(line)
      if (!match) continue
      const address = '0x' + match[2].replace(/^0+(?=.)/, '')
      for (let n = match[1] === ' M' ? 2 : 1; n > 0; n--, at++) {
        if (addressOf(accesses[at]) !== address || accesses[at].size !== Number(match[3])) wrong++
      }
    }
    expect(wrong).toBe(0)
  })
})
