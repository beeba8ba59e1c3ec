/** Splitting huge pages: the demotion of one, and of those that a range would cut through. */
import { alignDown, pagesPerEntry, type Frame } from '@shared/address/address'
import { PRESENT } from '@shared/arch/entry'
import { SIZE_AT_LEVEL, SIZE_TITLE } from '@shared/arch/page-size'
import type { AddressSpace } from './address-space'
import { unitsIn } from './table-ranges'

/**
 * The huge leaf that maps the page becomes 512 leaves one level below: the new table page is filled, then the entry
 * names it, then the range is flushed. At no instant do both page-size classes, or neither, hold a valid leaf.
 */
export function splitHuge(space: AddressSpace, page: number): void {
  const { table, layer } = space
  const { level } = table.find(page)
  const pages = pagesPerEntry(level)
  const start = alignDown(page, pages)
  const into = tableForSplit(space, start, level)
  table.splitLeaf(start, into)
  layer.invalidate(space, start, pages)
  layer.ledger.count('hugeSplits')
  layer.event(
    'huge-split',
    `a ${SIZE_TITLE[SIZE_AT_LEVEL[level] ?? '2M']} page became smaller ones`,
    pages,
    0
  )
}

function tableForSplit(space: AddressSpace, start: number, level: number): Frame {
  if (level === 2 && space.deposits) return space.deposits.take(start)
  return space.allocateTable(level - 1, start)
}

/** Splits the huge page around a boundary, if there is one, until the boundary lies between two leaves. */
export function splitAround(space: AddressSpace, boundary: number): void {
  for (;;) {
    const { level, low } = space.table.find(boundary)
    if ((low & PRESENT) === 0 || boundary % pagesPerEntry(level) === 0) return
    splitHuge(space, boundary)
  }
}

/** Splits every huge page that maps a page of the range, down to 4 KiB pages. */
export function splitRange(space: AddressSpace, start: number, pages: number): void {
  for (const unit of unitsIn(space.table, start, start + pages)) {
    if (unit.level === 1) continue
    splitHuge(space, unit.page)
    // What a 1 GiB page was split into are huge pages again.
    if (unit.level > 2)
      splitRange(
        space,
        Math.max(start, unit.page),
        Math.min(start + pages, unit.page + pagesPerEntry(unit.level)) - Math.max(start, unit.page)
      )
  }
}
