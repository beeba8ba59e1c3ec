/**
 * A shadow table: one radix table, kept in L0's frames, that stands for the tables of several layers, so that hardware
 * walks one dimension in their place. Each leaf combines a mapping of every layer, with the smallest of their sizes and
 * what all of them allow. Entries are made when a walk misses them, and dropped when a table behind them changes.
 *
 * Two of them exist: EPT02 stands for L1's table and L0's (shadow-ept.ts), and the shadow of a process for the tables
 * of all layers (shadow-paging.ts).
 */
import { alignDown, pagesPerEntry, type Level } from '@shared/address/address'
import {
  ACCESSED,
  COPY_ON_WRITE,
  DIRTY,
  NO_EXECUTE_HIGH,
  PAGE_SIZE_BIT,
  PRESENT,
  SHADOW_SWITCH,
  USER,
  WRITABLE,
  entryFrame,
  entryHigh,
  entryLow
} from '@shared/arch/entry'
import type { EventKind } from '@shared/model/lab-event'
import { LOAD, STORE } from '@shared/model/access'
import { COUNTER_INDEX } from '@shared/stats/counters'
import type { Layer } from '../layer'
import type { AddressSpace } from '../space/address-space'
import { PageTable, type FoundEntry } from '../space/page-table'
import type { TableSupport } from '../space/table-support'
import { eachLeaf } from '../space/table-ranges'
import { allows, differs, isTable, storeFlags, type Combined } from './shadow-leaf'
import { ReverseMap } from './shadow-reverse'
import { ShadowSync } from './shadow-sync'

const SHADOW_FILLS = COUNTER_INDEX.shadowFills
const SHADOW_DROPS = COUNTER_INDEX.shadowDrops

export abstract class Shadow {
  readonly table: PageTable
  readonly sync: ShadowSync
  private readonly above: ReverseMap

  /**
   * @param chain the spaces whose tables are combined: first the guest's, whose pages it translates, L0's last
   * @param support what the design keeps beside the table
   */
  constructor(
    readonly chain: readonly AddressSpace[],
    levels: 4 | 5,
    readonly support: TableSupport | null = null
  ) {
    const { keeper } = this
    this.table = new PageTable(levels, keeper.entries, { allocateTable: () => keeper.allocateFrame() })
    support?.attach(this.table, null)
    this.table.support = support
    this.above = new ReverseMap(chain.slice(0, -1).map(({ layer }) => layer.pageOfFrame))
    this.sync = new ShadowSync(this)
  }

  /**
   * Serves a walk that ended at this table, because an entry is missing or forbids the access: one exit. The walk is
   * made again afterwards, and may end here again.
   */
  abstract serve(page: number, access: number): void

  /** An exit of the guest because its tables are shadowed: counted, and its cycles charged. */
  abstract bookExit(): void

  /** A layer must make or allow what the shadow is to combine: its part of the books. */
  protected abstract bookMissing(layer: Layer): void

  /** Something was filled. */
  get hasEntries(): boolean {
    return this.table.tablePages > 1
  }

  /** The guest is about to write an entry of its own table: `old` is its low word until now. */
  guestWrites(level: number, page: number, old: number): void {
    this.sync.beforeWrite(level, page, old)
  }

  /** The guest's table page at `level` that covers the page has cost an exit. */
  exitedFor(_level: number, _page: number): void {
    // Nothing is made of it where all tables are shadowed.
  }

  /** Hardware reads the guest's own tables for all of these pages, so that what the guest does there is no exit. */
  isLeftToGuest(_start: number, _pages: number): boolean {
    return false
  }

  /** At a tick of the hypervisor's clock. */
  look(): void {
    // A shadow of all tables stays as it is.
  }

  /** The guest's clean pages are shadowed read-only, so that the first store exits and its D bit is set. */
  protected abstract readonly tracksDirty: boolean

  /** L0, in whose frames the table lies. */
  get keeper(): Layer {
    return this.chain[this.chain.length - 1].layer
  }

  /** The layer that keeps the guest's tables shadowed: the one below the guest. */
  get worker(): Layer {
    return this.chain[1].layer
  }

  /** It stands for the tables of all layers, not of a virtual machine's memory alone. */
  get isOfProcess(): boolean {
    return this.chain[0].layer.isInnermost
  }

