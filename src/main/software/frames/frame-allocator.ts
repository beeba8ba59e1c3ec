import { FreeBlocks, MAX_ORDER, largestOrder } from './free-blocks'
import { FreeRuns } from './free-runs'

/**
 * The frames of one layer's physical space as a binary buddy system (orders 0..10), with contiguous ranges
 * of any length above it. Among equals the lowest address is taken, so the same requests give the same frames.
 * Frame numbers count from 0; a request that cannot be met returns -1 or false and changes nothing.
 */
export class FrameAllocator {
  private readonly blocks: FreeBlocks
  private readonly runs: FreeRuns
  private available: number

  /** Frames 0..frames-1, all free; below 2^31. */
  constructor(readonly frames: number) {
    this.blocks = new FreeBlocks(frames)
    this.runs = new FreeRuns(this.blocks)
    this.blocks.addRun(0, frames)
    this.available = frames
  }

  get freeFrames(): number {
    return this.available
  }

  /** A block of 2^order frames from the smallest free block that holds one; its first frame, or -1. */
  allocate(order: number): number {
    let from = order
    while (from <= MAX_ORDER && this.blocks.count(from) === 0) from++
    if (from > MAX_ORDER) return -1
    const base = this.blocks.lowest(from)
    this.blocks.remove(base, from)
    while (from > order) {
      from--
      this.blocks.add(base + (1 << from), from)
    }
    this.available -= 1 << order
    return base
  }

  /** Exactly these frames, when all of them are free. */
  allocateAt(base: number, count: number): boolean {
    if (!this.isRunFree(base, base + count)) return false
    this.claim(base, base + count)
    return true
  }

  /** `count` adjacent frames from the lowest address that is a multiple of `alignment` frames, or -1. */
  allocateRange(count: number, alignment: number): number {
    if (count < 1 || count > this.available) return -1
    const base = this.runs.fit(count, alignment)
    if (base >= 0) this.claim(base, base + count)
    return base
  }

  /** Gives 2^order frames back and merges free buddies. Throws when one of them is free already. */
  free(base: number, order: number): void {
    this.mustBeUsed(base, order)
    this.available += 1 << order
    while (order < MAX_ORDER && this.blocks.has(base ^ (1 << order), order)) {
      this.blocks.remove(base ^ (1 << order), order)
      base &= ~(1 << order)
      order++
    }
    this.blocks.add(base, order)
  }

  /** Gives back any run of frames, whether they came together or not. */
  freeRange(base: number, count: number): void {
    for (const end = base + count; base < end;) {
      const order = largestOrder(base, end)
      this.free(base, order)
      base += 1 << order
    }
  }

  isFree(frame: number): boolean {
    return this.blocks.orderAround(frame) >= 0
  }

  /** Frames in the longest run of adjacent free frames. */
  largestRun(): number {
    return this.available === 0 ? 0 : this.runs.longest()
  }

  /**
   * Why a request of this order fails: 1 - (1 + freeFrames / 2^order) / freeBlocks; towards 0 for lack of
   * memory, towards 1 for fragmentation, -1 when it would not fail (Linux mm/vmstat.c, fragmentation index).
   */
  fragmentationIndex(order: number): number {
    const blocks = this.freeBlocks(0)
    if (blocks === 0) return 0
    return this.freeBlocks(order) > 0 ? -1 : 1 - (1 + this.available / 2 ** order) / blocks
  }

  /** Share of the free frames that lie in blocks too small for this order, 0..1; 1 when nothing is free. */
  unusableFreeSpace(order: number): number {
    let usable = 0
    for (let o = order; o <= MAX_ORDER; o++) usable += this.blocks.count(o) * 2 ** o
    return this.available === 0 ? 1 : (this.available - usable) / this.available
  }

  private freeBlocks(minOrder: number): number {
    let blocks = 0
    for (let order = minOrder; order <= MAX_ORDER; order++) blocks += this.blocks.count(order)
    return blocks
  }

  private isRunFree(base: number, end: number): boolean {
    if (base < 0 || end > this.frames) return false
    while (base < end) {
      const order = this.blocks.orderAround(base)
      if (order < 0) return false
      base = ((base >>> order) + 1) << order
    }
    return true
  }

  /** Takes the free frames [base, end) out of their blocks and keeps the rest of those. */
  private claim(base: number, end: number): void {
    this.available -= end - base
    while (base < end) {
      const order = this.blocks.orderAround(base)
      const blockStart = (base >>> order) << order
      const blockEnd = blockStart + (1 << order)
      this.blocks.remove(blockStart, order)
      this.blocks.addRun(blockStart, base)
      if (blockEnd > end) this.blocks.addRun(end, blockEnd)
      base = blockEnd
    }
  }

  private mustBeUsed(base: number, order: number): void {
    const end = base + (1 << order)
    if (end > this.frames || this.isFree(base) || (order > 0 && this.hasFreeIn(base, end))) {
      throw new Error(`FrameAllocator.free: frame ${base}, order ${order} is not in use`)
    }
  }

  private hasFreeIn(base: number, end: number): boolean {
    const next = this.blocks.nextAtLeast(0, base)
    return next >= 0 && next < end
  }
}
