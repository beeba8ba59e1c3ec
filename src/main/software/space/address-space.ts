/**
 * The address space a layer maps: of a process, or of a virtual machine whose pages are its guest's frames.
 * Pages are mapped when they are first touched, by a page of the size the policy asks for where alignment,
 * area and contiguity allow it.
 */
import { alignDown, pagesPerEntry, type Frame, type Level } from '@shared/address/address'
import { ACCESSED, COPY_ON_WRITE, DIRTY, USER, WRITABLE } from '@shared/arch/entry'
import { SIZE_AT_LEVEL, SIZE_TITLE, type PagePolicy } from '@shared/arch/page-size'
import { STORE } from '@shared/model/access'
import type { Layer } from '../layer'
import type { TeaManager } from '../tea/tea-manager'
import { breakCopyOnWrite } from './copy-on-write'
import { Deposits } from './deposits'
import { tagOf } from './frame-tag'
import { areaFor, fits } from './growth'
import type { OracleMap } from './oracle-map'
import { PageTable, type TableFrames } from './page-table'
import type { TableSupport } from './table-support'
import { VmaList, type Vma } from './vma-list'

const FIRST_LEAF: Record<PagePolicy, Level> = { '4K': 1, '2M': 2, '1G': 3, thp: 2 }

export interface SpaceParts {
  readonly layer: Layer
  readonly teas: TeaManager
  readonly policy: PagePolicy
  readonly levels: 4 | 5
  /** False for a hypervisor: its guest's accesses outside the memory slots are a defect. */
  readonly mayWiden: boolean
  /** Mixed into the tags of its frames, the same for a process and what it forked; 0 for the first and for guests. */
  readonly salt: number
  /** Number among all that its layer ever had, from 0. */
  readonly serial?: number
  /** What the design keeps beside its page table. */
  readonly support?: TableSupport | null
}

export class AddressSpace implements TableFrames {
  readonly layer: Layer
  readonly teas: TeaManager
  readonly policy: PagePolicy
  readonly mayWiden: boolean
  readonly salt: number
  readonly serial: number
  readonly vmas = new VmaList()
  readonly table: PageTable
  readonly support: TableSupport | null
  /** Table pages kept for the day a huge page is split; none where huge pages are not transparent. */
  readonly deposits: Deposits | null
  /** Kept only when a run verifies every translation. */
  oracle: OracleMap | null = null
  /** Tag of its translations in TLBs and walk caches. */
  pcid = 0
  /** Data pages mapped now. */
  pagesMapped = 0
  /** Where khugepaged's scan goes on. */
  scannedTo = 0

  constructor(parts: SpaceParts) {
    this.layer = parts.layer
    this.teas = parts.teas
    this.policy = parts.policy
    this.mayWiden = parts.mayWiden
    this.salt = parts.salt
    this.serial = parts.serial ?? 0
    this.deposits =
      parts.policy === 'thp' && parts.layer.isInnermost
        ? new Deposits(parts.layer, parts.teas, parts.support ?? null)
        : null
    this.support = parts.support ?? null
    this.table = new PageTable(parts.levels, parts.layer.entries, this)
    this.teas.attach(this)
    this.support?.attach(this.table, this)
    this.table.support = this.support
  }

  allocateTable(level: number, page: number): Frame {
    const own = this.support?.frameFor(level, page) ?? -1
    const slot = own >= 0 ? own : this.teas.slotFor(level, page)
    return slot >= 0 ? (slot as Frame) : this.layer.allocateFrame()
  }

  /** A table page that the tree no longer names, and that no walk can reach any more. */
  freeTable(level: number, page: number, frame: Frame): void {
    if (this.support?.takeBack(level, page, frame)) return
    // Areas of entries hold leaf tables, and nothing above those of 1 GiB pages.
    if (level > 3 || !this.teas.returnSlot(level, page, frame)) this.layer.releaseTable(frame)
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
    const vma = areaFor(this, page, access)
    if (isProtection) return this.handleProtection(page, access, vma)
    const mapped = this.support?.mapOnFault(page, vma, access) ?? 0
    if (mapped > 0) return mapped
    for (let level: number = this.firstLeaf(vma); level > 1; level--) {
      if (this.mapHuge(page, vma, level, access)) return level
    }
    this.mapLeaf(page, this.layer.allocateFrameFor(page), vma, 1, access)
    return 1
  }

  /** Maps the 2 MiB around a page by one leaf, if nothing is mapped there yet and contiguity allows it. */
  mapWhole(page: number): boolean {
    return this.mapHuge(page, areaFor(this, page, STORE), 2, STORE)
  }

  /** Whether the space has a place for such an access. A hypervisor refuses its guest's accesses elsewhere. */
  admits(page: number, access: number): boolean {
    return this.mayWiden || fits(this.vmas.find(page), access)
  }

  /** Tag of the frame that serves a page, by the area that holds it: slower than `tagOf`, and right after a move. */
  expects(page: number): number {
    return tagOf(page - (this.vmas.find(page)?.movedBy ?? 0), this.salt)
  }

  /** Maps frames that no other space maps as a leaf of the area at `level`. */
  mapFrame(page: number, frame: number, vma: Vma, level: number, access: number): void {
    const flags = USER | ACCESSED | (vma.writable ? WRITABLE : 0) | (access === STORE ? DIRTY : 0)
    this.table.map(page, frame, level, flags, !vma.executable)
    this.oracle?.set(page, frame, pagesPerEntry(level))
  }

  /** Maps frames that nobody owned until now, and keeps the books of it. */
  mapOwned(page: number, frame: number, vma: Vma, level: number, access: number): void {
    const pages = pagesPerEntry(level)
    this.mapFrame(page, frame, vma, level, access)
    this.layer.own(frame, pages, page - (vma.movedBy ?? 0), this.salt)
    this.pagesMapped += pages
  }

  private handleProtection(page: number, access: number, vma: Vma): number {
    const { level, low } = this.table.find(page)
    if (access === STORE && (low & COPY_ON_WRITE) !== 0) return breakCopyOnWrite(this, page, vma)
    this.layer.ledger.charge(this.layer.costs.minorFault)
    return level
  }

  /** Level of the leaves that the policy asks for in an area. */
  firstLeaf(vma: Vma): Level {
    return vma.huge === 'never' && this.policy === 'thp' ? 1 : FIRST_LEAF[this.policy]
  }

  /** A huge page, if its whole range lies in the area, nothing is mapped there, and contiguity allows it. */
  private mapHuge(page: number, vma: Vma, level: number, access: number): boolean {
    const pages = pagesPerEntry(level)
    const start = alignDown(page, pages)
    if (start < vma.start || start + pages > vma.end) return false
    if (this.table.tableOf(start, (level - 1) as Level) >= 0) return false
    const base = level === 2 ? this.layer.allocateHugeFrame() : this.layer.frames.allocateRange(pages, pages)
    if (base < 0) return false
    this.mapLeaf(start, base, vma, level, access)
    this.deposits?.keep(start)
    return true
  }

  private mapLeaf(page: number, frame: number, vma: Vma, level: number, access: number): void {
    const { layer } = this
    const pages = pagesPerEntry(level)
    this.mapOwned(page, frame, vma, level, access)
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
}
