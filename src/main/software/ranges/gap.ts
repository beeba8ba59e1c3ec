/** Pages around one that nothing maps, for runs of leaves of one size. Looking only. */
import { ENTRIES_PER_TABLE, alignDown, pagesPerEntry, type Frame } from '@shared/address/address'
import { PAGE_SIZE_BIT, PRESENT, entryFrame } from '@shared/arch/entry'
import type { PageTable } from '../space/page-table'

export interface Gap {
  readonly start: number
  readonly end: number
}

/**
 * The largest range of [start, end) around the page into which leaves at `level` fit: none of theirs is there, no
 * larger one, and no table of smaller ones. Null when the page itself has no place. Bounds are aligned to such leaves.
 */
export function gapAround(t: PageTable, page: number, level: number, { start, end }: Gap): Gap | null {
  const size = pagesPerEntry(level)
  const own = alignDown(page, size)
  if (findTaken(t, level, own, own + size, 1) !== null) return null
  const before = findTaken(t, level, start, own, -1)
  const after = findTaken(t, level, own + size, end, 1)
  return { start: before?.end ?? start, end: after?.start ?? end }
}

/** What the first or the last entry covers that is taken in [start, end); null where none is. */
function findTaken(t: PageTable, level: number, start: number, end: number, step: 1 | -1): Gap | null {
  const search = (table: Frame, at: number, base: number): Gap | null => {
    const reach = pagesPerEntry(at)
    const first = Math.max(0, Math.floor((start - base) / reach))
    const last = Math.min(ENTRIES_PER_TABLE, Math.ceil((end - base) / reach)) - 1
    for (let i = step > 0 ? first : last; i >= first && i <= last; i += step) {
      const low = t.entries.low(table, i)
      if ((low & PRESENT) === 0) continue
      const page = base + i * reach
      if (at === level || (low & PAGE_SIZE_BIT) !== 0) return { start: page, end: page + reach }
      const found = search(entryFrame(low, t.entries.high(table, i)) as Frame, at - 1, page)
      if (found !== null) return found
    }
    return null
  }
  return start < end ? search(t.root, t.levels, 0) : null
}
