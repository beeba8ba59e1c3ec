/** Where a shadow table gives way to tables of the guest: at which of them, and which of its frames they lie in. */
import { alignDown, pagesPerEntry, type Level } from '@shared/address/address'
import { SHADOW_SWITCH, entryFrame } from '@shared/arch/entry'
import type { Violations } from '../invariants/violations'
import type { AddressSpace } from '../space/address-space'
import type { PageTable } from '../space/page-table'
import { eachLeaf } from '../space/table-ranges'
import { TableSupport } from '../space/table-support'

const MOST_LEVELS = 8

/** A table page of the guest: its level and the first page that it covers, in one number. */
export const tableKey = (level: number, page: number): number =>
  alignDown(page, pagesPerEntry(level + 1)) * MOST_LEVELS + level
export const levelOfKey = (key: number): number => key % MOST_LEVELS
export const pageOfKey = (key: number): number => Math.floor(key / MOST_LEVELS)

export class AgileSwitches extends TableSupport {
  /** Machine frame of the guest's root where hardware begins there; else -1. */
  nestedRoot = -1
  /** Keys of the guest's tables that switches name, by their frames in the guest, and the other way round. */
  private readonly byFrame = new Map<number, number>()
  private readonly frames = new Map<number, number>()
  private shadow: PageTable | null = null

  constructor(private readonly chain: readonly AddressSpace[]) {
    super()
  }

  override attach(shadow: PageTable): void {
    this.shadow = shadow
  }

  get any(): boolean {
    return this.frames.size > 0
  }

  /** Keys of all guest tables that are switched to. */
  list(): number[] {
    return [...this.frames.keys()]
  }

  /** Keys of those that lie in these pages of the guest's memory. */
  within(start: number, pages: number): number[] {
    if (this.byFrame.size < pages)
      return [...this.byFrame].filter(([f]) => f >= start && f < start + pages).map(([, key]) => key)
    const found: number[] = []
    for (let f = start; f < start + pages; f++) {
      const key = this.byFrame.get(f)
      if (key !== undefined) found.push(key)
    }
    return found
  }

  /** There is a switch to the guest's table page in this frame. */
  note(key: number, frame: number): void {
    this.byFrame.set(frame, key)
    this.frames.set(key, frame)
  }

  forget(key: number): void {
    const frame = this.frames.get(key)
    if (frame === undefined) return
    this.frames.delete(key)
    this.byFrame.delete(frame)
  }

  /** Switches go with their entries, whatever overwrites these. */
  override entryChanged(level: number, page: number, oldLow: number): void {
    if (level > 1 && (oldLow & SHADOW_SWITCH) !== 0) this.forget(tableKey(level - 1, page))
  }

  /** Each switch names the machine frame of the guest's table that stands there, and each is known. */
  override check(found: Violations): void {
    const shadow = this.shadow as PageTable
    const entries = new Map<number, number>()
    eachLeaf(shadow, 0, pagesPerEntry(shadow.levels + 1), (page, level, _table, _index, low, high) => {
      if (level > 1 && (low & SHADOW_SWITCH) !== 0)
        entries.set(tableKey(level - 1, page), entryFrame(low, high))
    })
    if (this.nestedRoot >= 0) entries.set(tableKey(shadow.levels, 0), this.nestedRoot)
    found.unless(
      entries.size === this.frames.size && this.byFrame.size === this.frames.size,
      'switches',
      () => {
        return `${entries.size} are there, ${this.frames.size} known, in ${this.byFrame.size} frames`
      }
    )
    for (const [key, machine] of entries) this.checkSwitch(key, machine, found)
  }

  private checkSwitch(key: number, machine: number, found: Violations): void {
    const [guest, host] = this.chain
    const level = levelOfKey(key)
    const page = pageOfKey(key)
    const frame = guest.table.tableOf(page, level as Level)
    const isRight = frame >= 0 && this.frames.get(key) === frame && host.table.frameOf(frame) === machine
    found.unless(isRight, 'switches', () => {
      return `the level-${level} table of page ${page} lies in frame ${frame}, the switch names ${machine}`
    })
  }
}
