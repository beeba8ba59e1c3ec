/** What parsers of line formats share: one line is one access, one thing passed over, or no line of the format. */
import type { AccessBatch, AccessKind } from '@shared/model/access'
import { FETCH, STORE } from '@shared/model/access'
import { LineScanner } from './line-scanner'
import { TraceCounts } from './trace-counts'
import type { Levels, TraceParser } from './trace-format'
import { MAX_LINE_BYTES, NEWLINE, WholeLines } from './whole-lines'
import { placeAddress } from './place-access'

/** An access was written; the line is a record that is no access; it is a remark of the recorder; it is none. */
export type LineOutcome = 'access' | 'skipped' | 'remark' | 'bad'

export abstract class TextParser implements TraceParser {
  readonly counts = new TraceCounts()
  protected readonly scanner = new LineScanner()
  private readonly lines = new WholeLines((line) => this.counts.addBadLine(line, 0, line.length))

  constructor(private readonly levels: Levels) {}

  push(chunk: Uint8Array): void {
    this.lines.push(chunk)
  }

  finish(): void {
    this.lines.finish()
  }

  fill(batch: AccessBatch, from: number, to: number): number {
    const { lines, scanner, counts } = this
    const { bytes } = lines
    scanner.bytes = bytes
    let at = from
    while (at < to && lines.position < lines.end) {
      const start = lines.position
      const end = bytes.indexOf(NEWLINE, start)
      lines.position = end + 1
      const outcome = this.outcomeOf(batch, at, start, end)
      if (outcome === 'access') at++
      else if (outcome === 'skipped') counts.skipped++
      else if (outcome === 'bad') counts.addBadLine(bytes, start, end)
    }
    return at
  }

  /** Reads bytes[start..end), whose newline is at `end`; `write` puts an access into batch[at]. */
  protected abstract readLine(batch: AccessBatch, at: number, start: number, end: number): LineOutcome

  /** Writes and counts an access. */
  protected write(batch: AccessBatch, at: number, kind: AccessKind, access: FoundAccess): void {
    placeAddress(batch, at, access.upper, access.lower, this.levels)
    batch.kind[at] = kind
    batch.size[at] = access.size
    this.counts.records++
    if (kind === FETCH) this.counts.fetches++
    else if (kind === STORE) this.counts.stores++
    else this.counts.loads++
  }

  private outcomeOf(batch: AccessBatch, at: number, start: number, end: number): LineOutcome {
    if (end - start > MAX_LINE_BYTES) return 'bad'
    this.scanner.position = start
    if (this.scanner.lineEnd()) return 'remark'
    this.scanner.position = start
    return this.readLine(batch, at, start, end)
  }
}

/** A 64-bit address in two words, and a size in bytes as a batch keeps it. */
export interface FoundAccess {
  readonly upper: number
  readonly lower: number
  readonly size: number
}