  get tablePages(): number {
    return this.table.tablePages
  }

  /** Level of the leaf that maps the page, made as an access would have it made. */
  ensure(page: number, access: number): number {
    for (;;) {
      const found = this.table.find(page)
      if (allows(found, access)) return found.level
      this.serve(page, access)
    }
  }

  /**
   * Pages of the input space of a layer are no longer mapped as they were: the entries that came of them go, and are
   * filled again when a walk misses them. Returns how many went.
   */
  drop(layer: number, start: number, pages: number): number {
    const position = this.chain.findIndex((space) => space.layer.index === layer)
    let dropped = 0
    if (position === 0) dropped = this.dropRange(start, pages)
    else
      for (let p = start; p < start + pages; p++)
        for (const page of this.above.pagesAbove(position, p)) dropped += this.dropRange(page, 1)
    if (dropped > 0) this.bookDrops(dropped)
    return dropped
  }

  /**
   * An entry of a table behind this one is about to be written. L0 sees to its own; L1 changes a shadow of its own,
   * which is an exit to L0. A table that only moves, or is new, maps what it mapped.
   */
  beforeChange(layer: Layer, level: number, page: number, old: number, next: number): void {
    if ((old & PRESENT) === 0 || (isTable(old, level) && isTable(next, level))) return
    const pages = pagesPerEntry(level)
    const start = alignDown(page, pages)
    const dropped = isTable(old, level)
      ? this.dropLeaves(layer, start, pages)
      : this.drop(layer.index, start, pages)
    if (dropped === 0 || layer === this.keeper) return
    const { ledger, costs, exits } = this.keeper
    exits.shadow()
    ledger.charge(costs.vmExit + costs.shadowSync)
  }

  /** A table of a layer goes out of its tree: what its leaves map goes, and nothing is asked for what they do not. */
  private dropLeaves(layer: Layer, start: number, pages: number): number {
    const space = this.chain.find((one) => one.layer === layer) as AddressSpace
    let dropped = 0
    eachLeaf(space.table, start, start + pages, (page, level) => {
      dropped += this.drop(layer.index, page, pagesPerEntry(level))
    })
    return dropped
  }

  /** Every layer maps the page. */
  protected isMappedBehind(page: number): boolean {
    const known = (position: number, p: number): FoundEntry | null => {
      const found = this.chain[position].table.find(p)
      return (found.low & PRESENT) === 0 ? null : found
    }
    return this.combine(page, LOAD, known) !== null
  }

  /** What a layer lacks for the page it makes now; nothing is combined. */
  protected mapBehind(page: number, access: number): void {
    this.combine(page, access, (position, p) => this.madeEntry(position, p, access))
  }

  /** Combines the page's mappings into an entry; what a layer lacks it makes now. */
  protected fill(page: number, access: number): void {
    const leaf = this.combine(page, access, (position, p) => this.madeEntry(position, p, access)) as Combined
    const start = alignDown(page, pagesPerEntry(leaf.level))
    this.clearWay(start, leaf.level)
    this.put(start, leaf)
    const { ledger, costs } = this.keeper
    ledger.counters[SHADOW_FILLS]++
    this.event('shadow-fill', 'combined an entry of each layer', pagesPerEntry(leaf.level), costs.shadowFill)
  }

  /**
   * Reads the tables again for entries of a last-level table: what the guest has changed is changed here or dropped.
   * Nothing is made, and no layer is asked to act.
   */
  refresh(start: number, pages: number): void {
    let dropped = 0
    for (let page = start; page < start + pages; page++) {
      const found = this.table.find(page)
      if (found.level > 1) break
      if ((found.low & PRESENT) === 0) continue
      const now = this.combine(page, LOAD, (position, p) => this.knownEntry(position, p))
      if (now?.level === 1) {
        if (differs(found, now)) this.put(page, now)
        continue
      }
      this.table.unmap(page)
      dropped++
    }
    if (dropped > 0) this.bookDrops(dropped)
  }

  /** Combines what is mapped in a range and lacks an entry here, of small pages; nothing is made. How many entries. */
  protected fillKnown(start: number, pages: number): number {
    let filled = 0
    for (let page = start; page < start + pages; page++) {
      if ((this.table.find(page).low & PRESENT) !== 0) continue
      const leaf = this.combine(page, LOAD, (position, p) => this.knownEntry(position, p))
      if (leaf?.level !== 1) continue
      this.put(page, leaf)
      filled++
    }
    this.keeper.ledger.counters[SHADOW_FILLS] += filled
    return filled
  }

