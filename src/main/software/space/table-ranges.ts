/**
 * Work on ranges of a radix table, in time of the entries that are there: what is absent is skipped as a whole,
 * whatever it would cover.
 */
import { ENTRIES_PER_TABLE, pagesPerEntry, type Frame } from '@shared/address/address'
import { PAGE_SIZE_BIT, PRESENT, entryFrame } from '@shared/arch/entry'
import type { PageTable } from './page-table'

/** A leaf entry: first page that it maps, level, the table page and index where it lies, its two words. */
export type LeafVisitor = (
  page: number,
  level: number,
  table: Frame,
  index: number,
  low: number,
  high: number
) => void

/** A table page out of the tree: its level, the first page that it covers, its frame. */
export type TableVisitor = (level: number, page: number, table: Frame) => void

interface Range {
  readonly start: number
  readonly end: number
}

const isTable = (low: number): boolean => (low & PAGE_SIZE_BIT) === 0

/** Calls `visit` for each present entry of the table page that covers a page of the range. */
function eachEntry(
  t: PageTable,
  table: Frame,
  level: number,
  base: number,
  range: Range,
  visit: (index: number, page: number, low: number) => void
): void {
  const reach = pagesPerEntry(level)
  const first = Math.max(0, Math.floor((range.start - base) / reach))
  const end = Math.min(ENTRIES_PER_TABLE, Math.ceil((range.end - base) / reach))
  for (let i = first; i < end; i++) {
    const low = t.entries.low(table, i)
    if ((low & PRESENT) !== 0) visit(i, base + i * reach, low)
  }
}

/** Every leaf that maps a page of [start, end), ascending. A visitor may change the leaf, and nothing else. */
export function eachLeaf(t: PageTable, start: number, end: number, visit: LeafVisitor): void {
  const range = { start, end }
  const within = (table: Frame, level: number, base: number): void =>
    eachEntry(t, table, level, base, range, (index, page, low) => {
      const high = t.entries.high(table, index)
      if (level === 1 || !isTable(low)) visit(page, level, table, index, low, high)
      else within(entryFrame(low, high) as Frame, level - 1, page)
    })
  within(t.root, t.levels, 0)
}

/**
 * First pages, from `start` on, of what one entry of level 2 or above covers where something is: a leaf table or a
 * huge leaf. A list, because what is done with them may change the tree.
 */
export function unitsIn(t: PageTable, start: number, end: number): { page: number; level: number }[] {
  const range = { start, end }
  const units: { page: number; level: number }[] = []
  const within = (table: Frame, level: number, base: number): void =>
    eachEntry(t, table, level, base, range, (index, page, low) => {
      if (level > 2 && isTable(low))
        within(entryFrame(low, t.entries.high(table, index)) as Frame, level - 1, page)
      else units.push({ page, level: isTable(low) ? 1 : level })
    })
  within(t.root, t.levels, 0)
  return units
}

/** Clears the leaves of [start, end) and says what they mapped. @throws when a huge leaf reaches out of the range */
export function clearLeaves(
  t: PageTable,
  start: number,
  end: number,
  onLeaf: (page: number, frame: number, level: number) => void
): void {
  eachLeaf(t, start, end, (page, level, table, index, low, high) => {
    if (page < start || page + pagesPerEntry(level) > end)
      throw new Error(`clearLeaves: the leaf at page ${page} is larger than the range`)
    t.write(table, index, 0, 0, level, page)
    onLeaf(page, entryFrame(low, high), level)
  })
}

/**
 * Takes the table pages out of the tree that cover pages of [start, end) and nothing outside [floor, ceiling), the
 * end of the area before and the start of the area after (Linux mm/memory.c, free_pgd_range). Their leaves are
 * cleared already. Lower levels first.
 */
export function unlinkTables(
  t: PageTable,
  { start, end, floor, ceiling }: Range & { readonly floor: number; readonly ceiling: number },
  onTable: TableVisitor
): void {
  const within = (table: Frame, level: number, base: number): void =>
    eachEntry(t, table, level, base, { start, end }, (index, page, low) => {
      if (!isTable(low)) return
      const child = entryFrame(low, t.entries.high(table, index)) as Frame
      if (level > 2) within(child, level - 1, page)
      if (page < floor || page + pagesPerEntry(level) > ceiling) return
      t.unlink(table, index, level, page)
      onTable(level - 1, page, child)
    })
  within(t.root, t.levels, 0)
}
