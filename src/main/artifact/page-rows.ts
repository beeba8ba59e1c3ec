/**
 * Finds the rows of the pages of a few records at once, and loads what their walks are going to read. Each of these
 * loads would wait for memory; side by side the processor that runs the lab waits for many at once. Nothing changes
 * by it but what is known of rows.
 */
import { frameHigh, frameLow, indexAt } from '@shared/address/address'
import type { AccessBatch } from '@shared/model/access'
import type { Caches } from '../hardware/cache/caches'
import { NO_ROW, type DumpTable } from './dump-table'

/** Records found at once: enough to overlap, few enough to be still there when they are played. */
export const SLICE = 32
/** Of a page's row in the host's dump, before it is asked for. */
const UNKNOWN = -2
const LINE_SHIFT = 6
const ENTRIES_PER_LINE_SHIFT = 3

export class PageRows {
  /** By position in the slice: the page's row in the guest's dump, and in the host's that of its frame; or NO_ROW. */
  readonly guestRows = new Int32Array(SLICE)
  readonly hostRows = new Int32Array(SLICE)
  /** Takes what was loaded, so that no compiler drops the loads. */
  sink = 0
  /** Row of the host's dump by row of the guest's. */
  private readonly hostRowOf: Int32Array

  /** @param host null for native: a page then has the same row in both */
  constructor(
    private readonly guest: DumpTable,
    private readonly host: DumpTable | null,
    private readonly caches: Caches
  ) {
    this.hostRowOf = new Int32Array(host === null ? 0 : guest.rows).fill(UNKNOWN)
  }

  /** Finds the rows of accesses [from, to) of the batch, at most SLICE. */
  find(batch: AccessBatch, from: number, to: number): void {
    const { guestRows, hostRows, guest, host } = this
    const n = to - from
    for (let i = 0; i < n; i++) guestRows[i] = guest.find(batch.high[from + i], batch.low[from + i])
    for (let i = 0; i < n; i++) {
      const row = guestRows[i]
      hostRows[i] = row === NO_ROW || host === null ? row : this.hostRow(host, row)
    }
    for (let i = 0; i < n; i++) this.loadLeaves(batch, from + i, guestRows[i], hostRows[i])
  }

  private hostRow(host: DumpTable, row: number): number {
    if (this.hostRowOf[row] === UNKNOWN) this.hostRowOf[row] = rowOfFrame(host, this.guest.frame(row))
    return this.hostRowOf[row]
  }

  /** The cache sets of the leaf entries and of the data. */
  private loadLeaves({ high, low, offset }: AccessBatch, at: number, row: number, hostRow: number): void {
    if (hostRow === NO_ROW) return
    const { guest, host } = this
    const entryLine = indexAt(high[at], low[at], 1) >>> ENTRIES_PER_LINE_SHIFT
    const line = offset[at] >>> LINE_SHIFT
    const table = guest.tableFrame(row, 1)
    if (host === null) {
      this.sink = this.caches.load(table, entryLine) + this.caches.load(guest.frame(row), line)
      return
    }
    const tableRow = rowOfFrame(host, table)
    const guestEntry = tableRow === NO_ROW ? 0 : this.caches.load(host.frame(tableRow), entryLine)
    const hostEntry = this.caches.load(
      host.tableFrame(hostRow, 1),
      (guest.frame(row) & 511) >>> ENTRIES_PER_LINE_SHIFT
    )
    this.sink = guestEntry + hostEntry + this.caches.load(host.frame(hostRow), line)
  }
}

const rowOfFrame = (table: DumpTable, frame: number): number => table.find(frameHigh(frame), frameLow(frame))
