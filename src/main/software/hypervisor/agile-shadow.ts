/**
 * The software of agile paging (Gandhi et al., ISCA 2016): a shadow of the tables that the guest leaves alone. A table
 * page that the guest writes often is left to it with all tables below: the shadow's entry above becomes a switch that
 * names the guest's table in the machine, the guest writes there without exits, and hardware walks from there nested.
 * A table that the guest has not written for an interval is shadowed again, on demand.
 *
 * The hypervisor learns that a nested table was written by the dirty bit of its page; here that is the hook which hears
 * of every write.
 */
import { alignDown, indexAt, pageHigh, pageLow, pagesPerEntry, type Level } from '@shared/address/address'
import {
  ACCESSED,
  PAGE_SIZE_BIT,
  PRESENT,
  SHADOW_SWITCH,
  USER,
  WRITABLE,
  entryHigh,
  entryLow
} from '@shared/arch/entry'
import { STORE } from '@shared/model/access'
import type { LabSpec } from '@shared/model/spec'
import { COUNTER_INDEX } from '@shared/stats/counters'
import type { AddressSpace } from '../space/address-space'
import { eachLeaf } from '../space/table-ranges'
import { AgilePolicy } from './agile-policy'
import { AgileSwitches, levelOfKey, pageOfKey, tableKey } from './agile-switches'
import { allows } from './shadow-leaf'
import { ShadowPaging } from './shadow-paging'

const TABLES_NESTED = COUNTER_INDEX.tablesNested
const TABLES_SHADOWED = COUNTER_INDEX.tablesShadowed
/** Pages that a last-level table maps. */
const REACH = pagesPerEntry(2)
/** Fully permissive, as entries that name tables are. A is set, so that no walk has to write a switch. */
const SWITCH_FLAGS = PRESENT | WRITABLE | USER | ACCESSED | PAGE_SIZE_BIT | SHADOW_SWITCH

export class AgileShadow extends ShadowPaging {
  private readonly policy: AgilePolicy

  constructor(
    chain: readonly AddressSpace[],
    levels: 4 | 5,
    settings: LabSpec['agile'],
    private readonly switches = new AgileSwitches(chain)
  ) {
    super(chain, levels, switches)
    this.policy = new AgilePolicy(settings)
  }

  /** A switch may stand in the root itself. */
  override get hasEntries(): boolean {
    return super.hasEntries || this.switches.any
  }

  override ensure(page: number, access: number): number {
    const [guest, host] = this.chain
    for (;;) {
      if (this.isLeftToGuest(page, 1)) {
        const level = guest.ensure(page, access)
        return Math.min(level, host.ensure(guest.table.frameOf(page), access))
      }
      const found = this.table.find(page)
      if (allows(found, access)) return found.level
      this.serve(page, access)
    }
  }

  override guestWrites(level: number, page: number, old: number): void {
    if (level < this.switchLevel(page)) this.policy.wrote(tableKey(level, page))
    else super.guestWrites(level, page, old)
  }

  override exitedFor(level: number, page: number): void {
    if (this.policy.exited(tableKey(level, page))) this.nest(level, page)
  }

  override isLeftToGuest(start: number, pages: number): boolean {
    for (let page = start; page < start + pages;) {
      const level = this.switchLevel(page)
      if (level === 0) return false
      if (level > this.table.levels) return true
      page = alignDown(page, pagesPerEntry(level)) + pagesPerEntry(level)
    }
    return true
  }

  /** What the guest has left alone for an interval is shadowed again when a walk misses it. */
  override look(): void {
    this.policy.look()
    const quiet = this.switches.list().filter((key) => !this.policy.isNested(key))
    for (const key of quiet) {
      this.clearSwitch(key)
      this.book(TABLES_SHADOWED, `takes a level-${levelOfKey(key)} table back into the shadow`)
    }
    // Walk caches may lead into the guest's tables.
    if (quiet.length > 0) this.keeper.onShootdown()
  }

