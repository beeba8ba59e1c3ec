/**
 * Which pages of L1's VM were written since the log was last taken, by the dirty bits of L0's entries and of EPT02.
 * Pages that hold tables, and all of windows, count as written each time: guests store to them by their own mappings,
 * and walkers set A and D bits of gTEAs at machine addresses, so no entry of L0 says when.
 */
import { DIRTY, NO_EXECUTE_HIGH } from '@shared/arch/entry'
import type { Layer } from '../layer'
import type { PageTable, FoundEntry } from '../space/page-table'
import { leavesOf, type Leaf } from './leaves'

const FLAGS = 0xfff

export interface LoggedLayers {
  readonly l0: Layer
  readonly l1: Layer
  /** EPT02, where L0 keeps one: hardware sets its dirty bits in the place of those below. */
  readonly shadow: PageTable | null
  /** Nothing tells what was written: every page counts. */
  readonly isBlind: boolean
}

export class DirtyLog {
  private isFresh = true

  constructor(private readonly layers: LoggedLayers) {}

  /** Pages written since the last time, the first time all that are mapped; logging begins anew. */
  take(): number {
    const { l0 } = this.layers
    const throughShadow = this.takeShadow()
    let pages = 0
    for (const leaf of leavesOf(l0.space.vmas, l0.space.table)) {
      if (this.isFresh || this.layers.isBlind || this.isWritten(leaf, throughShadow)) pages += leaf.pages
      clean(l0.space.table, leaf.page, leaf.entry)
    }
    this.isFresh = false
    l0.shootdown()
    l0.onInvalidate(l0.space, 0, Infinity)
    return pages
  }

  private isWritten({ page, pages, entry }: Leaf, throughShadow: ReadonlySet<number>): boolean {
    const { l0 } = this.layers
    if ((entry.low & DIRTY) !== 0 || l0.hypercalls.windows.has(page)) return true
    const frame = l0.space.table.frameOf(page)
    for (let i = 0; i < pages; i++)
      if (throughShadow.has(page + i) || l0.entries.memory.hasContents(frame + i)) return true
    return false
  }

  /** L1's pages that EPT02 says were written. */
  private takeShadow(): Set<number> {
    const { l1, shadow } = this.layers
    const written = new Set<number>()
    if (shadow === null) return written
    for (const { page, pages, entry } of leavesOf(l1.space.vmas, shadow)) {
      if ((entry.low & DIRTY) === 0) continue
      for (let i = 0; i < pages; i++) written.add(l1.space.table.frameOf(page + i))
      clean(shadow, page, entry)
    }
    return written
  }
}

function clean(table: PageTable, page: number, { low, high }: FoundEntry): void {
  if ((low & DIRTY) !== 0) table.setLeafFlags(page, low & FLAGS & ~DIRTY, (high & NO_EXECUTE_HIGH) !== 0)
}
