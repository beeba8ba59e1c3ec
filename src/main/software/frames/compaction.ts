/**
 * Makes a free block by moving pages from the start of memory to free frames at its end (Linux mm/compaction.c): a
 * scanner for pages goes up, one for free frames comes down, and where they meet nothing is left to gain.
 */
import { MOVABLE, PAGEBLOCK_FRAMES, PAGEBLOCK_ORDER } from './migrate-type'
import type { FreeLists } from './free-lists'
import type { FrameMover } from './frame-mover'
import { HierarchicalBitmap } from './hierarchical-bitmap'

/** Takes a frame that is free, and gives it back. */
interface FrameOwner {
  allocateAt(base: number, count: number): boolean
  free(base: number, order: number): void
}

export class Compaction {
  framesMoved = 0
  /** Pageblocks found to hold what does not move; looked at again once a frame of theirs came free. */
  private readonly skipped: HierarchicalBitmap
  private hasSkipped = false
  private target = 0

  constructor(
    private readonly lists: FreeLists,
    private readonly owner: FrameOwner
  ) {
    this.skipped = new HierarchicalBitmap(Math.ceil(lists.frames / PAGEBLOCK_FRAMES))
  }

  /** Frames came free: their pageblocks may be worth a look again. */
  freed(base: number, order: number): void {
    if (!this.hasSkipped) return
    const last = (base + 2 ** order - 1) >>> PAGEBLOCK_ORDER
    for (let n = base >>> PAGEBLOCK_ORDER; n <= last; n++) if (this.skipped.has(n)) this.skipped.delete(n)
  }

  /** True when a block of the order was made, by moving single pages. */
  run(order: number, mover: FrameMover): boolean {
    const size = 2 ** order
    this.target = this.lists.frames
    for (let base = 0; base + size <= this.target; base += size) {
      if (this.skips(base, size) || !this.isWorthIt(base, size, mover)) continue
      if (this.empty(base, order, mover)) return true
    }
    return false
  }

  private skips(base: number, size: number): boolean {
    for (let at = base; at < base + size; at += PAGEBLOCK_FRAMES)
      if (this.skipped.has(at >>> PAGEBLOCK_ORDER)) return true
    return false
  }

  /** One frame that does not move, and nothing is gained by moving the others. */
  private isWorthIt(base: number, size: number, mover: FrameMover): boolean {
    for (let f = base; f < base + size;) {
      const order = this.lists.orderAround(f)
      if (order < 0 && !mover.isMovable(f)) return this.skip(f, size)
      f = order < 0 ? f + 1 : ((f >>> order) + 1) << order
    }
    return true
  }

  /** Blocks smaller than a pageblock are not marked: the rest of it may be of use. */
  private skip(frame: number, size: number): false {
    if (size < PAGEBLOCK_FRAMES) return false
    this.skipped.add(frame >>> PAGEBLOCK_ORDER)
    this.hasSkipped = true
    return false
  }

  private empty(base: number, order: number, mover: FrameMover): boolean {
    const end = base + 2 ** order
    for (let f = base; f < end;) {
      const free = this.lists.orderAround(f)
      if (free >= 0) f = ((f >>> free) + 1) << free
      else if (!this.moveOut(f, order, mover)) return this.target > end && this.skip(f, end - base)
    }
    return this.lists.orderAround(base) >= order
  }

  private moveOut(frame: number, order: number, mover: FrameMover): boolean {
    const to = this.freeFrame(frame, order)
    if (to < 0) return false
    this.owner.allocateAt(to, 1)
    if (mover.moveTo(frame, to)) {
      this.framesMoved++
      return true
    }
    this.owner.free(to, 0)
    return false
  }

  /** The highest free frame below the scanner's place and above the block, from blocks too small to be asked for. */
  private freeFrame(frame: number, order: number): number {
    const end = (Math.floor(frame / 2 ** order) + 1) * 2 ** order
    while (this.target > end) {
      const f = this.target - 1
      const free = this.lists.orderAround(f)
      if (free >= 0 && free < order && this.lists.typeAt(f) === MOVABLE) return f
      this.target = free < 0 ? f : (f >>> free) << free
    }
    return -1
  }
}
