import { openStream } from '@main/store/open-stream'
import { summarizeTrace } from '@main/traces/trace-summary'
import type { TraceSummary } from '@shared/model/catalogue'
import { UserError } from '@shared/model/user-error'
import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aFile } from '../builders/a-trace'

const RECORD = /^(I | S| L| M)[ \t]+0*([0-9a-fA-F]{1,16}),0*([1-9]\d*)[ \t]*\r?$/

/** Lines by a rule of its own: records, in latin1, sizes up to a page. */
function recordsOf(bytes: Uint8Array): number {
  const lines = Buffer.from(bytes).toString('latin1').split('\n')
  return lines.filter((line) => line.length <= 4096 && Number(RECORD.exec(line)?.[3] ?? Infinity) <= 4096)
    .length
}

async function outcome(summary: Promise<TraceSummary>): Promise<TraceSummary | UserError> {
  return summary.catch((error: unknown) => {
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).message.length).toBeLessThan(200)
    return error as UserError
  })
}

const aPiece = fc.oneof(
  fc.constantFrom('I  ', ' L ', ' S ', ' M ', '\n', ',', ',8\n', '==1== ', '--1--', '\r\n', ' ', '0'),
  fc.bigInt({ min: 0n, max: 2n ** 80n }).map((n) => n.toString(16)),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((n) => ` M ${n.toString(16)},8\n`),
  fc.integer({ min: 0, max: 5000 }).map(String),
  fc
    .tuple(fc.constantFrom('a', '0', ' ', ' S 0'), fc.integer({ min: 1000, max: 9000 }))
    .map(([s, n]) => s.repeat(n)),
  fc.string({ unit: 'binary', maxLength: 20 })
)
const aContent = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc.array(aPiece, { maxLength: 60 }).map((pieces) => new TextEncoder().encode(pieces.join('')))
)

describe('any bytes', () => {
  it('end in a UserError or in the counts an independent pass finds', async () => {
    await fc.assert(
      fc.asyncProperty(aContent, fc.integer({ min: 1, max: 5000 }), async (bytes, chunkBytes) => {
        const summary = await outcome(summarizeTrace(aFile(bytes, chunkBytes), 'lackey'))
        const records = recordsOf(bytes)
        if (summary instanceof UserError) expect(records).toBe(0)
        else expect(summary.records).toBe(records)
      }),
      { numRuns: 400 }
    )
  })
})

describe('an archive cut anywhere or with a byte changed', () => {
  let folder = ''
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'hostile-'))))
  afterAll(() => rmSync(folder, { recursive: true }))
  const whole = gzipSync(
    Array.from({ length: 500 }, (_, i) => ` M ${(i * 40_503).toString(16)},8\n`).join('')
  )

  it('ends in a UserError, or in the counts of the whole when only its header changed', async () => {
    const path = join(folder, 'a.gz')
    const aPosition = fc.integer({ min: 0, max: whole.length - 1 })
    await fc.assert(
      fc.asyncProperty(aPosition, aPosition, fc.integer({ min: 1, max: 255 }), async (cut, changed, by) => {
        for (const bytes of [whole.subarray(0, cut), whole.map((b, i) => (i === changed ? b ^ by : b))]) {
          writeFileSync(path, bytes)
          const summary = await outcome(openStream(path).then(summarizeTrace))
          if (!(summary instanceof UserError)) expect(summary.records).toBe(500)
        }
      })
    )
  })
})

describe('a gigabyte without a record', () => {
  const chunk = new Uint8Array(2 ** 20).fill(0x61)
  const lines = new TextEncoder().encode('I  00001000,4\n')

  async function* endless(given: { megabytes: number }): AsyncGenerator<Uint8Array> {
    yield lines
    for (; given.megabytes < 1024; given.megabytes++) yield chunk
  }

  it('ends the reading after 64 MiB', async () => {
    const given = { megabytes: 0 }
    const summary = await outcome(summarizeTrace({ ...aFile(''), chunks: () => endless(given) }))
    expect(summary).toMatchObject({
      message: expect.stringMatching(/^64MiB of it hold no record of the format lackey/) as string
    })
    expect(given.megabytes).toBeLessThan(70)
  })

  it('is let pass up to that, as one bad line', async () => {
    const given = { megabytes: 1024 - 60 }
    const summary = await summarizeTrace({ ...aFile(''), chunks: () => endless(given) })
    expect(summary).toMatchObject({ records: 1, badLines: 1, firstBadLines: ['a'.repeat(80)] })
  })
})
