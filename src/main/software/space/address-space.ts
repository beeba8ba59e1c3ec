/**
 * The address space a layer maps: of a process, or of a virtual machine whose pages are its guest's frames.
 * Pages are mapped when they are first touched, by a page of the size the policy asks for where alignment,
 * area and contiguity allow it.
 */
import { alignDown, pagesPerEntry, type Frame, type Level } from '@shared/address/address'
import { ACCESSED, DIRTY, PRESENT, USER, WRITABLE } from '@shared/arch/entry'
import { SIZE_AT_LEVEL, SIZE_TITLE, type PagePolicy } from '@shared/arch/page-size'
import { FETCH, STORE } from '@shared/model/access'
import type { Layer } from '../layer'
import type { TeaManager } from '../tea/tea-manager'
import type { OracleMap } from './oracle-map'
import { PageTable, type TableFrames } from './page-table'
import { VmaList, type Vma } from './vma-list'

/** An access this close to a known area belongs to it: stacks and heaps grow. 1 MiB. */
const GROWTH_REACH_PAGES = 256

const FIRST_LEAF: Record<PagePolicy, Level> = { '4K': 1, '2M': 2, '1G': 3, thp: 2 }

export class AddressSpace implements TableFrames {
  readonly vmas = new VmaList()
  readonly table: PageTable
  /** Kept only when a run verifies every translation. */
  oracle: OracleMap | null = null
  /** Tag of its translations in TLBs and walk caches. */
  pcid = 0
  /** Data pages mapped so far. */
  pagesMapped = 0

  constructor(
    readonly layer: Layer,
    readonly teas: TeaManager,
    private readonly policy: PagePolicy,
    levels: 4 | 5,
    /** False for a hypervisor: its guest's accesses outside the memory slots are a defect. */
    private readonly mayWiden: boolean
  ) {
    this.table = new PageTable(levels, layer.entries, this)
  }

  allocateTable(level: number, page: number): Frame {
    const table = this.table as PageTable | undefined
    const slot = this.teas.slotFor(level, page, this.vmas.find(page), table ?? null)
    return slot >= 0 ? (slot as Frame) : this.layer.allocateFrame()
  }

  /** Level of the leaf that maps the page, by a fault if none does yet. */
  ensure(page: number, access: number): number {
    const level = this.table.leafLevelOf(page)
    if (level > 0) return level
    this.layer.bookFault()
    return this.handleFault(page, access, false)
  }

  /** Frame of a page of this space, mapped as an access of the guest's software would have it mapped. */
  backing(page: number): Frame {
    const known = this.table.frameOf(page)
    if (known >= 0) return known as Frame
    this.layer.bookFault()
    this.handleFault(page, STORE, false)
    return this.table.frameOf(page) as Frame
  }

  /** Serves a fault at this layer: returns the level of the leaf that now maps the page. */
  handleFault(page: number, access: number, isProtection: boolean): number {
    const vma = this.areaFor(page, access)
    if (isProtection) {
      this.layer.ledger.charge(this.layer.costs.minorFault)
      return this.table.find(page).level
    }
    for (let level: number = FIRST_LEAF[this.policy]; level > 1; level--) {
      if (this.mapHuge(page, vma, level, access)) return level
    }
    this.mapLeaf(page, this.layer.allocateFrame(), vma, 1, access)
    return 1
  }

  /** Whether the space has a place for such an access. A hypervisor refuses its guest's accesses elsewhere. */
  admits(page: number, access: number): boolean {
    return this.mayWiden || allows(this.vmas.find(page), access)
  }

  private areaFor(page: number, access: number): Vma {
    const vma = this.vmas.find(page)
    if (vma !== null && allows(vma, access)) return vma
    if (!this.mayWiden)
      throw new Error(`AddressSpace: ${this.layer.name} has no memory slot for page ${page}`)
    this.layer.ledger.count('mapMismatches')
    const wider = vma ?? this.vmas.widen(page as never, GROWTH_REACH_PAGES)
    const gains = access === STORE ? !wider.writable : access === FETCH && !wider.executable
    if (access === STORE) wider.writable = true
    if (access === FETCH) wider.executable = true
    if (gains) this.protect(wider)
    this.layer.event('map-mismatch', `${wider.name} was widened by an access`, 1, 0)
    return wider
  }

  /**
   * Gives all leaves of an area its permissions, not only the one that was asked for: what a page allows must not
   * depend on the page sizes that a lane found contiguity for.
   */
  private protect(vma: Vma): void {
    for (let p = vma.start as number; p < vma.end;) {
      const { level, low } = this.table.find(p)
      if ((low & PRESENT) !== 0)
        this.table.setLeafFlags(p, low | (vma.writable ? WRITABLE : 0), !vma.executable)
      p = alignDown(p, pagesPerEntry(level)) + pagesPerEntry(level)
    }
    this.layer.shootdown()
    this.layer.onProtect()
  }

  /** A huge page, if its whole range lies in the area, nothing is mapped there, and contiguity allows it. */
  private mapHuge(page: number, vma: Vma, level: number, access: number): boolean {
    const pages = pagesPerEntry(level)
    const start = alignDown(page, pages)
    if (start < vma.start || start + pages > vma.end) return false
    if (this.table.tableOf(start, (level - 1) as Level) >= 0) return false
    const base = level === 2 ? this.layer.frames.allocate(9) : this.layer.frames.allocateRange(pages, pages)
    if (base < 0) return false
    this.mapLeaf(start, base, vma, level, access)
    return true
  }

  private mapLeaf(page: number, frame: number, vma: Vma, level: number, access: number): void {
    const { layer } = this
    const pages = pagesPerEntry(level)
    this.mapFrame(page, frame, vma, level, access)
    layer.own(frame, pages, page)
    this.pagesMapped += pages
    const cycles = level === 1 ? layer.costs.minorFault : layer.costs.hugeFault
    // The text is made only where a log is kept.
    if (layer.ledger.isQuiet) layer.ledger.charge(cycles)
    else
      layer.faultEvent(
        `${SIZE_TITLE[SIZE_AT_LEVEL[level] ?? '4K']} page of ${vma.name} mapped`,
        pages,
        cycles
      )
  }

  private mapFrame(page: number, frame: number, vma: Vma, level: number, access: number): void {
    const flags = USER | ACCESSED | (vma.writable ? WRITABLE : 0) | (access === STORE ? DIRTY : 0)
    this.table.map(page, frame, level, flags, !vma.executable)
    this.oracle?.set(page, frame, pagesPerEntry(level))
  }
}

const allows = (vma: Vma | null, access: number): boolean =>
  vma !== null && (access !== STORE || vma.writable) && (access !== FETCH || vma.executable)
