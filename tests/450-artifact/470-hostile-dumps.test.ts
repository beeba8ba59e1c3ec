import { readPageTableDump, type PageTableDump } from '@main/artifact/page-table-dump'
import { openStream } from '@main/store/open-stream'
import { UserError } from '@shared/model/user-error'
import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aFile, bytesOf } from '../builders/a-trace'
import { naiveDump, type NaiveDump } from '../builders/naive-dump'
import type { DumpRow } from '../builders/naive-artifact-walk'

interface Reading {
  readonly frameNumbers: boolean
  readonly isHost: boolean
}
const ADDRESSES: Reading = { frameNumbers: false, isHost: false }

const readDump = (bytes: Uint8Array, chunkBytes: number, reading: Reading): Promise<PageTableDump> =>
  readPageTableDump(aFile(bytes, chunkBytes, 'pt_dump'), reading)

/** The message of the UserError it must end in. */
async function refusal(dump: Promise<unknown>): Promise<string> {
  const error: unknown = await dump.then(
    () => 'nothing was refused',
    (e: unknown) => e
  )
  expect(error).toBeInstanceOf(UserError)
  const { message } = error as UserError
  expect(message).not.toContain('\n')
  expect(message.length).toBeLessThan(200)
  return message
}
const refusalOf = (text: string, reading = ADDRESSES): Promise<string> =>
  refusal(readDump(bytesOf(text), 7, reading))

/** Each first row of a page that begins where pages do, as the table holds it; and no others. */
function expectSame({ table }: PageTableDump, rows: readonly DumpRow[]): void {
  const found = rows.filter(({ page }) => page % 4096n === 0n)
  const first = new Map([...found].reverse().map((row) => [row.page, row]))
  expect(table.rows).toBe(first.size)
  for (const { page, tables, base } of first.values()) {
    const row = table.find(Number(page >> 39n), Number((page >> 12n) % 2n ** 27n))
    const held = [4, 3, 2, 1].map(
      (n) => BigInt(table.tableFrame(row, n)) * 4096n + BigInt(table.tableOffset(row, n))
    )
    expect([...held, BigInt(table.frame(row)) * 4096n + BigInt(table.offset(row))]).toEqual([...tables, base])
  }
}

async function expectAgreement(bytes: Uint8Array, chunkBytes: number, reading: Reading): Promise<NaiveDump> {
  const naive = naiveDump(bytes, reading.frameNumbers ? 4096n : 1n, reading.isHost)
  const dump = readDump(bytes, chunkBytes, reading)
  if ('rows' in naive) expectSame(await dump, naive.rows)
  else if ('line' in naive) expect(await refusal(dump)).toContain(`(pt_dump, line ${naive.line})`)
  else expect(await refusal(dump)).toContain(`ends after ${naive.endsAfter} of`)
  return naive
}

const GOOD = '7f0000001000,106787000,105136000,1096e9000,1045cb000,103dc2000'
const aNumber = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt({ min: 0n, max: 2n ** 31n - 1n }).map((n) => (n * 4096n).toString(16)) },
  { weight: 6, arbitrary: fc.bigInt({ min: 0n, max: 2n ** 20n }).map((n) => n.toString(16).toUpperCase()) },
  { weight: 2, arbitrary: fc.bigInt({ min: 0n, max: 2n ** 44n }).map((n) => `000${n.toString(16)}`) },
  { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 2n ** 70n }).map((n) => n.toString(16)) },
  { weight: 1, arbitrary: fc.constantFrom('', '-1', '0x10', ' 10', 'g', `${'0'.repeat(4200)}1`) }
)
const aRow = fc
  .tuple(
    fc.array(aNumber, { minLength: 6, maxLength: 6 }),
    fc.constantFrom('', '', '', '\r', ' ', '\t\r', ',', '\0')
  )
  .map(([numbers, end]) => numbers.join(',') + end)
const aLine = fc.oneof(
  { weight: 40, arbitrary: fc.constant(GOOD) },
  { weight: 12, arbitrary: aRow },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '7', ',,,,,', `${GOOD},1`, GOOD.slice(0, 40)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map((s) => s.replaceAll('\n', '')) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 4080, max: 4110 }).map((n) => GOOD + ' '.repeat(n - GOOD.length))
  }
)
const aDump = fc
  .record({
    lines: fc.array(aLine, { maxLength: 12 }),
    excess: fc.oneof(fc.constant(0), fc.integer({ min: -2, max: 2 })),
    first: fc.oneof(
      { weight: 8, arbitrary: fc.constant(null) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('', '-1', '1e3', '0x2', '2.0', '99999999999', '3,', ' 3', '03\r', GOOD)
      }
    ),
    isEnded: fc.boolean()
  })
  .map(({ lines, excess, first, isEnded }) =>
    [first ?? String(Math.max(0, lines.length + excess)), ...lines].join('\n').concat(isEnded ? '\n' : '')
  )
