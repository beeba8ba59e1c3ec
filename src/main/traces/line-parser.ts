/** What every parser of a line format keeps: whole lines out of chunks cut anywhere, a scanner, and the counts. */
import type { AccessBatch } from '@shared/model/access'
import { LineScanner } from './line-scanner'
import { TraceCounts } from './trace-counts'
import type { Levels, TraceParser } from './trace-format'
import { WholeLines } from './whole-lines'

export abstract class LineParser implements TraceParser {
  readonly counts = new TraceCounts()
  protected readonly scanner = new LineScanner()
  protected readonly lines = new WholeLines((line) => this.counts.addBadLine(line, 0, line.length))

  constructor(protected readonly levels: Levels) {}

  push(chunk: Uint8Array): void {
    this.lines.push(chunk)
  }

  finish(): void {
    this.lines.finish()
  }

  abstract fill(batch: AccessBatch, from: number, to: number): number
}
