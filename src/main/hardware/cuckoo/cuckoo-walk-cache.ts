/**
 * The cuckoo walk caches of one CPU for one layer: lines of the walk tables, those of regions of 2 MiB and those of
 * regions of 1 GiB, fully associative. A line is read as a whole, so what is kept is the hints about eight neighbouring
 * regions. One that is out of date costs probes and misleads nobody.
 */
import { ENTRIES_PER_LINE, pageFrom, unitHigh, unitLow } from '@shared/address/address'
import { LINE_SHIFT } from '@shared/arch/cuckoo-line'
import { VPID_MASK, machineContext, type Context } from '@shared/arch/context'
import { TaggedArray } from '../array/tagged-array'
import type { TranslationCache } from '../walker/walk-caches'

/** log2 of the pages of a region. */
export const REGION_SHIFT = 9
export const GIANT_SHIFT = 18

/** A line that is kept, for panels. */
export interface HintEntry {
  readonly way: number
  readonly age: number
  /** First page of its eight regions. */
  readonly page: number
  readonly context: Context
  readonly hints: readonly number[]
}

class HintCache {
  private readonly array: TaggedArray
  /** By slot and place in the line. */
  private readonly hints: Uint8Array

  /** @param regionShift log2 of the pages of a region */
  constructor(
    entries: number,
    private readonly regionShift: number
  ) {
    this.array = new TaggedArray({ entries, ways: Math.max(1, entries) })
    this.hints = new Uint8Array(entries * ENTRIES_PER_LINE)
  }

  private get shift(): number {
    return this.regionShift + LINE_SHIFT
  }

  get isAbsent(): boolean {
    return this.array.isAbsent
  }

  entries(): HintEntry[] {
    return this.array.entries().map(({ slot, way, age, high, low, context }) => ({
      way,
      age,
      page: pageFrom(high, low) * 2 ** this.shift,
      context: context as Context,
      hints: [...this.hints.subarray(slot * ENTRIES_PER_LINE, (slot + 1) * ENTRIES_PER_LINE)]
    }))
  }

  /** The hint about the page's region, or 0. */
  lookup(high: number, low: number, context: Context): number {
    const { array, shift } = this
    const slot = array.lookup(unitHigh(high, shift), unitLow(high, low, shift), 0, context)
    if (slot < 0) return 0
    return this.hints[
      slot * ENTRIES_PER_LINE + (unitLow(high, low, this.regionShift) & (ENTRIES_PER_LINE - 1))
    ]
  }

  /** Keeps the line that holds the hint about the page's region: the hints of its eight regions, 0 where it has none. */
  fill(high: number, low: number, context: Context, line: ArrayLike<number>): void {
    const { array, shift } = this
    const slot = array.fill(unitHigh(high, shift), unitLow(high, low, shift), 0, context, 0)
    if (slot >= 0) this.hints.set(line, slot * ENTRIES_PER_LINE)
  }

  invalidate(high: number, low: number, context: Context): void {
    this.array.invalidate(unitHigh(high, this.shift), unitLow(high, low, this.shift), 0, context)
  }

  flush(mask: number, context: number): void {
    this.array.flushContexts(mask, context)
  }

  flushAll(): void {
    this.array.flushAll()
  }
}

export class CuckooWalkCache implements TranslationCache {
  readonly regions: HintCache
  readonly giants: HintCache

  constructor(regionEntries: number, giantEntries: number) {
    this.regions = new HintCache(regionEntries, REGION_SHIFT)
    this.giants = new HintCache(giantEntries, GIANT_SHIFT)
  }

  get isAbsent(): boolean {
    return this.regions.isAbsent && this.giants.isAbsent
  }

  /** A hint about the page has turned out wrong. */
  drop(high: number, low: number, context: Context): void {
    this.regions.invalidate(high, low, context)
    this.giants.invalidate(high, low, context)
  }

  flushContext(context: Context): void {
    this.regions.flush(-1, context)
    this.giants.flush(-1, context)
  }

  flushVpid(vpid: number): void {
    this.regions.flush(VPID_MASK, machineContext(vpid))
    this.giants.flush(VPID_MASK, machineContext(vpid))
  }

  flushAll(): void {
    this.regions.flushAll()
    this.giants.flushAll()
  }
}
