/** A trace format is one file behind this interface, listed in index.ts. */
import type { AccessBatch } from '@shared/model/access'
import type { TraceFormatInfo } from '@shared/model/catalogue'
import type { TraceCounts } from './trace-counts'

/** Levels of the tables that will translate the addresses: how many address bits are kept. */
export type Levels = 4 | 5

export interface TraceFormat {
  readonly info: TraceFormatInfo
  /** True when the first bytes of a file (64 KiB, or all of a shorter one) look like this format and no other. */
  sniff(firstBytes: Uint8Array): boolean
  /** @param name of the file, for messages */
  parser(levels: Levels, name: string): TraceParser
}

/** Turns the bytes of one file into accesses. Bytes come in chunks cut anywhere; nothing but a line is kept. */
export interface TraceParser {
  readonly counts: TraceCounts
  /** Takes the next bytes; call it when `fill` has asked for more. */
  push(chunk: Uint8Array): void
  /** No bytes will follow. Call `fill` once more after it. @throws UserError for a file that is cut off */
  finish(): void
  /**
   * Writes accesses into batch[from..to) and returns the position after the last one; less than `to` when more
   * bytes are needed. Nothing it writes at or after the returned position counts.
   */
  fill(batch: AccessBatch, from: number, to: number): number
}
