import { MAX_ORDER } from './free-blocks'
import type { FreeLists } from './free-lists'

/**
 * Looks for runs of adjacent free frames, which are longer than any block of the buddy system may be. A run
 * of 2^(k+1) - 1 frames holds an aligned block of order k, and free buddies are merged, so a search for such
 * runs needs to visit free blocks of order k and above only.
 */
export class FreeRuns {
  /** The run looked at: [start, end). */
  private start = 0
  private end = 0

  constructor(private readonly blocks: FreeLists) {}

  /** Frames in the longest run. */
  longest(): number {
    let largest = MAX_ORDER
    while (largest > 0 && this.blocks.count(largest) === 0) largest--
    // Without a larger block no run can be longer than this.
    const most = largest === MAX_ORDER ? Infinity : (2 << (largest + 1)) - 2
    let length = 0
    for (let from = 0; length < most && this.find(orderWithin(1 << largest), from); from = this.end) {
      this.extend()
      length = Math.max(length, this.end - this.start)
    }
    return length
  }

  /** Base of the lowest run of `count` free frames that begins at a multiple of `alignment`, or -1. */
  fit(count: number, alignment: number): number {
    for (let from = 0; this.find(orderWithin(count), from); from = this.end) {
      this.extend()
      const base = Math.ceil(this.start / alignment) * alignment
      if (base + count <= this.end) return base
    }
    return -1
  }

  /**
   * Finds the first run at or after `from`, a boundary of runs, that holds a free block of the order: its
   * start is known, its end is still to be extended from that block.
   */
  private find(order: number, from: number): boolean {
    const base = this.blocks.nextAtLeast(order, from)
    if (base < 0) return false
    this.start = base
    this.end = base
    while (this.start > 0) {
      const before = this.blocks.orderAround(this.start - 1)
      if (before < 0) break
      this.start -= 1 << before
    }
    return true
  }

  /** Moves the end on to the end of the run. */
  private extend(): void {
    for (;;) {
      const next = this.blocks.orderAround(this.end)
      if (next < 0) return
      this.end += 1 << next
    }
  }
}

/** Largest order of which every run of `count` frames holds an aligned block. */
export const orderWithin = (count: number): number => Math.min(MAX_ORDER, 31 - Math.clz32((count + 1) >>> 1))
