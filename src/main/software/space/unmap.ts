/** Taking mappings away (Linux mm/mmap.c, do_munmap; mm/memory.c, zap_page_range and free_pgtables). */
import { pagesPerEntry } from '@shared/address/address'
import type { AddressSpace } from './address-space'
import { Gather } from './gather'
import { splitAround } from './huge'
import { clearLeaves, unlinkTables } from './table-ranges'

/** Unmaps whatever lies in the range: pages, the tables that nothing needs any more, and the areas. */
export function unmap(space: AddressSpace, start: number, pages: number): void {
  const end = start + pages
  if (space.vmas.within(start, end).length === 0) return
  splitAround(space, start)
  splitAround(space, end)
  for (const vma of space.vmas.cutOut(start, end)) space.vmas.remove(vma)
  const gather = new Gather(space)
  zap(space, start, end, gather)
  freeTables(space, start, end, gather)
  gather.finish(start, pages)
  space.teas.settle(start, end)
}

/** The pages of the range lose their contents; areas and tables stay. */
export function discard(space: AddressSpace, start: number, pages: number): void {
  splitAround(space, start)
  splitAround(space, start + pages)
  const gather = new Gather(space)
  zap(space, start, start + pages, gather)
  gather.finish(start, pages)
}

/** Everything at once, for exec and exit: registers no longer name the areas of entries when frames are given back. */
export function destroy(space: AddressSpace): void {
  const end = space.vmas.end
  const start = space.vmas.list()[0]?.start ?? 0
  for (const vma of [...space.vmas.list()]) space.vmas.remove(vma)
  const gather = new Gather(space)
  zap(space, 0, end, gather)
  freeTables(space, 0, end, gather)
  gather.finish(start, end - start, () => space.teas.releaseAll())
  space.table.tablePages--
  space.freeTable(space.table.levels, 0, space.table.root)
  space.support?.release()
  const { spaces } = space.layer
  spaces.splice(spaces.indexOf(space), 1)
}

/** Clears the leaves of the range; what they mapped goes to the gather. No leaf reaches out of the range. */
function zap(space: AddressSpace, start: number, end: number, gather: Gather): void {
  const { table, layer, oracle, deposits } = space
  const before = gather.pages
  clearLeaves(table, start, end, (page, frame, level) => {
    const pages = pagesPerEntry(level)
    gather.addFrames(frame, pages)
    oracle?.delete(page, pages)
    if (level === 2) deposits?.drop(page)
  })
  const pages = gather.pages - before
  space.pagesMapped -= pages
  layer.ledger.count('pagesUnmapped', pages)
  layer.ledger.charge(pages * layer.costs.unmapPage)
}

/** Table pages of a range that no area holds any more, as far as they serve no neighbour. */
export function freeTables(space: AddressSpace, start: number, end: number, gather: Gather): void {
  const { vmas, table } = space
  const floor = vmas.floorOf(start)
  const ceiling = vmas.next(end)?.start ?? Infinity
  unlinkTables(table, { start, end, floor, ceiling }, gather.addTable)
}
