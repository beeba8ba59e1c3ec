/**
 * EPT02: the table L0 keeps for a nested guest, combining what L1 maps (EPT12) with what L0 maps (EPT01), so
 * that hardware walks two dimensions and not three. Entries are filled when a walk
 * misses them; each leaf has the smaller of the two sizes.
 */
import { alignDown, asPage, type Frame } from '@shared/address/address'
import { ACCESSED, DIRTY, USER, WRITABLE } from '@shared/arch/entry'
import { LOAD, STORE } from '@shared/model/access'
import type { Layer } from '../layer'
import { PageTable } from '../space/page-table'

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
    this.l0.ledger.count('vmExits')
    this.l0.ledger.count('eptViolations')
    this.l0.ledger.charge(this.l0.costs.nestedExitByL0)
    this.fill(page, access)
  }

  private fill(page: number, access: number): void {
    const upper = this.mappingIn(this.l1, page, access)
    const lower = this.mappingIn(this.l0, asPage(upper.frame), access)
    const level = Math.min(upper.level, lower.level)
    const pages = 512 ** (level - 1)
    const start = alignDown(page, pages)
    const frame = lower.frame - (page - start)
    const dirty = access === STORE ? DIRTY : 0
    this.table.map(start, frame, level, USER | WRITABLE | ACCESSED | dirty, false)
    this.l0.ledger.count('shadowFills')
    if (this.l0.ledger.isQuiet) this.l0.ledger.charge(this.l0.costs.shadowFill)
    else this.l0.event('shadow-fill', 'combined an entry of L1 with its own', pages, this.l0.costs.shadowFill)
  }

  /** L1 or L0 maps these pages elsewhere now: their entries go, and are filled again when a walk misses them. */
  drop(start: number, pages: number): void {
    for (let page = start; page < start + pages; page++)
      if (this.table.frameOf(page) >= 0) this.table.unmap(page)
  }

  /** The layer's mapping of a page, made by its fault handler where it is missing. */
  private mappingIn(layer: Layer, page: number, access: number): { frame: Frame; level: number } {
    const known = layer.space.lookUp(page)
    if (known) return known
    this.bookMissing(layer)
    layer.space.handleFault(page, access === STORE ? STORE : LOAD, false)
    return layer.space.lookUp(page) as { frame: Frame; level: number }
  }

  private bookMissing(layer: Layer): void {
    const { ledger, costs } = this.l0
    if (layer === this.l0) return ledger.charge(costs.eptViolation)
    ledger.count('nestedEptViolations')
    ledger.count('vmExits')
    ledger.charge(costs.nestedExit)
  }

  get tablePages(): number {
    return this.table.tablePages
  }
}
