/** What fork does to memory (Linux kernel/fork.c, dup_mmap; mm/memory.c, copy_page_range). */
import { pagesPerEntry } from '@shared/address/address'
import { ACCESSED, COPY_ON_WRITE, NO_EXECUTE_HIGH, PRESENT, WRITABLE, entryFrame } from '@shared/arch/entry'
import type { AddressSpace } from './address-space'
import { eachLeaf, unitsIn } from './table-ranges'

const FLAGS = 0xfff

/**
 * The child gets every area and every entry; the frames are shared, and neither may write them before it has made a
 * copy. Returns how many leaves were copied.
 */
export function copySpace(parent: AddressSpace, child: AddressSpace): number {
  for (const vma of parent.vmas.list()) child.vmas.add({ ...vma })
  let copied = 0
  for (const unit of unitsIn(parent.table, 0, Infinity)) {
    // The child's table first: to find room for it the layer may move pages of the parent.
    child.table.makeTable(inAnArea(parent, unit.page), unit.level)
    copied += copyUnit(parent, child, unit.page)
  }
  child.pagesMapped = parent.pagesMapped
  const first = parent.vmas.list()[0]?.start ?? 0
  if (copied > 0) parent.layer.invalidate(parent, first, parent.vmas.end - first)
  return copied
}

/** A table may begin before the area that it serves, and whose pages decide where the table lies. */
function inAnArea({ vmas }: AddressSpace, start: number): number {
  const [first] = vmas.within(start, start + pagesPerEntry(2))
  return Math.max(start, first?.start ?? start)
}

function copyUnit(parent: AddressSpace, child: AddressSpace, from: number): number {
  let copied = 0
  const { level } = parent.table.find(from)
  eachLeaf(
    parent.table,
    from,
    from + pagesPerEntry(Math.max(level, 2)),
    (page, at, table, index, low, high) => {
      const shared = (low & WRITABLE) === 0 ? low : (low & ~WRITABLE) | COPY_ON_WRITE
      parent.table.write(table, index, shared, high, at, page)
      copyLeaf(child, page, at, shared, high)
      copied++
    }
  )
  if (level === 2 && child.deposits) child.deposits.keep(from)
  return copied
}

function copyLeaf(child: AddressSpace, page: number, level: number, low: number, high: number): void {
  const frame = entryFrame(low, high)
  const pages = pagesPerEntry(level)
  child.table.map(page, frame, level, low & FLAGS & ~ACCESSED & ~PRESENT, (high & NO_EXECUTE_HIGH) !== 0)
  child.oracle?.set(page, frame, pages)
  for (let f = frame; f < frame + pages; f++) child.layer.shares.share(f)
}
