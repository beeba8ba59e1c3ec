/**
 * Eager allocation: where the first page of a stretch is touched, as much of it as contiguous frames are free for is
 * mapped at once. Nothing is moved to make room, and no more than half of what is free is taken.
 */
import { PAGE_BYTES, alignDown, alignUp, pagesPerEntry } from '@shared/address/address'
import type { AddressSpace } from '../space/address-space'
import type { Vma } from '../space/vma-list'
import { gapAround, type Gap } from './gap'

/** Frames for a run of leaves of one size. */
export interface EagerRun {
  readonly start: number
  readonly end: number
  readonly level: number
  readonly frame: number
}

export class EagerRuns {
  /** A run that was not to be had, and what was free then: without more of it there is no longer one now. */
  private refused = { pages: Infinity, freeFrames: 0 }

  /** @param bytes the most that is mapped at once */
  constructor(
    private readonly space: AddressSpace,
    private readonly bytes: number
  ) {}

  /** Frames are taken for it; null where one page at a time is all that can be done. */
  claim(page: number, vma: Vma): EagerRun | null {
    const first = this.space.firstLeaf(vma)
    if (this.mostPages < pagesPerEntry(first)) return null
    for (let level: number = first; level > 0; level--) {
      const gap = this.gapFor(page, vma, level, first)
      if (gap !== null) return this.claimIn(gap, page, level)
    }
    return null
  }

  /** Where leaves at the level may go. Pages smaller than the policy's stay within one of its size. */
  private gapFor(page: number, vma: Vma, level: number, first: number): Gap | null {
    const size = pagesPerEntry(level)
    const most = level < first ? pagesPerEntry(level + 1) : this.mostPages
    const around = alignDown(page, most)
    const start = Math.max(alignUp(vma.start, size), around)
    const end = Math.min(alignDown(vma.end, size), around + most)
    return page < start || page >= end ? null : gapAround(this.space.table, page, level, { start, end })
  }

  private get mostPages(): number {
    return 2 ** Math.floor(Math.log2(Math.floor(this.bytes / PAGE_BYTES)))
  }

  /** Of the gap, the stretch around the page that frames are there for: as long as may be, then half of that. */
  private claimIn(gap: Gap, page: number, level: number): EagerRun | null {
    const { frames } = this.space.layer
    const size = pagesPerEntry(level)
    if (frames.freeFrames > this.refused.freeFrames) this.refused = { pages: Infinity, freeFrames: 0 }
    for (let span = this.mostPages; span > size; span /= 2) {
      const around = alignDown(page, span)
      const start = Math.max(gap.start, around)
      const end = Math.min(gap.end, around + span)
      const pages = end - start
      if (pages <= size) return null
      if (pages >= this.refused.pages || pages > frames.freeFrames / 2) continue
      const frame = frames.allocateRun(pages, size)
      if (frame >= 0) return { start, end, level, frame }
      this.refused = { pages, freeFrames: frames.freeFrames }
    }
    return null
  }
}
