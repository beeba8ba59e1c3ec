import { HierarchicalBitmap } from './hierarchical-bitmap'

/** Orders 0..10: blocks of 1 to 1024 frames, 4 KiB to 4 MiB, as in Linux. */
export const MAX_ORDER = 10
export const ORDERS = MAX_ORDER + 1

/**
 * The free blocks of a buddy system: for each order a set of block numbers (first frame / 2^order). A free
 * frame lies in exactly one block, and no two buddies are free at one order: they are one larger block.
 */
export class FreeBlocks {
  private readonly byOrder: readonly HierarchicalBitmap[]
  private readonly counts = new Int32Array(ORDERS)

  constructor(frames: number) {
    // One number more than there are blocks: the buddy of the last block may lie beyond the end.
    this.byOrder = Array.from(
      { length: ORDERS },
      (_, order) => new HierarchicalBitmap((frames >>> order) + 2)
    )
  }

  count(order: number): number {
    return this.counts[order]
  }

  has(base: number, order: number): boolean {
    return this.byOrder[order].has(base >>> order)
  }

  add(base: number, order: number): void {
    this.byOrder[order].add(base >>> order)
    this.counts[order]++
  }

  remove(base: number, order: number): void {
    this.byOrder[order].delete(base >>> order)
    this.counts[order]--
  }

  /** Base of the lowest free block of exactly this order; the order must have one. */
  lowest(order: number): number {
    return this.byOrder[order].first() << order
  }

  /** Base of the lowest free block of at least `minOrder` that begins at or after `from`, or -1. */
  nextAtLeast(minOrder: number, from: number): number {
    let best = -1
    for (let order = minOrder; order <= MAX_ORDER; order++) {
      if (this.counts[order] === 0) continue
      const block = this.byOrder[order].next((from + (1 << order) - 1) >>> order)
      if (block >= 0 && (best < 0 || block << order < best)) best = block << order
    }
    return best
  }

  /** Order of the free block that holds the frame, or -1 when the frame is in use. */
  orderAround(frame: number): number {
    for (let order = 0; order <= MAX_ORDER; order++) if (this.has(frame, order)) return order
    return -1
  }

  /** Adds a run that touches no free frame whose buddy it would complete: as few aligned blocks as there are. */
  addRun(start: number, end: number): void {
    for (let base = start; base < end;) {
      const order = largestOrder(base, end)
      this.add(base, order)
      base += 1 << order
    }
  }
}

/** Largest order of a block that begins at base, is aligned to its size and ends by `end`. */
export function largestOrder(base: number, end: number): number {
  const aligned = base === 0 ? MAX_ORDER : 31 - Math.clz32(base & -base)
  const fitting = 31 - Math.clz32(end - base)
  return Math.min(aligned, fitting, MAX_ORDER)
}
