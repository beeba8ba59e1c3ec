/**
 * The pageblocks out of which a range is being cleared: their free frames are handed to nobody, not even to the
 * pages that leave the range (Linux mm/page_isolation.c).
 */
import type { FreeLists } from './free-lists'
import { MAX_ORDER } from './free-blocks'
import { ISOLATED, PAGEBLOCK_FRAMES, type PageblockType } from './migrate-type'

/** Whole blocks of the largest order, so that no free block reaches beyond. */
const UNIT = 2 ** MAX_ORDER

export class Isolation {
  private readonly start: number
  private readonly before: readonly PageblockType[]

  constructor(
    private readonly lists: FreeLists,
    base: number,
    count: number
  ) {
    this.start = Math.floor(base / UNIT) * UNIT
    const end = Math.min(Math.ceil((base + count) / UNIT) * UNIT, lists.frames)
    const pageblocks = Math.ceil((end - this.start) / PAGEBLOCK_FRAMES)
    this.before = Array.from({ length: pageblocks }, (_, i) =>
      lists.typeAt(this.start + i * PAGEBLOCK_FRAMES)
    )
    lists.retype(this.start, new Array<PageblockType>(pageblocks).fill(ISOLATED))
  }

  /** Gives the pageblocks their types back, and their free frames to those. */
  end(): void {
    this.lists.retype(this.start, this.before)
  }
}
