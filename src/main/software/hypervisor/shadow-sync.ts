/**
 * Keeps a shadow table in step with the guest's own, as KVM's shadow MMU does (Linux, arch/x86/kvm/mmu): table pages
 * that are shadowed are write-protected. The first write to a last-level table exits and lets the guest write that page
 * freely, out of step, until it flushes; every write to an upper table exits, and what lies below the entry goes.
 */
import { alignDown, pagesPerEntry, type Level } from '@shared/address/address'
import { PRESENT } from '@shared/arch/entry'
import { MOST_SINGLE_PAGES } from '@shared/arch/single-flush'
import { COUNTER_INDEX } from '@shared/stats/counters'
import type { Shadow } from './shadow'

const SHADOW_SYNCS = COUNTER_INDEX.shadowSyncs
/** Pages that one entry of a level-2 table maps: the reach of a last-level table. */
const REACH = pagesPerEntry(2)

export class ShadowSync {
  /** First pages of the last-level tables that the guest may write freely. */
  private readonly unsync = new Set<number>()

  constructor(private readonly shadow: Shadow) {}

  /** Nothing that the guest has written is unknown to the shadow. */
  get isInStep(): boolean {
    return this.unsync.size === 0
  }

  /** The guest is about to write the entry at `level` of a page; `old` is its low word until now. */
  beforeWrite(level: number, page: number, old: number): void {
    const { shadow } = this
    const start = alignDown(page, pagesPerEntry(level))
    const region = alignDown(page, REACH)
    if ((level === 1 && this.unsync.has(region)) || !this.isShadowed(page, level)) return
    shadow.bookExit()
    this.book(
      1,
      level === 1 ? 'let the guest write a last-level table' : 'followed a write to an upper table'
    )
    if (level === 1) this.unsync.add(region)
    else if ((old & PRESENT) !== 0) shadow.drop(shadow.chain[0].layer.index, start, pagesPerEntry(level))
    shadow.exitedFor(level, page)
  }

  /** The guest invalidates TLB entries of a range: a few pages one by one (INVLPG), more by a flush. */
  invalidate(start: number, pages: number): void {
    const { shadow } = this
    if (pages > MOST_SINGLE_PAGES) {
      if (shadow.isLeftToGuest(start, pages)) return
      shadow.bookExit()
      return this.readAgain()
    }
    for (let page = start; page < start + pages; page++)
      if (!shadow.isLeftToGuest(page, 1)) this.invalidatePage(page)
  }

  private invalidatePage(page: number): void {
    const { shadow } = this
    shadow.bookExit()
    if (!this.unsync.has(alignDown(page, REACH))) return
    shadow.refresh(page, 1)
    shadow.exitedFor(1, page)
  }

  /** Every table that was written freely is read again and protected again. */
  readAgain(): void {
    const regions = [...this.unsync]
    this.unsync.clear()
    for (const region of regions) this.shadow.refresh(region, REACH)
    if (regions.length > 0) this.book(regions.length, 'read last-level tables again')
  }

  /** The shadow's tables for this range are gone: nothing of it is shadowed. */
  forget(start: number, pages: number): void {
    if (pages === REACH) this.unsync.delete(start)
    else
      for (const region of this.unsync)
        if (region >= start && region < start + pages) this.unsync.delete(region)
  }

  /** There is a shadow table for the guest's table at this level. The root counts from the first entry on. */
  private isShadowed(page: number, level: number): boolean {
    const { table, hasEntries } = this.shadow
    return hasEntries && table.tableOf(page, level as Level) >= 0
  }

  private book(tables: number, text: string): void {
    const { ledger, costs } = this.shadow.keeper
    ledger.counters[SHADOW_SYNCS] += tables
    this.shadow.event('shadow-sync', text, tables, tables * costs.shadowSync)
  }
}
