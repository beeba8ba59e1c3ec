/** How fast traces are read through: the survey of a file on disk, with its digest and the pages it touches. */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openStream } from '@main/store/open-stream'
import { labHeader } from '@main/traces/access-records'
import { summarizeTrace } from '@main/traces/trace-summary'
import { mix32 } from '@shared/random/mix32'
import type { BenchCase, Measured } from '../bench-case'
import { median } from './timing'

const RUNS = 5
const LACKEY_RECORDS = 6_000_000
const LAB_RECORDS = 40_000_000
const RECORDS_A_PIECE = 10_000

/** Three fetches, then a load or a store somewhere in 1 GiB: about what a program without locality records. */
function lackeyLine(i: number): string {
  if ((i & 3) !== 3) return `I  ${(0x401000 + (i % 60_000) * 3).toString(16).padStart(8, '0')},3\n`
  const address = 0x4a00000 + (mix32(i) & 0x3ffffff8)
  return `${(i & 7) === 3 ? ' L' : ' S'} ${address.toString(16).padStart(8, '0')},8\n`
}

function* lackeyPieces(records: number): Generator<string> {
  for (let from = 0; from < records; from += RECORDS_A_PIECE) {
    let text = ''
    for (let i = from; i < from + RECORDS_A_PIECE; i++) text += lackeyLine(i)
    yield text
  }
}

/** Random loads of 8 bytes over 1 GiB. */
function* labPieces(records: number): Generator<Uint8Array> {
  yield labHeader(records)
  for (let from = 0; from < records; from += RECORDS_A_PIECE) {
    const words = new Uint32Array(2 * RECORDS_A_PIECE)
    for (let i = 0; i < RECORDS_A_PIECE; i++) {
      words[2 * i] = mix32(from + i) & 0x3ffffff8
      words[2 * i + 1] = (8 << 24) | 0x7f
    }
    yield new Uint8Array(words.buffer)
  }
}

async function measure(records: number, pieces: Iterable<string | Uint8Array>): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-import-'))
  const path = join(folder, 'trace')
  try {
    await pipeline(Readable.from(pieces), createWriteStream(path))
    const runs: number[] = []
    while (runs.length < RUNS) {
      const start = performance.now()
      const summary = await summarizeTrace(await openStream(path))
      if (summary.records !== records) throw new Error(`bench: ${summary.records} records of ${records}`)
      runs.push(Math.round((1000 * records) / (performance.now() - start)))
    }
    const { rss } = process.memoryUsage()
    return { recordsPerSecond: median(runs), peakResidentBytes: rss, runs }
  } finally {
    await rm(folder, { recursive: true })
  }
}

export const IMPORT_CASES: readonly BenchCase[] = [
  { name: 'import-lackey', measure: () => measure(LACKEY_RECORDS, lackeyPieces(LACKEY_RECORDS)) },
  { name: 'import-lab', measure: () => measure(LAB_RECORDS, labPieces(LAB_RECORDS)) }
]
