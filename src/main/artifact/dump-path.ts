/** The tables that translate a page, as a dump has them. */
import type { TablePath } from '../hardware/walker/table-path'
import { NO_ROW, TABLE_LEVELS, type DumpTable } from './dump-table'

const ENTRY_SHIFT = 3

export class DumpPath implements TablePath {
  readonly frames = new Int32Array(TABLE_LEVELS + 1)
  readonly slack = new Int32Array(TABLE_LEVELS + 1)
  readonly leafLevel = 1
  carry = 0
  pageSlack = 0
  /** Frame of the page found last. */
  target = 0

  constructor(private readonly table: DumpTable) {}

  find(high: number, low: number): boolean {
    const { table } = this
    const row = table.find(high, low)
    if (row === NO_ROW) return false
    for (let level = 1; level <= TABLE_LEVELS; level++) {
      this.frames[level] = table.tableFrame(row, level)
      this.slack[level] = table.tableOffset(row, level) >>> ENTRY_SHIFT
    }
    this.target = table.frame(row)
    this.pageSlack = table.offset(row) >>> ENTRY_SHIFT
    return true
  }
}
