import { Compaction } from './compaction'
import { CompactionDeferral } from './compaction-deferral'
import { FreeLists } from './free-lists'
import { FreeRuns, orderWithin } from './free-runs'
import { MAX_ORDER, largestOrder } from './free-blocks'
import { stealFor } from './fallback'
import { fragmentationIndex, unusableFreeSpace } from './fragmentation'
import type { FrameMover } from './frame-mover'
import { MOVABLE, UNMOVABLE, type MigrateType, type PageblockType } from './migrate-type'
import { RangeSearch } from './range-search'

/**
 * Compaction is no use against lack of memory: Linux, vm.extfrag_threshold, 500 of 1000; and it wants room for what
 * it moves, twice the block (mm/internal.h, compact_gap).
 */
const EXTFRAG_THRESHOLD = 0.5

/**
 * The frames of one layer's physical space as Linux keeps them: a binary buddy system (orders 0..10) whose free
 * blocks are kept apart by what they are for, and contiguous ranges of any length above it. Among equals the lowest
 * address is taken, so the same requests give the same frames. Frame numbers count from 0; a request that cannot be
 * met returns -1 or false and changes nothing, but for pages that were moved on the way.
 */
export class FrameAllocator {
  /** Whoever knows what frames hold; without one everything in use stays where it is. */
  mover: FrameMover | null = null
  /** Contiguous ranges asked for, and those that were found. */
  rangesRequested = 0
  rangesObtained = 0
  private readonly lists: FreeLists
  private readonly runs: FreeRuns
  private readonly ranges: RangeSearch
  private readonly compaction: Compaction
  private readonly deferral = new CompactionDeferral()
  private available: number

  /** Frames 0..frames-1, all free and meant for what moves; below 2^31. */
  constructor(readonly frames: number) {
    this.lists = new FreeLists(frames)
    this.runs = new FreeRuns(this.lists)
    this.ranges = new RangeSearch(this.lists)
    this.compaction = new Compaction(this.lists, this)
    this.lists.addRun(0, frames)
    this.available = frames
  }

  get freeFrames(): number {
    return this.available
  }

  get windowsTried(): number {
    return this.ranges.work.windowsTried
  }

  get framesScanned(): number {
    return this.ranges.work.framesScanned
  }

  /** Frames emptied for ranges and by compaction. */
  get framesMoved(): number {
    return this.ranges.work.framesMoved + this.compaction.framesMoved
  }

  /**
   * A block of 2^order frames from the smallest free block of the type that holds one, else from another type; its
   * first frame, or -1.
   */
  allocate(order: number, type: MigrateType = UNMOVABLE): number {
    const list = this.lists.ofType(type)
    for (let from = order; from <= MAX_ORDER; from++)
      if (list.count(from) > 0) return this.split(list.lowest(from), from, order, type)
    const found = stealFor(this.lists, order, type, this.mover)
    return found === null ? -1 : this.split(found.base, found.order, order, found.type)
  }

  /** Takes the first 2^order frames of a free block; the rest stays on its list. */
  private split(base: number, from: number, order: number, type: MigrateType): number {
    const list = this.lists.ofType(type)
    list.remove(base, from)
    while (from > order) {
      from--
      list.add(base + (1 << from), from)
    }
    this.available -= 1 << order
    return base
  }

  /** Exactly these frames, when all of them are free or can be made so by moving what they hold. */
  allocateAt(base: number, count: number): boolean {
    if (base < 0 || count < 1 || base + count > this.frames || count > this.available) return false
    if (this.lists.isRunFree(base, base + count)) this.lists.claim(base, base + count)
    else if (this.mover === null || !this.ranges.takeWindow(base, count, this.mover)) return false
    this.available -= count
    return true
  }

  /**
   * `count` adjacent frames that begin at a multiple of `alignment` frames, or -1. Up to the size of the largest
   * block a free block is cut to size; beyond, and where none is left, windows are tried from the start of memory,
   * and what can be moved is moved out of the first that it can be moved out of.
   */
  allocateRange(count: number, alignment: number): number {
    if (count < 1) return -1
    this.rangesRequested++
    const base = count > this.available ? -1 : this.range(count, alignment)
    if (base >= 0) this.rangesObtained++
    return base
  }

