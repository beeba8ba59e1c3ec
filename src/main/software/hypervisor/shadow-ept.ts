/**
 * EPT02: the table L0 keeps for a nested guest, combining what L1 maps (EPT12) with what L0 maps (EPT01), so
 * that hardware walks two dimensions and not three. Entries are filled when a walk
 * misses them; each leaf has the smaller of the two sizes.
 */
import { alignDown, pagesPerEntry } from '@shared/address/address'
import { ACCESSED, DIRTY, USER, WRITABLE } from '@shared/arch/entry'
import { LOAD, STORE } from '@shared/model/access'
import { COUNTER_INDEX } from '@shared/stats/counters'
import type { Layer } from '../layer'
import { PageTable } from '../space/page-table'

const EPT_VIOLATIONS = COUNTER_INDEX.eptViolations
const NESTED_EPT_VIOLATIONS = COUNTER_INDEX.nestedEptViolations
const SHADOW_FILLS = COUNTER_INDEX.shadowFills

export class ShadowEpt {
  readonly table: PageTable

  constructor(
    private readonly l0: Layer,
    private readonly l1: Layer,
    levels: 4 | 5
  ) {
    this.table = new PageTable(levels, l0.entries, { allocateTable: () => l0.allocateFrame() })
  }

  /**
   * An EPT02 violation: one exit to L0, which combines the two mappings. What L0 lacks it makes in the same exit;
   * what L1 lacks it reflects, and L1's resume is one exit more.
   */
  serveViolation(page: number, access: number): void {
    const { ledger, costs } = this.l0
    this.l0.exits.violation()
    ledger.counters[EPT_VIOLATIONS]++
    ledger.charge(costs.nestedExitByL0)
    this.fill(page, access)
  }

  private fill(page: number, access: number): void {
    const { ledger, costs } = this.l0
    const upper = this.levelIn(this.l1, page, access)
    const middle = this.l1.space.table.frameOf(page)
    const lower = this.levelIn(this.l0, middle, access)
    const level = Math.min(upper, lower)
    const pages = pagesPerEntry(level)
    const start = alignDown(page, pages)
    const frame = this.l0.space.table.frameOf(middle) - (page - start)
    const dirty = access === STORE ? DIRTY : 0
    this.table.map(start, frame, level, USER | WRITABLE | ACCESSED | dirty, false)
    ledger.counters[SHADOW_FILLS]++
    if (ledger.isQuiet) ledger.charge(costs.shadowFill)
    else this.l0.event('shadow-fill', 'combined an entry of L1 with its own', pages, costs.shadowFill)
  }

  /** L1 or L0 maps these pages elsewhere now: their entries go, and are filled again when a walk misses them. */
  drop(start: number, pages: number): void {
    for (let page = start; page < start + pages; page++)
      if (this.table.frameOf(page) >= 0) this.table.unmap(page)
  }

  /** Level of the layer's leaf for a page, made by its fault handler where it is missing. */
  private levelIn(layer: Layer, page: number, access: number): number {
    const known = layer.space.table.leafLevelOf(page)
    if (known > 0) return known
    this.bookMissing(layer)
    return layer.space.handleFault(page, access === STORE ? STORE : LOAD, false)
  }

  private bookMissing(layer: Layer): void {
    const { ledger, costs } = this.l0
    if (layer === this.l0) return ledger.charge(costs.eptViolation)
    ledger.counters[NESTED_EPT_VIOLATIONS]++
    this.l0.exits.reflect()
    this.l0.exits.resume()
    ledger.charge(costs.nestedExit)
  }

  get tablePages(): number {
    return this.table.tablePages
  }
}
