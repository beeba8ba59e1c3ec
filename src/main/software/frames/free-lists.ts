import { FreeBlocks, MAX_ORDER, largestOrder } from './free-blocks'
import { MOVABLE, PAGEBLOCK_ORDER, PAGEBLOCK_TYPES, type PageblockType } from './migrate-type'

/**
 * The free blocks of each type, and the type of each pageblock. A free block is on the list of the pageblock it lies
 * in, as in Linux since 6.10; a block larger than a pageblock lies in pageblocks of one type.
 */
export class FreeLists {
  private readonly lists: readonly FreeBlocks[]
  private readonly types: Uint8Array

  constructor(readonly frames: number) {
    this.lists = PAGEBLOCK_TYPES.map(() => new FreeBlocks(frames))
    // One pageblock more than there are: the buddy of the last block may lie beyond the end.
    this.types = new Uint8Array((frames >>> PAGEBLOCK_ORDER) + 2).fill(MOVABLE)
  }

  ofType(type: PageblockType): FreeBlocks {
    return this.lists[type]
  }

  /** The list for blocks at the frame. */
  at(frame: number): FreeBlocks {
    return this.lists[this.types[frame >>> PAGEBLOCK_ORDER]]
  }

  typeAt(frame: number): PageblockType {
    return this.types[frame >>> PAGEBLOCK_ORDER] as PageblockType
  }

  /** Order of the free block that holds the frame, or -1 when the frame is in use. */
  orderAround(frame: number): number {
    return this.at(frame).orderAround(frame)
  }

  /** Free blocks of exactly this order. */
  count(order: number): number {
    let count = 0
    for (const list of this.lists) count += list.count(order)
    return count
  }

  /** Base of the lowest free block of at least `minOrder` that begins at or after `from`, or -1. */
  nextAtLeast(minOrder: number, from: number): number {
    let best = -1
    for (const list of this.lists) {
      const base = list.nextAtLeast(minOrder, from)
      if (base >= 0 && (best < 0 || base < best)) best = base
    }
    return best
  }

  /** Every free block, in the order of the lists: its first frame, and how many it has. */
  each(visit: (base: number, count: number) => void): void {
    for (const list of this.lists) list.each(visit)
  }

  /** Adds a free block and merges it with its buddies as far as they are free. */
  merge(base: number, order: number): void {
    const list = this.at(base)
    while (order < PAGEBLOCK_ORDER && list.has(base ^ (1 << order), order)) {
      list.remove(base ^ (1 << order), order)
      base &= ~(1 << order)
      order++
    }
    if (order < PAGEBLOCK_ORDER) list.add(base, order)
    else this.mergePageblocks(base, order)
  }

  /** Buddies may have other types here: the larger block takes that of the one it grew from. */
  private mergePageblocks(base: number, order: number): void {
    const type = this.typeAt(base)
    while (order < MAX_ORDER && this.at(base ^ (1 << order)).has(base ^ (1 << order), order)) {
      this.at(base ^ (1 << order)).remove(base ^ (1 << order), order)
      base &= ~(1 << order)
      order++
    }
    this.setType(base, order, type)
    this.lists[type].add(base, order)
  }

  /** Gives the pageblocks of a block of at least that size a type; their free blocks are the caller's. */
  setType(base: number, order: number, type: PageblockType): void {
    const first = base >>> PAGEBLOCK_ORDER
    for (let i = 0; i < 1 << (order - PAGEBLOCK_ORDER); i++) this.types[first + i] = type
  }

  /**
   * Gives pageblocks from the one at `start` on another type each, and their free blocks go to its list. No free
   * block may reach beyond them; one that fills two of them gives both the type of the first.
   */
  retype(start: number, types: ArrayLike<PageblockType>): void {
    const end = start + types.length * 2 ** PAGEBLOCK_ORDER
    const blocks = this.takeFree(start, end)
    this.types.set(types, start >>> PAGEBLOCK_ORDER)
    for (const { base, order } of blocks) {
      if (order > PAGEBLOCK_ORDER) this.setType(base, order, this.typeAt(base))
      this.at(base).add(base, order)
    }
  }

  private takeFree(start: number, end: number): { base: number; order: number }[] {
    const blocks: { base: number; order: number }[] = []
    for (let base = this.nextAtLeast(0, start); base >= 0 && base < end; base = this.nextAtLeast(0, base)) {
      const order = this.orderAround(base)
      this.at(base).remove(base, order)
      blocks.push({ base, order })
    }
    return blocks
  }

  /** Takes the free frames [base, end) out of their blocks and keeps the rest of those. */
  claim(base: number, end: number): void {
    while (base < end) {
      const list = this.at(base)
      const order = list.orderAround(base)
      const blockStart = (base >>> order) << order
      const blockEnd = blockStart + (1 << order)
      list.remove(blockStart, order)
      list.addRun(blockStart, base)
      if (blockEnd > end) list.addRun(end, blockEnd)
      base = blockEnd
    }
  }

  isRunFree(base: number, end: number): boolean {
    if (base < 0 || end > this.frames) return false
    while (base < end) {
      const order = this.orderAround(base)
      if (order < 0) return false
      base = ((base >>> order) + 1) << order
    }
    return true
  }

  /** Frames in use in [base, end). */
  usedIn(base: number, end: number): number {
    let used = 0
    while (base < end) {
      const order = this.orderAround(base)
      if (order < 0) used++
      base = order < 0 ? base + 1 : ((base >>> order) + 1) << order
    }
    return used
  }

  /** Adds frames that touch no free frame whose buddy they would complete, each part to its pageblock's list. */
  addRun(start: number, end: number): void {
    for (let base = start; base < end;) {
      const order = largestOrder(base, end)
      this.at(base).add(base, order)
      base += 1 << order
    }
  }
}
