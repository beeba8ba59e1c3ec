/**
 * The lab's own binary traces: a header of 16 bytes, which are `DMTLAB` 0 1 and a little-endian u64 with the number
 * of records, then the 8-byte records of access-records.ts. Files without the header are read when they are asked
 * for by name. Software prefetches are no accesses: they are passed over and counted.
 */
import { STORE, type AccessBatch } from '@shared/model/access'
import { highOfWords, lowOfWords, offsetOfWord } from '@shared/address/address-words'
import {
  checkRecordEnd,
  hasLabHeader,
  HEADER_BYTES,
  PREFETCH,
  promisedRecords,
  RECORD_BYTES,
  recordAddress,
  recordKind,
  recordSize
} from './access-records'
import { TraceCounts } from './trace-counts'
import type { Levels, TraceFormat, TraceParser } from './trace-format'
import { WholeRecords } from './whole-records'

export const labRecords: TraceFormat = {
  info: {
    id: 'lab',
    title: 'The lab’s own binary',
    summary: 'Every access in 8 bytes: the fastest to replay.',
    isSampled: false,
    sizes: 'recorded',
    caveats: ['Software prefetches are passed over and counted.', 'Sizes above 63 bytes were kept as 63.'],
    recording: {
      needs: 'a trace in any other format',
      commands: ['npm run --silent lab -- trace PROGRAM.lackey.gz --convert PROGRAM.dmtlab'],
      notes: ['A trace of the simulators published with DMT has the same records and no header.']
    }
  },
  sniff: hasLabHeader,
  parser: (levels, name) => new LabParser(levels, name)
}

class LabParser implements TraceParser {
  readonly counts = new TraceCounts()
  private records: WholeRecords | null = null
  private promised: number | null = null
  private read = 0

  constructor(
    private readonly levels: Levels,
    private readonly name: string
  ) {}

  push(chunk: Uint8Array): void {
    this.records ??= this.begin(chunk)
    this.records.push(chunk)
    this.read += this.records.end / RECORD_BYTES
  }

  /** @throws UserError when the trace is cut off, or is not as long as its header says */
  finish(): void {
    const left = this.records?.leftBytes ?? 0
    checkRecordEnd(this.name, left, this.read, this.promised)
    this.records = new WholeRecords(RECORD_BYTES)
  }

  fill(batch: AccessBatch, from: number, to: number): number {
    const { records, counts, levels } = this
    if (!records) return from
    const { view, end } = records
    const { kind: kinds, size, high, low, offset } = batch
    let { position } = records
    let at = from
    let stores = 0
    let fetches = 0
    for (; at < to && position < end; position += RECORD_BYTES) {
      const word = view.getUint32(position + 4, true)
      const kind = recordKind(word)
      if (kind === PREFETCH) {
        counts.skipped++
        continue
      }
      const lower = view.getUint32(position, true)
      const upper = recordAddress(word)
      kinds[at] = kind
      size[at] = recordSize(word)
      high[at] = highOfWords(upper, levels)
      low[at] = lowOfWords(upper, lower)
      offset[at] = offsetOfWord(lower)
      at++
      // Without branches: kinds follow one another as they like.
      stores += kind & STORE
      fetches += kind >>> 1
    }
    records.position = position
    counts.records += at - from
    counts.stores += stores
    counts.fetches += fetches
    counts.loads += at - from - stores - fetches
    return at
  }

  /** The reader's first bytes hold the whole header, where there is one. */
  private begin(beginning: Uint8Array): WholeRecords {
    this.promised = promisedRecords(beginning, this.name)
    return new WholeRecords(RECORD_BYTES, this.promised === null ? 0 : HEADER_BYTES)
  }
}
