import { TRACE_FORMATS } from '@main/traces'
import { peekTrace } from '@main/traces/trace-look'
import { summarizeTrace } from '@main/traces/trace-summary'
import { UserError } from '@shared/model/user-error'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aFile, bytesOf } from '../builders/a-trace'
import { ENCODERS, someTouches } from '../builders/trace-encoders'

/** What was made of it, or the one line that refuses it; any other end fails the test. */
async function outcome<T>(reading: Promise<T>): Promise<T | UserError> {
  return reading.catch((error: unknown) => {
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).message).not.toContain('\n')
    expect((error as UserError).message.length).toBeLessThan(300)
    return error as UserError
  })
}

const FORMATS = TRACE_FORMATS.map(({ info }) => info.id)
const aLineOfAny = fc.constantFrom(
  'I  0401ab70,3',
  '0 401000',
  'r 401000 8',
  '1 1: W0.T1 read 8 byte(s) @ 0x10 by PC 0x1',
  'ls 1/1 1.5: page-faults: 1000 2000',
  '0 ffffffffffffffffffffffff',
  '1: T1 read 99999999999999999999999999 byte(s) @ 0xfffffffffffffffffffffff',
  'ls 1/1 1.5: e: 99999999999999999999999999999 1',
  ' L 99999999999999999999999999,99999999999999999999999',
  ''
)
const aContent = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc
    .array(fc.oneof(aLineOfAny, fc.string({ unit: 'binary', maxLength: 40 })), { maxLength: 60 })
    .map((lines) => bytesOf(lines.join('\n'))),
  fc.tuple(fc.constantFrom(...ENCODERS), someTouches).map(([[, encode], touches]) => encode(touches))
)

describe.each(FORMATS)('any bytes read as %s', (format) => {
  it('end in one line or in counts that add up', async () => {
    await fc.assert(
      fc.asyncProperty(aContent, fc.integer({ min: 1, max: 5000 }), async (bytes, chunkBytes) => {
        const summary = await outcome(summarizeTrace(aFile(bytes, chunkBytes), format))
        if (summary instanceof UserError) return
        const { records, fetches, loads, stores, badLines, firstBadLines, firstRecords } = summary
        expect(records).toBeGreaterThan(0)
        expect(fetches + loads + stores).toBeGreaterThanOrEqual(records)
        expect(firstBadLines).toHaveLength(Math.min(3, badLines))
        expect(firstRecords).toHaveLength(Math.min(12, fetches + loads + stores))
        const peek = await peekTrace(aFile(bytes, chunkBytes), format)
        expect(peek.shape.firstRecords).toEqual(firstRecords)
      }),
      { numRuns: 150 }
    )
  })
})

describe.each(ENCODERS)('a trace of the format %s', (format, encode) => {
  it('with bytes changed or its end cut off ends in one line or in counts', async () => {
    const aChange = fc.tuple(fc.nat(5000), fc.integer({ min: 1, max: 255 }))
    await fc.assert(
      fc.asyncProperty(
        someTouches,
        fc.array(aChange, { maxLength: 5 }),
        fc.nat(5000),
        async (touches, changes, cut) => {
          const bytes = Uint8Array.from(encode(touches))
          for (const [at, by] of changes) bytes[at % bytes.length] ^= by
          const torn = bytes.subarray(0, bytes.length - (cut % bytes.length))
          for (const how of ['auto', format]) {
            const summary = await outcome(summarizeTrace(aFile(torn, 100), how))
            if (!(summary instanceof UserError))
              expect(summary.records).toBeLessThanOrEqual(8 * touches.length)
          }
        }
      ),
      { numRuns: 60 }
    )
  })

  it('with a line of a megabyte in it has its other records', async () => {
    if (format === 'champsim' || format === 'lab') return
    const records = encode([{ kind: 0, address: 0x401000n, size: 8 }])
    const long = new Uint8Array(2 ** 20).fill(0x30)
    const newline = bytesOf('\n')
    const content = Buffer.concat([records, records, long, newline, records, long])
    const summary = await summarizeTrace(aFile(content, 65_536))
    expect(summary).toMatchObject({ format, records: 3, badLines: 2 })
    expect(summary.firstBadLines).toEqual(['0'.repeat(80), '0'.repeat(80)])
  })
})
