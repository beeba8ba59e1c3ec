/** The ranges of a page table by its leaves alone, in order: whole runs, however short. */
import { pagesPerEntry } from '@shared/address/address'
import type { Range } from '@shared/arch/range-node'
import type { PageTable } from '../space/page-table'
import { eachLeaf } from '../space/table-ranges'
import { follows, leafRange } from './leaf-range'

/** A range that still grows. */
type Growing = { -readonly [K in keyof Range]: Range[K] }

/** Of the leaves in [start, end), which no leaf crosses. Looking only. */
export function rangesOf(table: PageTable, start = 0, end = pagesPerEntry(table.levels + 1)): Range[] {
  const ranges: Growing[] = []
  eachLeaf(table, start, end, (page, level, _table, _index, low, high) => {
    const leaf = leafRange(page, level, low, high)
    const last = ranges[ranges.length - 1]
    if (last !== undefined && follows(last, leaf)) last.end = leaf.end
    else ranges.push(leaf)
  })
  return ranges
}
