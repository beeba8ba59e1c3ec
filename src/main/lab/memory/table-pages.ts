/** Table pages of a tree, and what their entries say: read by looking alone, leaf tables only where they are asked for. */
import { ENTRIES_PER_TABLE, pagesPerEntry, pagesPerTable } from '@shared/address/address'
import { PAGE_SIZE_BIT, PRESENT, entryFrame } from '@shared/arch/entry'
import { machineFrameBehind, type TableRoot } from '../../software/invariants/looking'
import type { Stack } from '../../software/stack'

/** Pages [start, end) of the space. */
export interface PageRange {
  readonly start: number
  readonly end: number
}

export interface PageVisitor {
  /** A table page that maps pages from `page` on. */
  table?(frame: number, level: number, page: number): void
  /** A leaf at `level` of a table above the lowest: a huge page. */
  huge?(page: number, level: number): void
}

const EVERYTHING: PageRange = { start: 0, end: Infinity }

/** Every table page of a tree whose frames lie in layer k, and every huge leaf; entries of level 1 are not read. */
export function visitTablePages(
  { memory, layers }: Pick<Stack, 'memory' | 'layers'>,
  k: number,
  { root, levels }: TableRoot,
  visitor: PageVisitor,
  { start, end }: PageRange = EVERYTHING
): void {
  const visit = (table: number, level: number, page: number): void => {
    visitor.table?.(table, level, page)
    if (level === 1) return
    const machine = machineFrameBehind(layers, k, table)
    if (machine < 0) return
    const reach = pagesPerEntry(level)
    const first = Math.max(0, Math.floor((start - page) / reach))
    const last = Math.min(ENTRIES_PER_TABLE, Math.ceil((end - page) / reach))
    for (let i = first; i < last; i++) {
      const low = memory.low(machine, i)
      if ((low & PRESENT) === 0) continue
      if ((low & PAGE_SIZE_BIT) !== 0) visitor.huge?.(page + i * reach, level)
      else visit(entryFrame(low, memory.high(machine, i)), level - 1, page + i * reach)
    }
  }
  visit(root, levels, 0)
}

/** Present entries of a level-1 table in the machine, for pages of the range. */
export function presentIn(
  { memory }: Pick<Stack, 'memory'>,
  machine: number,
  page: number,
  { start, end }: PageRange
): number {
  if (machine < 0) return 0
  const first = Math.max(0, start - page)
  const last = Math.min(pagesPerTable(1), end - page)
  const at = memory.positionOf(machine, 0)
  let present = 0
  for (let i = first; i < last; i++) present += memory.word(at + 2 * i) & PRESENT
  return present
}
