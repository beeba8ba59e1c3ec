/**
 * The DMT registers of one layer: each maps a range of pages of one page-size class
 * to the area that holds their leaf entries. Fully associative; kept in columns for the match.
 *
 * What a guest wrote names a gTEA by ID and offset. The machine frames stand in a hidden descriptor, read from the
 * gTEA table when the register is loaded, void as soon as L0 changes the entry, and never seen by the guest.
 */
import { pagesPerEntry, pagesPerTable, type Page } from '@shared/address/address'
import { gteaIndex, type GteaListener, type GteaTable } from './gtea-table'

export interface RegisterValue {
  /** Level of the leaf entries: 1 for the 4K class, 2 for 2M, 3 for 1G. */
  readonly level: number
  /** First page covered, aligned to what one table page covers. */
  readonly start: Page
  /** 4 KiB pages covered. */
  readonly pages: number
  /** First frame of the area in the layer's own space. */
  readonly base: number
  /** Set when the area is a gTEA: then hardware uses the machine frames the table names for this ID. */
  readonly gtea: { readonly id: number; readonly offset: number } | null
}

/** In the column of IDs: the register names no gTEA. */
const NO_GTEA = -0x8000_0000

export class DmtRegisters implements GteaListener {
  private readonly start: Float64Array
  private readonly end: Float64Array
  readonly level: Uint8Array
  /** Frame in the layer's space, or in the machine where `cooperative`. */
  readonly base: Int32Array
  readonly cooperative: Uint8Array
  /** ID and offset that a cooperative register names. */
  readonly gteaId: Int32Array
  readonly gteaOffset: Int32Array
  /** Table pages from `base` on that the descriptor of a cooperative register allows. */
  private readonly limit: Int32Array
  private readonly values: (RegisterValue | null)[]
  /** Registers 0..used-1 may be valid. */
  private used = 0
  /** Off: every register reads as invalid, nothing else changes. */
  enabled = true

  constructor(
    readonly layer: number,
    readonly count: number,
    private readonly gteas: GteaTable
  ) {
    this.start = new Float64Array(count)
    this.end = new Float64Array(count)
    this.level = new Uint8Array(count)
    this.base = new Int32Array(count)
    this.cooperative = new Uint8Array(count)
    this.gteaId = new Int32Array(count).fill(NO_GTEA)
    this.gteaOffset = new Int32Array(count)
    this.limit = new Int32Array(count)
    this.values = new Array<RegisterValue | null>(count).fill(null)
  }

  /**
   * Loads register n; false when the gTEA check refuses it, and the register is then invalid. The grant must hold
   * every table page of the range, whatever the guest says of its size. Where walks check, every value is taken.
   */
  load(n: number, value: RegisterValue): boolean {
    this.invalidate(n)
    const { gtea } = value
    const slots = Math.ceil(value.pages / pagesPerTable(value.level))
    if (gtea && !this.describe(n, gtea.id, gtea.offset, slots)) return false
    if (!gtea) this.base[n] = value.base
    this.values[n] = value
    this.start[n] = value.start
    this.end[n] = value.start + value.pages
    this.level[n] = value.level
    this.cooperative[n] = gtea ? 1 : 0
    this.used = Math.max(this.used, n + 1)
    return true
  }

  /** A context switch loads every valid register again, and each is checked again; how many were loaded. */
  reload(): number {
    let loaded = 0
    for (let n = 0; n < this.used; n++) {
      const value = this.values[n]
      if (value !== null && this.load(n, value)) loaded++
    }
    return loaded
  }

  invalidate(n: number): void {
    this.values[n] = null
    this.start[n] = 0
    this.end[n] = 0
    if (this.gteaId[n] === NO_GTEA) return
    this.gteaId[n] = NO_GTEA
    if (this.gteaId.every((id) => id === NO_GTEA)) this.gteas.detach(this)
  }

  /** Machine frame of table page `slot` of a cooperative register, by its descriptor; -1, and void, out of bounds. */
  describedFrame(n: number, slot: number): number {
    if (slot < this.limit[n]) return this.base[n] + slot
    this.gteas.check(this.gteaId[n], this.layer, this.gteaOffset[n] + slot, 1)
    this.invalidate(n)
    return -1
  }

  forgetGtea(index: number): void {
    for (let n = 0; n < this.used; n++) if (this.names(n, index)) this.invalidate(n)
  }

  rereadGtea(index: number): void {
    for (let n = 0; n < this.used; n++) {
      const value = this.values[n]
      if (value !== null && this.names(n, index)) this.load(n, value)
    }
  }

  /** The same grant has another ID now: the hypervisor loads its guest's registers anew. */
  renameGtea(from: number, to: number): void {
    for (let n = 0; n < this.used; n++) {
      const value = this.values[n]
      if (value?.gtea?.id === from) this.load(n, { ...value, gtea: { id: to, offset: value.gtea.offset } })
    }
  }

  private names(n: number, index: number): boolean {
    return this.gteaId[n] !== NO_GTEA && gteaIndex(this.gteaId[n]) === index
  }

  /** Reads the entry into the hidden descriptor; false when the check refuses it. */
  private describe(n: number, id: number, offset: number, slots: number): boolean {
    const { gteas } = this
    if (gteas.mode === 'on-load') {
      const base = gteas.check(id, this.layer, offset, slots)
      if (base < 0) return false
      this.base[n] = base
    } else this.base[n] = -1
    this.limit[n] = gteas.pagesOf(id) - offset
    this.gteaId[n] = id
    this.gteaOffset[n] = offset
    gteas.attach(this)
    return true
  }

  /** First register from n on that covers the page, or -1. Lower index wins. */
  matchFrom(n: number, page: number): number {
    if (!this.enabled) return -1
    for (let i = n; i < this.used; i++) if (page >= this.start[i] && page < this.end[i]) return i
    return -1
  }

  /** Index of the page's entry in the whole area: the entry's address is base * 4096 + 8 * index. */
  linearIndex(n: number, page: number): number {
    const offset = page - this.start[n]
    return this.level[n] === 1 ? offset : Math.floor(offset / pagesPerEntry(this.level[n]))
  }

  valueOf(n: number): RegisterValue | null {
    return this.values[n]
  }
}