  /** All of its frames go back to L0. */
  release(): void {
    this.table.releaseAll((f) => this.keeper.releaseTable(f))
    this.support?.release()
    this.keeper.onShootdown()
  }

  event(kind: EventKind, text: string, frames: number, cycles: number, layer = this.worker): void {
    if (layer.ledger.isQuiet) layer.ledger.charge(cycles)
    else layer.event(kind, text, frames, cycles)
  }

  private put(start: number, { frame, level, low, high }: Combined): void {
    this.table.map(start, frame, level, low & ~PAGE_SIZE_BIT & 0xfff, (high & NO_EXECUTE_HIGH) !== 0)
  }

  private combine(
    page: number,
    access: number,
    entryOf: (position: number, page: number) => FoundEntry | null
  ): Combined | null {
    const { chain, tracksDirty } = this
    let p = page
    let level = Infinity
    let allowed = WRITABLE
    let isDirty = access === STORE
    let noExecute = 0
    let shared = 0
    for (let i = 0; i < chain.length; i++) {
      const entry = entryOf(i, p)
      if (entry === null) return null
      const frame = entryFrame(entry.low, entry.high) + (p % pagesPerEntry(entry.level))
      if (i < chain.length - 1) this.above.note(i, p, frame)
      if (i === 0) shared = entry.low & COPY_ON_WRITE
      if (i === 0 && tracksDirty) isDirty = (entry.low & DIRTY) !== 0
      allowed &= entry.low
      noExecute |= entry.high & NO_EXECUTE_HIGH
      level = Math.min(level, entry.level)
      p = frame
    }
    const flags = PRESENT | USER | ACCESSED | shared | storeFlags(allowed !== 0, isDirty, tracksDirty)
    const frame = p - (page % pagesPerEntry(level))
    return { level, frame, low: entryLow(frame, flags), high: entryHigh(frame, noExecute !== 0) }
  }

  /** The entry of one layer, made or widened by its fault handler where the access needs it. */
  protected madeEntry(position: number, page: number, access: number): FoundEntry {
    const space = this.chain[position]
    const found = space.table.find(page)
    if (allows(found, access)) return found
    this.bookMissing(space.layer)
    const isProtection = (found.low & PRESENT) !== 0
    space.handleFault(page, access === STORE ? STORE : LOAD, isProtection)
    return space.table.find(page)
  }

  /** Null where the layer lacks it, and where the guest has not yet used it: its A bit must be set first. */
  private knownEntry(position: number, page: number): FoundEntry | null {
    const found = this.chain[position].table.find(page)
    if ((found.low & PRESENT) === 0) return null
    const isUsed = position > 0 || !this.tracksDirty || (found.low & ACCESSED) !== 0
    return isUsed ? found : null
  }

  /** A larger leaf or smaller ones may stand where the leaf goes: a layer has split or joined its pages. */
  protected clearWay(start: number, level: number): void {
    const found = this.table.find(start)
    if ((found.low & PRESENT) !== 0 && found.level > level) this.table.unmap(start)
    if (level === 1 || this.table.tableOf(start, (level - 1) as Level) < 0) return
    this.table.cut(start, level as Level, (f) => this.keeper.releaseTable(f))
    this.sync.forget(start, pagesPerEntry(level))
    // Walk caches may name the tables that are gone.
    this.keeper.onShootdown()
  }

  /** Leaves of a range of the guest's pages; a larger one that holds only part of it goes as a whole. */
  private dropRange(start: number, pages: number): number {
    let dropped = 0
    for (let page = start; page < start + pages;) {
      const { level, low } = this.table.find(page)
      if ((low & (PRESENT | SHADOW_SWITCH)) === PRESENT) {
        this.table.unmap(page)
        dropped++
      }
      page = alignDown(page, pagesPerEntry(level)) + pagesPerEntry(level)
    }
    return dropped
  }

  protected bookDrops(dropped: number): void {
    this.keeper.ledger.counters[SHADOW_DROPS] += dropped
    this.event('shadow-drop', 'dropped entries whose tables had changed', dropped, 0, this.keeper)
  }
}
