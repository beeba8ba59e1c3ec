/**
 * A second table of the same leaves in another form, which hardware walks in the place of the ordinary one. It is kept
 * in step entry by entry. The ordinary table is the kernel's index, from which no walk reads; what hardware notes of a
 * page here (A and D) is noted there too, so that the kernel finds it where it looks.
 */
import { pagesPerEntry } from '@shared/address/address'
import { PAGE_SIZE_BIT, PRESENT } from '@shared/arch/entry'
import type { Violations } from '../invariants/violations'
import type { PageTable } from './page-table'
import { eachLeaf } from './table-ranges'
import { TableSupport } from './table-support'

const isLeaf = (low: number, level: number): boolean =>
  (low & PRESENT) !== 0 && (level === 1 || (low & PAGE_SIZE_BIT) !== 0)

/** The two words of an entry. */
export interface EntryWords {
  readonly low: number
  readonly high: number
}

export abstract class MirroredTable extends TableSupport {
  protected index: PageTable | null = null

  /** The leaf at `level` that begins at `page` says this now; another may have stood there. @throws OutOfMemory */
  protected abstract set(page: number, level: number, low: number, high: number): void

  /** There is no leaf at `level` at this page any more. */
  protected abstract remove(page: number, level: number): void

  /** What it says of the leaf at `level` that begins at `page`; null where it has none. Looking only. */
  abstract find(page: number, level: number): EntryWords | null

  override attach(index: PageTable): void {
    this.index = index
  }

  override entryChanged(level: number, page: number, oldLow: number, low: number, high: number): void {
    if (isLeaf(low, level)) this.set(page, level, low, high)
    else if (isLeaf(oldLow, level)) this.remove(page, level)
  }

  /** Hardware has set A or D bits of the leaf that maps the page. */
  marked(page: number, bits: number): void {
    const { index } = this
    if (index === null) return
    const { table, index: at, low, high } = index.find(page)
    index.entries.write(table, at, low | bits, high)
  }

  /** No entry is lost, and none says anything else than the index. */
  override check(found: Violations): void {
    const { index } = this
    if (index === null) return
    eachLeaf(index, 0, pagesPerEntry(index.levels + 1), (page, level, _table, _at, low, high) => {
      const own = this.find(page, level)
      found.unless(own !== null && own.low === low && own.high === high, 'mirrored table', () => {
        return `page ${page} is ${own === null ? 'lost' : 'another entry'} at level ${level}`
      })
    })
  }
}