  /** Switches go too: with the guest's entry that named the table, or with the mapping of the table's page. */
  override drop(layer: number, start: number, pages: number): number {
    const switches =
      layer === this.keeper.index ? this.switches.within(start, pages) : this.switchesBelow(start, pages)
    for (const key of switches) this.clearSwitch(key)
    if (switches.length > 0) this.bookDrops(switches.length)
    return switches.length + super.drop(layer, start, pages)
  }

  protected override fill(page: number, access: number): void {
    const leafLevel = this.chain[0].table.find(page).level
    for (let level = this.table.levels as number; level >= leafLevel; level--)
      if (this.policy.wants(tableKey(level, page), leafLevel)) return this.nest(level, page)
    const region = alignDown(page, REACH)
    const isNew = this.table.tableOf(region, 1) < 0
    super.fill(page, access)
    if (isNew && this.table.tableOf(region, 1) >= 0) this.fillRegion(region)
  }

  /** A table that comes into the shadow is shadowed as a whole, in the exit that asked for one of its pages. */
  private fillRegion(region: number): void {
    const filled = this.fillKnown(region, REACH)
    if (filled > 0)
      this.event('shadow-fill', 'combined the rest of a table', filled, this.keeper.costs.shadowSync)
  }

  /** Level of the entry on the way to the page that is a switch; one above the root for the root; 0: there is none. */
  private switchLevel(page: number): number {
    if (this.switches.nestedRoot >= 0) return this.table.levels + 1
    const { level, low } = this.table.find(page)
    return (low & SHADOW_SWITCH) !== 0 ? level : 0
  }

  private switchesBelow(start: number, pages: number): number[] {
    const keys: number[] = []
    eachLeaf(this.table, start, start + pages, (page, level, _table, _index, low) => {
      if ((low & SHADOW_SWITCH) !== 0) keys.push(tableKey(level - 1, page))
    })
    return keys
  }

  /** The guest's table page at this level that covers the page is walked itself from now on, with all below it. */
  private nest(level: number, page: number): void {
    const { table, switches } = this
    const frame = this.chain[0].table.tableOf(page, level as Level)
    // A table that the guest fills before it links it is no part of its tree yet.
    if (frame < 0) return
    this.madeEntry(1, frame, STORE)
    const machine = this.chain[1].table.frameOf(frame)
    const pages = pagesPerEntry(level + 1)
    const start = alignDown(page, pages)
    if (level === table.levels) this.nestRoot(machine)
    else this.putSwitch(start, level + 1, machine)
    switches.note(tableKey(level, start), frame)
    this.sync.forget(start, pages)
    this.book(TABLES_NESTED, `leaves a level-${level} table to the guest`)
  }

  private putSwitch(start: number, level: number, machine: number): void {
    const { table } = this
    this.clearWay(start, level)
    const index = indexAt(pageHigh(start), pageLow(start), level)
    const parent = table.makeTable(start, level)
    table.write(parent, index, entryLow(machine, SWITCH_FLAGS), entryHigh(machine, false), level, start)
  }

  /** Nothing remains of the shadow but its root. */
  private nestRoot(machine: number): void {
    const { table, keeper } = this
    const pages = pagesPerEntry(table.levels)
    for (let page = 0; page < pagesPerEntry(table.levels + 1); page += pages) {
      table.cut(page, table.levels, (f) => keeper.releaseTable(f))
      const { level, low } = table.find(page)
      if (level === table.levels && (low & PRESENT) !== 0) table.unmap(page)
    }
    this.switches.nestedRoot = machine
    keeper.onShootdown()
  }

  private clearSwitch(key: number): void {
    const { switches, table } = this
    if (levelOfKey(key) < table.levels) return table.unmap(pageOfKey(key))
    switches.nestedRoot = -1
    switches.forget(key)
  }

  private book(counter: number, text: string): void {
    const { ledger, costs } = this.keeper
    ledger.counters[counter]++
    this.event('agile-switch', text, 1, costs.shadowSync)
  }
}
