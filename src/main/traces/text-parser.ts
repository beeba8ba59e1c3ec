/** What parsers of line formats share: one line is one access, one thing passed over, or no line of the format. */
import type { AccessBatch, AccessKind } from '@shared/model/access'
import { FETCH, STORE } from '@shared/model/access'
import { LineParser } from './line-parser'
import { MAX_LINE_BYTES, NEWLINE } from './whole-lines'
import { placeAddress } from './place-access'

/** An access was written; the line is a record that is no access; it is a remark of the recorder; it is none. */
export type LineOutcome = 'access' | 'skipped' | 'remark' | 'bad'

/** Names of more are not kept: a hostile file has a new one in each line. */
const MOST_THREADS = 65_536

export abstract class TextParser extends LineParser {
  private readonly threads = new Set<string>()

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

  /** Counts a thread by the name that the format gives it. */
  protected noteThread(thread: string): void {
    if (this.threads.size < MOST_THREADS) this.threads.add(thread)
    this.counts.threads = this.threads.size
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
