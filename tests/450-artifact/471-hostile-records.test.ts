import { replay, type Replay } from '@main/artifact/replay'
import { replayText } from '@main/artifact/replay-text'
import { openStream } from '@main/store/open-stream'
import { UserError } from '@shared/model/user-error'
import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aFile } from '../builders/a-trace'
import { dumpText } from '../builders/an-artifact-dump'
import { traceBytes } from '../builders/an-artifact-trace'
import { pageNumber, plainRow, read } from '../builders/artifact-scene'
import { recordsOf } from '../builders/golden-case'
import { naiveArtifactText } from '../builders/naive-artifact-replay'
import type { FileStream } from '@main/lab/ports'

const guest = [0, 1, 2, 2 ** 20, 2 ** 40 - 1].map((n) => plainRow(pageNumber(n)))

const play = (trace: FileStream): Promise<Replay> =>
  replay({
    trace,
    tables: aFile(dumpText(guest), 100, 'pt_dump'),
    hostTables: null,
    warmup: 0,
    frameNumbers: false
  })

const refusal = (replayed: Promise<Replay>): Promise<string> =>
  replayed.then(
    () => 'nothing was refused',
    (error: unknown) => {
      expect(error).toBeInstanceOf(UserError)
      return (error as UserError).message
    }
  )

/** Bytes of any kind, with words between them whose pages some row maps. */
const someBytes = fc
  .array(
    fc.oneof(
      fc.uint8Array({ minLength: 8, maxLength: 8 }),
      fc
        .tuple(fc.constantFrom(...guest), fc.nat(4095), fc.nat(3), fc.nat(63))
        .map(([{ page }, offset, kind, size]) => traceBytes([{ kind, size, address: page + BigInt(offset) }]))
    ),
    { maxLength: 60 }
  )
  .map((words) => Buffer.concat(words))

describe('a trace of any bytes', () => {
  it('is so many records, played as the naive replay plays them', async () => {
    await fc.assert(
      fc.asyncProperty(someBytes, fc.integer({ min: 1, max: 50 }), async (bytes, chunkBytes) => {
        const result = await play(aFile(bytes, chunkBytes, 'trace.bin'))
        const records = recordsOf(bytes)
        const naive = naiveArtifactText({ records, guest, host: null, warmup: 0, frameNumbers: false })
        expect(replayText(result)).toBe(naive)
        expect(result.records).toBe(records.length)
      }),
      { numRuns: 150 }
    )
  })

  it('is refused by name when it ends inside a record', async () => {
    const left = fc.integer({ min: 1, max: 7 })
    await fc.assert(
      fc.asyncProperty(someBytes, left, fc.integer({ min: 1, max: 50 }), async (bytes, rest, chunkBytes) => {
        const torn = Buffer.concat([bytes, Buffer.alloc(rest, 0x55)])
        const message = await refusal(play(aFile(torn, chunkBytes, 'trace.bin')))
        expect(message).toMatch(new RegExp(`^the last record has ${rest} of 8 bytes \\(trace\\.bin\\)`))
      })
    )
  })
})

describe('an archive of a trace, cut anywhere or with a byte changed', () => {
  let folder = ''
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'hostile-'))))
  afterAll(() => rmSync(folder, { recursive: true }))
  const whole = gzipSync(traceBytes(Array.from({ length: 500 }, (_, i) => read(BigInt(i * 40_503)))))

  it('ends in a line that names it, or is read whole', async () => {
    const path = join(folder, 'trace.bin.gz')
    // Without the two bytes that mark an archive the others are records like any.
    const aPosition = fc.integer({ min: 2, max: whole.length - 1 })
    await fc.assert(
      fc.asyncProperty(aPosition, aPosition, fc.integer({ min: 1, max: 255 }), async (cut, changed, by) => {
        for (const bytes of [whole.subarray(0, cut), whole.map((b, i) => (i === changed ? b ^ by : b))]) {
          writeFileSync(path, bytes)
          const replayed = openStream(path).then(play)
          const records = await replayed.then((r) => r.records).catch(() => refusal(replayed))
          if (typeof records === 'string') expect(records).toContain('trace.bin.gz')
          else expect(records).toBe(500)
        }
      })
    )
  })
})
