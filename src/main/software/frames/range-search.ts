/**
 * Contiguous frames beyond what the buddy system has: windows are tried one after the other, and what can be moved
 * is moved out (Linux mm/page_alloc.c, alloc_contig_pages and alloc_contig_range).
 */
import type { FreeLists } from './free-lists'
import type { FrameMover } from './frame-mover'
import { Isolation } from './isolation'

/** Work done so far. */
export interface RangeWork {
  windowsTried: number
  /** Frames looked at to find out whether a window can be cleared. */
  framesScanned: number
  /** Frames whose contents went elsewhere, those of windows that failed in the end included. */
  framesMoved: number
}

export class RangeSearch {
  readonly work: RangeWork = { windowsTried: 0, framesScanned: 0, framesMoved: 0 }
  private isRunning = false

  constructor(private readonly lists: FreeLists) {}

  /**
   * Base of a window of `count` frames that is now taken, or -1. Windows begin at multiples of the request, rounded
   * up to the alignment: they do not slide, so a free run that no window fits is not found.
   */
  take(count: number, alignment: number, mover: FrameMover | null): number {
    const step = Math.ceil(count / alignment) * alignment
    for (let base = 0; base + count <= this.lists.frames; base += step)
      if (this.takeWindow(base, count, mover)) return base
    return -1
  }

  /**
   * Takes exactly these frames. When it fails every pageblock is as it was, but what was moved stays where it is.
   * A mover must not ask for a range itself: that fails.
   */
  takeWindow(base: number, count: number, mover: FrameMover | null): boolean {
    this.work.windowsTried++
    if (this.isRunning || !this.canBeCleared(base, base + count, mover)) return false
    this.isRunning = true
    const isolation = new Isolation(this.lists, base, count)
    try {
      const cleared = this.clear(base, base + count, mover)
      if (cleared) this.lists.claim(base, base + count)
      return cleared
    } finally {
      isolation.end()
      this.isRunning = false
    }
  }

  /** Every frame is free or movable. */
  private canBeCleared(base: number, end: number, mover: FrameMover | null): boolean {
    for (let f = base; f < end;) {
      const order = this.lists.orderAround(f)
      const next = order < 0 ? f + 1 : Math.min(end, ((f >>> order) + 1) << order)
      this.work.framesScanned += next - f
      if (order < 0 && !mover?.isMovable(f)) return false
      f = next
    }
    return true
  }

  /** Moves out whatever is in use. */
  private clear(base: number, end: number, mover: FrameMover | null): boolean {
    const used = this.lists.usedIn(base, end)
    try {
      for (let f = base; f < end;) {
        const order = this.lists.orderAround(f)
        if (order >= 0) f = ((f >>> order) + 1) << order
        else if (!mover?.move(f) || this.lists.orderAround(f) < 0) return false
      }
      return true
    } finally {
      this.work.framesMoved += used - this.lists.usedIn(base, end)
    }
  }
}
