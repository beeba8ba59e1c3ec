/**
 * The DMT registers of one layer: each maps a range of pages of one page-size class
 * to the area that holds their leaf entries. Fully associative; kept in columns for the match.
 */
import { pagesPerEntry, pagesPerTable, type Page } from '@shared/address/address'
import type { GteaTable } from './gtea-table'

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

export class DmtRegisters {
  private readonly start: Float64Array
  private readonly end: Float64Array
  readonly level: Uint8Array
  /** Frame in the layer's space, or in the machine where `cooperative`. */
  readonly base: Int32Array
  readonly cooperative: Uint8Array
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
    this.values = new Array<RegisterValue | null>(count).fill(null)
  }

  /**
   * Loads register n; false when the gTEA check refuses it, and the register is then invalid. The grant must hold
   * every table page of the range, whatever the guest says of its size.
   */
  load(n: number, value: RegisterValue): boolean {
    const { gtea } = value
    const slots = Math.ceil(value.pages / pagesPerTable(value.level))
    const base = gtea ? this.gteas.check(gtea.id, this.layer, gtea.offset, slots) : value.base
    if (base < 0) {
      this.invalidate(n)
      return false
    }
    this.values[n] = value
    this.start[n] = value.start
    this.end[n] = value.start + value.pages
    this.level[n] = value.level
    this.base[n] = base
    this.cooperative[n] = value.gtea ? 1 : 0
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
