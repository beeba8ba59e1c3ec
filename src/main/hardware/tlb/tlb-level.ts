import type { PageShift, TlbEntry } from './tlb-array'
import type { TlbArray } from './tlb-array'

/**
 * The arrays of one level of a TLB, one for each page size. All are asked for every page, because its size
 * is not known before it is found; sizes never filled are left out. The fields say what the last hit found.
 *
 * A level that breaks pages up keeps a page of a size it has no entries for as pieces of the largest smaller size
 * that it has, one for each look-up that missed. Another keeps nothing of such a page.
 */
export class TlbLevel {
  /** Of the last hit: first 4 KiB frame of the page, meta and size. */
  frame = 0
  meta = 0
  pageShift: PageShift = 0
  private has2M = false
  private has1G = false
  private readonly arrays: readonly TlbArray[]
  /** Where pages of 2 MiB and 1 GiB are kept. */
  private readonly home2M: TlbArray
  private readonly home1G: TlbArray

  constructor(
    private readonly base: TlbArray,
    private readonly huge2M: TlbArray,
    private readonly huge1G: TlbArray,
    breaksUp: boolean
  ) {
    this.arrays = [base, huge2M, huge1G]
    this.home2M = breaksUp && huge2M.isAbsent ? base : huge2M
    this.home1G = breaksUp && huge1G.isAbsent ? this.home2M : huge1G
  }

  /** Touches the entry found. */
  lookup(high: number, low: number, context: number): boolean {
    return (
      this.found(this.base, this.base.lookup(high, low, context)) ||
      (this.has2M && this.found(this.huge2M, this.huge2M.lookup(high, low, context))) ||
      (this.has1G && this.found(this.huge1G, this.huge1G.lookup(high, low, context)))
    )
  }

  /** Is the page here, in any size; changes nothing. */
  holds(high: number, low: number, context: number): boolean {
    return (
      this.base.peek(high, low, context) >= 0 ||
      (this.has2M && this.huge2M.peek(high, low, context) >= 0) ||
      (this.has1G && this.huge1G.peek(high, low, context) >= 0)
    )
  }

  /** `frame` is that of the 4 KiB page (high, low), `pageShift` the size of the page that holds it. */
  fill(high: number, low: number, context: number, frame: number, pageShift: PageShift, meta: number): void {
    const array = this.arrayOf(pageShift)
    const shift = array.pageShift
    if (shift === 9) this.has2M = !array.isAbsent
    if (shift === 18) this.has1G = !array.isAbsent
    array.fill(high, low, context, frame & -(1 << shift), meta, pageShift)
  }

  /** The array that keeps pages of this size, whole or in pieces. */
  arrayOf(pageShift: PageShift): TlbArray {
    return pageShift === 0 ? this.base : pageShift === 9 ? this.home2M : this.home1G
  }

  invalidate(high: number, low: number, context: number): void {
    for (const array of this.arrays) array.invalidate(high, low, context)
  }

  flushContext(context: number): void {
    for (const array of this.arrays) array.flushContext(context)
  }

  flushContexts(mask: number, value: number): void {
    for (const array of this.arrays) array.flushContexts(mask, value)
  }

  flushAll(): void {
    for (const array of this.arrays) array.flushAll()
  }

  entries(): TlbEntry[] {
    return this.arrays.flatMap((array) => array.entries())
  }

  private found(array: TlbArray, slot: number): boolean {
    if (slot < 0) return false
    this.frame = array.frameAt(slot)
    this.meta = array.metaAt(slot)
    this.pageShift = array.pageShift
    return true
  }
}