  private range(count: number, alignment: number): number {
    const order = blockOrder(Math.max(count, alignment))
    const block = order > MAX_ORDER || !isPowerOfTwo(alignment) ? -1 : this.allocate(order)
    if (block >= 0) {
      this.freeRange(block + count, (1 << order) - count)
      return block
    }
    // Where nothing can be moved only a free run will do, and without a block of its size there is none.
    if (this.mover === null && this.lists.nextAtLeast(orderWithin(count), 0) < 0) return -1
    const base = this.ranges.take(count, alignment, this.mover)
    if (base >= 0) this.available -= count
    return base
  }

  /** The same of frames that are free as they are, for pages that may move: nothing is moved for them. */
  allocateRun(count: number, alignment: number): number {
    const order = blockOrder(Math.max(count, alignment))
    if (order <= MAX_ORDER) {
      const block = this.allocate(order, MOVABLE)
      if (block >= 0) this.freeRange(block + count, (1 << order) - count)
      return block
    }
    const base = count > this.available ? -1 : this.runs.fit(count, alignment)
    if (base < 0) return -1
    this.lists.claim(base, base + count)
    this.available -= count
    return base
  }

  /**
   * Moves pages together until a block of the order is free. False when that is no use, has failed lately, or no
   * block can be made.
   */
  compact(order: number): boolean {
    const index = this.fragmentationIndex(order)
    if (index === -1) return true
    const isUseless = index <= EXTFRAG_THRESHOLD || this.available < 2 * 2 ** order
    if (this.mover === null || isUseless || this.deferral.isDeferred(order)) return false
    const made = this.compaction.run(order, this.mover)
    if (made) this.deferral.succeeded(order)
    else this.deferral.failed(order)
    return made
  }

  /** Gives 2^order frames back and merges free buddies. Throws when one of them is free already. */
  free(base: number, order: number): void {
    this.mustBeUsed(base, order)
    this.available += 1 << order
    this.compaction.freed(base, order)
    this.lists.merge(base, order)
  }

  /** Gives back any run of frames, whether they came together or not. */
  freeRange(base: number, count: number): void {
    for (const end = base + count; base < end;) {
      const order = largestOrder(base, end)
      this.free(base, order)
      base += 1 << order
    }
  }

  /** Every free block, in no order: its first frame, and how many it has. Looking only. */
  forEachFree(visit: (base: number, count: number) => void): void {
    this.lists.each(visit)
  }

  isFree(frame: number): boolean {
    return this.lists.orderAround(frame) >= 0
  }

  /** Type of the pageblock that holds the frame. */
  typeOf(frame: number): PageblockType {
    return this.lists.typeAt(frame)
  }

  /** Free blocks of the order on the list of the type. */
  freeBlocks(order: number, type: MigrateType): number {
    return this.lists.ofType(type).count(order)
  }

  /** Frames in the longest run of adjacent free frames. */
  largestRun(): number {
    return this.available === 0 ? 0 : this.runs.longest()
  }

  fragmentationIndex(order: number): number {
    return fragmentationIndex(this.lists, this.available, order)
  }

  unusableFreeSpace(order: number): number {
    return unusableFreeSpace(this.lists, this.available, order)
  }

  private mustBeUsed(base: number, order: number): void {
    const end = base + (1 << order)
    if (end > this.frames || this.isFree(base) || (order > 0 && this.hasFreeIn(base, end))) {
      throw new Error(`FrameAllocator.free: frame ${base}, order ${order} is not in use`)
    }
  }

  private hasFreeIn(base: number, end: number): boolean {
    const next = this.lists.nextAtLeast(0, base)
    return next >= 0 && next < end
  }
}

/** Order of the smallest block that holds so many frames. */
const blockOrder = (frames: number): number => Math.ceil(Math.log2(frames))
const isPowerOfTwo = (n: number): boolean => Number.isInteger(Math.log2(n))
