/** The leaves of an address space, area by area, in the order of the pages. Looking only. */
import { alignDown, pagesPerEntry } from '@shared/address/address'
import { PRESENT } from '@shared/arch/entry'
import type { PageTable, FoundEntry } from '../space/page-table'
import type { VmaList } from '../space/vma-list'

export interface Leaf {
  /** First page it maps. */
  readonly page: number
  readonly pages: number
  readonly entry: FoundEntry
}

/** @param table that of the space, or another over the same pages */
export function* leavesOf(vmas: VmaList, table: PageTable): Generator<Leaf> {
  for (const vma of [...vmas.list()]) {
    for (let p = vma.start as number; p < vma.end;) {
      const entry = table.find(p)
      const pages = pagesPerEntry(entry.level)
      const page = alignDown(p, pages)
      p = page + pages
      if ((entry.low & PRESENT) !== 0) yield { page, pages, entry }
    }
  }
}
