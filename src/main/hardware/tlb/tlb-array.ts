import { pageFrom, unitHigh, unitLow } from '@shared/address/address'
import type { ArrayGeometry } from '@shared/model/hardware-profile'
import { TaggedArray } from '../array/tagged-array'
import type { PolicyName } from '../replacement'

/** log2 of the 4 KiB pages in a page: 4K, 2M, 1G. */
export type PageShift = 0 | 9 | 18

/** What a slot holds, for panels. */
export interface TlbEntry {
  readonly slot: number
  readonly set: number
  readonly way: number
  /** First 4 KiB page covered. */
  readonly page: number
  readonly pageShift: PageShift
  readonly context: number
  /** First 4 KiB frame. */
  readonly frame: number
  readonly meta: number
  /** Size of the page that the tables map; larger than `pageShift` for a piece of it. */
  readonly mappedShift: PageShift
  /** 0 = replaced last. */
  readonly age: number
}

/**
 * TLB entries of one page size. Callers name the 4 KiB page; the key is the number of the page of this
 * array's size that holds it. Two page sizes may share one physical array: the second is made over the
 * first, keys then tell the sizes apart. A slot is valid until the next fill or invalidation.
 */
export class TlbArray {
  private readonly array: TaggedArray
  private readonly metas: Int32Array
  /** Size of the page that an entry is, or is a piece of. */
  private readonly mappedShifts: Uint8Array
  private hasPieces = false

  constructor(
    geometry: ArrayGeometry,
    readonly pageShift: PageShift,
    sharing?: TlbArray,
    policy: PolicyName = 'lru'
  ) {
    this.array = sharing ? sharing.array : new TaggedArray(geometry, policy)
    this.metas = sharing ? sharing.metas : new Int32Array(geometry.entries)
    this.mappedShifts = sharing ? sharing.mappedShifts : new Uint8Array(geometry.entries)
  }

  get isAbsent(): boolean {
    return this.array.isAbsent
  }

  /** Slot of the page's entry, touched; or -1. */
  lookup(high: number, low: number, context: number): number {
    const shift = this.pageShift
    return this.array.lookup(unitHigh(high, shift), unitLow(high, low, shift), shift, context)
  }

  /** Slot of the page's entry, or -1; changes nothing. */
  peek(high: number, low: number, context: number): number {
    const shift = this.pageShift
    return this.array.peek(unitHigh(high, shift), unitLow(high, low, shift), shift, context)
  }

  /**
   * `frame` is the first 4 KiB frame of this array's page, `mappedShift` the size of the page in the tables, which
   * may be larger. Slot filled; -1 when the array has no entries.
   */
  fill(
    high: number,
    low: number,
    context: number,
    frame: number,
    meta: number,
    mappedShift: PageShift = this.pageShift
  ): number {
    const shift = this.pageShift
    const slot = this.array.fill(unitHigh(high, shift), unitLow(high, low, shift), shift, context, frame)
    if (slot < 0) return slot
    this.metas[slot] = meta
    this.mappedShifts[slot] = mappedShift
    if (mappedShift !== shift) this.hasPieces = true
    return slot
  }

  frameAt(slot: number): number {
    return this.array.frameAt(slot)
  }

  metaAt(slot: number): number {
    return this.metas[slot]
  }

  setMeta(slot: number, meta: number): void {
    this.metas[slot] = meta
  }

  /** Drops the page's entry, and every piece of the larger page that holds it (SDM vol. 3A, 4.10.4.1, INVLPG). */
  invalidate(high: number, low: number, context: number): void {
    const shift = this.pageShift
    this.array.invalidate(unitHigh(high, shift), unitLow(high, low, shift), shift, context)
    if (this.hasPieces) this.invalidatePieces(pageFrom(high, low), context)
  }

  private invalidatePieces(page: number, context: number): void {
    const sameUnit = (entry: TlbEntry): boolean => {
      const pages = 2 ** entry.mappedShift
      return Math.floor(entry.page / pages) === Math.floor(page / pages)
    }
    for (const entry of this.entries())
      if (entry.context === context && sameUnit(entry)) this.array.dropSlot(entry.slot)
  }

  /** Drops the context's entries of every page size in the physical array. */
  flushContext(context: number): void {
    this.array.flushContext(context)
  }

  /** Drops the entries, of every page size, whose context has this value in the bits of the mask. */
  flushContexts(mask: number, value: number): void {
    this.array.flushContexts(mask, value)
  }

  /** Drops the entries of every page size in the physical array. */
  flushAll(): void {
    this.array.flushAll()
  }

  /** Entries of this page size, in the order of slots. */
  entries(): TlbEntry[] {
    const own = this.array.entries().filter((e) => e.kind === this.pageShift)
    return own.map(({ slot, set, way, high, low, context, frame, age }) => {
      const page = pageFrom(high, low) * 2 ** this.pageShift
      const mappedShift = this.mappedShifts[slot] as PageShift
      const meta = this.metas[slot]
      return { slot, set, way, page, pageShift: this.pageShift, mappedShift, context, frame, meta, age }
    })
  }
}
