/** The tables that translate a page, as a dump has them. */
import type { TablePath } from '../hardware/walker/table-path'
import { NO_ROW, type DumpTable } from './dump-table'

const ENTRY_SHIFT = 3

export class DumpPath implements TablePath {
  readonly leafLevel = 1
  carry = 0
  private row = NO_ROW
  private expectedHigh = -1
  private expectedLow = -1
  private expectedRow = NO_ROW

  constructor(private readonly table: DumpTable) {}

  /** The next page asked for may be this one, whose row is known. */
  expect(high: number, low: number, row: number): void {
    this.expectedHigh = high
    this.expectedLow = low
    this.expectedRow = row
  }

  find(high: number, low: number): boolean {
    const isExpected = low === this.expectedLow && high === this.expectedHigh
    this.row = isExpected ? this.expectedRow : this.table.find(high, low)
    return this.row !== NO_ROW
  }

  frame(level: number): number {
    return this.table.tableFrame(this.row, level)
  }

  slack(level: number): number {
    return this.table.tableOffset(this.row, level) >>> ENTRY_SHIFT
  }

  get pageSlack(): number {
    return this.table.offset(this.row) >>> ENTRY_SHIFT
  }

  /** Frame of the page found. */
  get target(): number {
    return this.table.frame(this.row)
  }
}