const aContent = fc.oneof(
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 2000 }) },
  { weight: 9, arbitrary: aDump.map(bytesOf) }
)

describe('any bytes', () => {
  it('are the rows that a naive pass reads, or end in one line that names the bad one', async () => {
    const reading = fc.record({ frameNumbers: fc.boolean(), isHost: fc.boolean() })
    const seen = { rows: 0, line: 0, endsAfter: 0 }
    await fc.assert(
      fc.asyncProperty(
        aContent,
        fc.integer({ min: 1, max: 9000 }),
        reading,
        async (bytes, chunkBytes, as) => {
          const [kind] = Object.keys(await expectAgreement(bytes, chunkBytes, as))
          seen[kind as keyof typeof seen]++
        }
      ),
      { numRuns: 3000 }
    )
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(20)
  })
})

describe('a dump', () => {
  it('is refused with the line and the reason', async () => {
    expect(await refusalOf('')).toMatch(/^the file is empty \(pt_dump, line 1\)/)
    expect(await refusalOf(`${GOOD}\n`)).toMatch(
      /^the first line is no number of lines up to \d+ \(pt_dump, line 1\)/
    )
    expect(await refusalOf(`-1\n${GOOD}\n`)).toMatch(
      /^the first line is no number of lines up to \d+ \(pt_dump, line 1\)/
    )
    expect(await refusalOf(`3\n${GOOD}\n`)).toMatch(/^the file ends after 1 of 3 lines \(pt_dump\)/)
    expect(await refusalOf(`2\n${GOOD}\n\n`)).toMatch(/^this is no line of a dump \(pt_dump, line 3\)/)
    expect(await refusalOf(`1\n${GOOD.slice(0, -9)}`)).toMatch(/line 2\)/)
    expect(await refusalOf(`1\n1${'0'.repeat(16)},1,1,1,1,1\n`)).toMatch(/line 2\)/)
    expect(await refusalOf('1\n0,1,1,1,1,80000000000\n')).toMatch(/^an address lies beyond 8 TiB .*line 2\)/)
    expect(await refusalOf(`1\n${' '.repeat(5000)}\n`)).toMatch(/^the line is too long \(pt_dump, line 2\)/)
  })

  it('may have lines that end like those of DOS, upper-case digits, and blank lines after the last', async () => {
    const text = `2\r\n${GOOD.toUpperCase()}\r\n1000,0,0,0,0,1\r\n\r\n\n`
    const naive = await expectAgreement(bytesOf(text), 5, ADDRESSES)
    expect(naive).toHaveProperty('rows.length', 2)
  })

  it('promises no more lines than there is room for', async () => {
    expect(await refusalOf(`${2 ** 26 + 1}\n`)).toMatch(/up to 67108864 \(pt_dump, line 1\)/)
    expect(await refusalOf(`${'9'.repeat(400)}\n`)).toMatch(/line 1\)/)
    expect(await refusalOf(`${2 ** 26}\n`)).toMatch(/^the file ends after 0 of 67108864 lines/)
  })

  it.each(['', '1', `1\n${'0'.repeat(60)}`])(
    'of a gigabyte in a line needs little memory: %j',
    async (beginning) => {
      const chunk = new Uint8Array(2 ** 20).fill(0x30)
      let read = 0
      async function* chunks(): AsyncGenerator<Uint8Array> {
        yield bytesOf(beginning)
        for (; read < 1024; read++) yield chunk
      }
      await refusal(readPageTableDump({ ...aFile('', 1, 'pt_dump'), chunks }, ADDRESSES))
      expect(read).toBeLessThan(4)
    }
  )
})

describe('an archive of a dump, cut anywhere or with a byte changed', () => {
  let folder = ''
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'hostile-'))))
  afterAll(() => rmSync(folder, { recursive: true }))
  const rows = Array.from(
    { length: 500 },
    (_, i) => `${(i * 4096).toString(16)},1,2,3,4,${(i * 40_503).toString(16)}`
  )
  const whole = gzipSync(['500', ...rows, ''].join('\n'))

  it('ends in a line that names it, or is read whole', async () => {
    const path = join(folder, 'pt_dump.gz')
    const aPosition = fc.integer({ min: 0, max: whole.length - 1 })
    await fc.assert(
      fc.asyncProperty(aPosition, aPosition, fc.integer({ min: 1, max: 255 }), async (cut, changed, by) => {
        for (const bytes of [whole.subarray(0, cut), whole.map((b, i) => (i === changed ? b ^ by : b))]) {
          writeFileSync(path, bytes)
          const dump = openStream(path).then((stream) => readPageTableDump(stream, ADDRESSES))
          const lines = await dump.then(({ lines }) => lines).catch(() => refusal(dump))
          if (typeof lines === 'string') expect(lines).toContain('pt_dump.gz')
          else expect(lines).toBe(500)
        }
      })
    )
  })
})
