import { pageFrom, unitHigh, unitLow } from '@shared/address/address'
import type { Replacement, WalkCacheGeometry } from '@shared/model/hardware-profile'
import { WRITABLE } from '@shared/arch/entry'
import { VPID_MASK, machineContext, type Context } from '@shared/arch/context'
import { TaggedArray } from '../array/tagged-array'

/**
 * What the table entries that an entry spares allow together, in two bits: R/W where it lies in a table entry, set
 * when all of them have it, and XD in bit 0, set when one of them has it.
 */
export const NO_EXECUTE = 1
/**
 * Kept beside them: the table that the entry names is one of the guest's own. Set only where shadow tables and tables of
 * the guest share the cache (agile paging).
 */
export const GUEST_TABLE = 1 << 2

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
  readonly writable: boolean
  readonly executable: boolean
  /** 0 = replaced last. */
  readonly age: number
}

const LOWEST_LEVEL = 2

/** log2 of the pages below one table entry of a level. */
const shiftAt = (level: number): number => 9 * (level - 1)

/**
 * Caches of table entries that point to tables (Intel SDM vol. 3A, 4.10.3): one array for each level from 2
 * up. An entry of level k stands for one table entry, 512^(k-1) pages, and names the table of level k-1, so
 * a hit at level k leaves exactly k-1 reads. It also keeps what the table entries on the way allow together.
 */
export class PageWalkCache {
  /** By level; positions below 2 stay empty. */
  private readonly arrays: TaggedArray[]
  /** By level and slot. */
  private readonly permissionsAt: Uint8Array[]
  private frame = 0
  /** After a hit of `deepest`: R/W and XD of the levels it spares, and whose table follows. */
  permissions = 0

  constructor(
    geometry: WalkCacheGeometry,
    private readonly levels: 4 | 5,
    replacement: Replacement = 'lru'
  ) {
    const absentGeometry = { entries: 0, ways: 1 }
    const absent = new TaggedArray(absentGeometry)
    const { level2, level3, level4, level5 } = geometry
    const present = [level2, level3, level4, level5].slice(0, levels - 1)
    this.arrays = [absent, absent, ...present.map((g) => new TaggedArray(g, replacement))]
    this.permissionsAt = [absentGeometry, absentGeometry, ...present].map((g) => new Uint8Array(g.entries))
  }

  /** Lowest level whose entry for the page is cached, or 0. Touches that entry only. */
  deepest(high: number, low: number, context: Context): number {
    for (let level = LOWEST_LEVEL; level <= this.levels; level++) {
      const shift = shiftAt(level)
      const array = this.arrays[level]
      const slot = array.lookup(unitHigh(high, shift), unitLow(high, low, shift), 0, context)
      if (slot >= 0) {
        this.frame = array.frameAt(slot)
        this.permissions = this.permissionsAt[level][slot]
        return level
      }
    }
    return 0
  }

  /** After a hit of `deepest`: frame of the table to read next. */
  frameOf(): number {
    return this.frame
  }

  /** Level of the hit that `deepest` would find. Touches no entry; `frameOf` and `permissions` say what it would. */
  peek(high: number, low: number, context: Context): number {
    for (let level = LOWEST_LEVEL; level <= this.levels; level++) {
      const shift = shiftAt(level)
      const array = this.arrays[level]
      const slot = array.peek(unitHigh(high, shift), unitLow(high, low, shift), 0, context)
      if (slot >= 0) {
        this.frame = array.frameAt(slot)
        this.permissions = this.permissionsAt[level][slot]
        return level
      }
    }
    return 0
  }

  /** Keeps what the table entry of `level` (2 or more) pointed to: the machine frame of the table of level - 1. */
  fill(level: number, high: number, low: number, context: Context, frame: number, permissions: number): void {
    const shift = shiftAt(level)
    const slot = this.arrays[level].fill(unitHigh(high, shift), unitLow(high, low, shift), 0, context, frame)
    if (slot >= 0) this.permissionsAt[level][slot] = permissions
  }

  /** Drops the entries of every level on the way to the page. */
  invalidate(high: number, low: number, context: Context): void {
    for (let level = LOWEST_LEVEL; level <= this.levels; level++) {
      const shift = shiftAt(level)
      this.arrays[level].invalidate(unitHigh(high, shift), unitLow(high, low, shift), 0, context)
    }
  }

  flushContext(context: Context): void {
    for (const array of this.arrays) array.flushContext(context)
  }

  /** Drops what is kept for a virtual machine, whatever its process. */
  flushVpid(vpid: number): void {
    for (const array of this.arrays) array.flushContexts(VPID_MASK, machineContext(vpid))
  }

  flushAll(): void {
    for (const array of this.arrays) array.flushAll()
  }

  entries(): WalkCacheEntry[] {
    return this.arrays.flatMap((array, level) =>
      array.entries().map(({ slot, set, way, high, low, context, frame, age }) => {
        const permissions = this.permissionsAt[level][slot]
        const [writable, executable] = [(permissions & WRITABLE) !== 0, (permissions & NO_EXECUTE) === 0]
        const page = pageFrom(high, low) * 2 ** shiftAt(level)
        return { level, set, way, page, context, frame, writable, executable, age }
      })
    )
  }
}
