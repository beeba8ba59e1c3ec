import { pageFrom, unitHigh, unitLow } from '@shared/address/address'
import type { Replacement, WalkCacheGeometry } from '@shared/model/hardware-profile'
import { TaggedArray } from '../array/tagged-array'

/** What an entry stands for, for panels. */
export interface WalkCacheEntry {
  /** Level of the table entry it saves: 2 (PDE) .. 5 (PML5E). */
  readonly level: number
  readonly set: number
  readonly way: number
  /** First 4 KiB page below that table entry. */
  readonly page: number
  readonly context: number
  /** Frame of the table one level down. */
  readonly frame: number
  /** 0 = replaced last. */
  readonly age: number
}

const LOWEST_LEVEL = 2

/** log2 of the pages below one table entry of a level. */
const shiftAt = (level: number): number => 9 * (level - 1)

/**
 * Caches of table entries that point to tables (Intel SDM vol. 3A, 4.10.3): one array for each level from 2
 * up. An entry of level k stands for one table entry, 512^(k-1) pages, and names the table of level k-1, so
 * a hit at level k leaves exactly k-1 reads.
 */
export class PageWalkCache {
  /** By level; positions below 2 stay empty. */
  private readonly arrays: TaggedArray[]
  private frame = 0

  constructor(
    geometry: WalkCacheGeometry,
    private readonly levels: 4 | 5,
    replacement: Replacement = 'lru'
  ) {
    const absent = new TaggedArray({ entries: 0, ways: 1 })
    const { level2, level3, level4, level5 } = geometry
    const present = [level2, level3, level4, level5].slice(0, levels - 1)
    this.arrays = [absent, absent, ...present.map((g) => new TaggedArray(g, replacement))]
  }

  /** Lowest level whose entry for the page is cached, or 0. Touches that entry only. */
  deepest(high: number, low: number, context: number): number {
    for (let level = LOWEST_LEVEL; level <= this.levels; level++) {
      const shift = shiftAt(level)
      const array = this.arrays[level]
      const slot = array.lookup(unitHigh(high, shift), unitLow(high, low, shift), 0, context)
      if (slot >= 0) {
        this.frame = array.frameAt(slot)
        return level
      }
    }
    return 0
  }

  /** After a hit of `deepest`: frame of the table to read next. */
  frameOf(): number {
    return this.frame
  }

  /** Level of the hit that `deepest` would find; changes nothing. */
  peek(high: number, low: number, context: number): number {
    for (let level = LOWEST_LEVEL; level <= this.levels; level++) {
      const shift = shiftAt(level)
      if (this.arrays[level].peek(unitHigh(high, shift), unitLow(high, low, shift), 0, context) >= 0)
        return level
    }
    return 0
  }

  /** Keeps what the table entry of `level` (2 or more) pointed to: the frame of the table of level - 1. */
  fill(level: number, high: number, low: number, context: number, frame: number): void {
    const shift = shiftAt(level)
    this.arrays[level].fill(unitHigh(high, shift), unitLow(high, low, shift), 0, context, frame)
  }

  /** Drops the entries of every level on the way to the page. */
  invalidate(high: number, low: number, context: number): void {
    for (let level = LOWEST_LEVEL; level <= this.levels; level++) {
      const shift = shiftAt(level)
      this.arrays[level].invalidate(unitHigh(high, shift), unitLow(high, low, shift), 0, context)
    }
  }

  flushContext(context: number): void {
    for (const array of this.arrays) array.flushContext(context)
  }

  flushAll(): void {
    for (const array of this.arrays) array.flushAll()
  }

  entries(): WalkCacheEntry[] {
    return this.arrays.flatMap((array, level) =>
      array.entries().map(({ set, way, high, low, context, frame, age }) => {
        return { level, set, way, page: pageFrom(high, low) * 2 ** shiftAt(level), context, frame, age }
      })
    )
  }
}
