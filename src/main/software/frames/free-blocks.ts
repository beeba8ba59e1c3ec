import { HierarchicalBitmap } from './hierarchical-bitmap'

/** Orders 0..10: blocks of 1 to 1024 frames, 4 KiB to 4 MiB, as in Linux. */
export const MAX_ORDER = 10
export const ORDERS = MAX_ORDER + 1

/**
 * The free blocks of a buddy system: for each order a set of block numbers (first frame / 2^order). A free
 * frame lies in exactly one block, and no two buddies are free at one order: they are one larger block.
 *
 * Where single frames are taken one after the other, an order mostly has one free block or none. A block that
 * is alone in its order is therefore kept beside the bitmap, where it comes and goes at no cost. Most orders of most
 * types never have a second one, so a bitmap is made when it is first wanted.
 */
export class FreeBlocks {
  private readonly byOrder = new Array<HierarchicalBitmap | null>(ORDERS).fill(null)
  private readonly counts = new Int32Array(ORDERS)
  /** Number of the block that is kept beside the bitmap of its order, or -1. */
  private readonly alone = new Int32Array(ORDERS).fill(-1)

  constructor(private readonly frames: number) {}

  count(order: number): number {
    return this.counts[order]
  }

  has(base: number, order: number): boolean {
    const block = base >>> order
    return this.alone[order] === block || (this.byOrder[order]?.has(block) ?? false)
  }

  add(base: number, order: number): void {
    if (this.counts[order]++ === 0) this.alone[order] = base >>> order
    else (this.byOrder[order] ?? this.makeBitmap(order)).add(base >>> order)
  }

  remove(base: number, order: number): void {
    if (this.alone[order] === base >>> order) this.alone[order] = -1
    else this.byOrder[order]?.delete(base >>> order)
    this.counts[order]--
  }

  /** Base of the lowest free block of exactly this order; the order must have one. */
  lowest(order: number): number {
    return this.next(0, order) << order
  }

  /** Base of the lowest free block of at least `minOrder` that begins at or after `from`, or -1. */
  nextAtLeast(minOrder: number, from: number): number {
    let best = -1
    for (let order = minOrder; order <= MAX_ORDER; order++) {
      if (this.counts[order] === 0) continue
      const block = this.next((from + (1 << order) - 1) >>> order, order)
      if (block >= 0 && (best < 0 || block << order < best)) best = block << order
    }
    return best
  }

  /** Every block, those of an order together: its first frame, and how many it has. */
  each(visit: (base: number, count: number) => void): void {
    for (let order = 0; order <= MAX_ORDER; order++) {
      if (this.counts[order] === 0) continue
      for (let block = this.next(0, order); block >= 0; block = this.next(block + 1, order))
        visit(block << order, 1 << order)
    }
  }

  private makeBitmap(order: number): HierarchicalBitmap {
    // One number more than there are blocks: the buddy of the last block may lie beyond the end.
    const bitmap = new HierarchicalBitmap((this.frames >>> order) + 2)
    this.byOrder[order] = bitmap
    return bitmap
  }

  /** Number of the lowest block of the order that is at least n, or -1. */
  private next(n: number, order: number): number {
    const alone = this.alone[order]
    const other = alone >= 0 && this.counts[order] === 1 ? -1 : (this.byOrder[order]?.next(n) ?? -1)
    if (alone < 0) return other
    return alone >= n && (other < 0 || alone < other) ? alone : other
  }

  /** Order of the free block that holds the frame, or -1 when the frame is in use. */
  orderAround(frame: number): number {
    for (let order = 0; order <= MAX_ORDER; order++)
      if (this.counts[order] > 0 && this.has(frame, order)) return order
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
