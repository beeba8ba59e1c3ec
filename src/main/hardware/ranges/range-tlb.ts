/**
 * The range TLB of one layer on one CPU: a few ranges, each of any length, fully associative; the one used longest ago
 * gives way. It is probed beside the second-level TLB. Every entry is tagged by the process or virtual machine whose
 * pages it translates.
 */
import { vpidOf, type Context } from '@shared/arch/context'
import type { Range } from '@shared/arch/range-node'
import type { TranslationCache } from '../walker/walk-caches'

/** For panels and checks. */
export interface RangeTlbEntry extends Range {
  readonly context: Context
}

/** With its slot; age 0 was used last. */
export interface PlacedRange extends RangeTlbEntry {
  readonly slot: number
  readonly age: number
}

export class RangeTlb implements TranslationCache {
  private readonly slots: (RangeTlbEntry | null)[]
  /** When each was used last. */
  private readonly usedAt: Float64Array
  private clock = 0

  constructor(readonly count: number) {
    this.slots = new Array<RangeTlbEntry | null>(count).fill(null)
    this.usedAt = new Float64Array(count)
  }

  /** The range that holds the page, used now; or null. */
  lookup(page: number, context: Context): Range | null {
    const { slots } = this
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i]
      if (slot === null || page < slot.start || page >= slot.end || slot.context !== context) continue
      this.usedAt[i] = ++this.clock
      return slot
    }
    return null
  }

  /** Keeps a range; what it holds of the same pages gives way first. */
  fill(range: Range, context: Context): void {
    const at = this.placeFor(range, context)
    this.slots[at] = { ...range, context }
    this.usedAt[at] = ++this.clock
  }

  flushContext(context: Context): void {
    this.drop((slot) => slot.context === context)
  }

  flushVpid(vpid: number): void {
    this.drop((slot) => vpidOf(slot.context) === vpid)
  }

  flushAll(): void {
    this.drop(() => true)
  }

  entries(): RangeTlbEntry[] {
    return this.slots.filter((slot) => slot !== null)
  }

  placed(): PlacedRange[] {
    const { slots, usedAt } = this
    const held = slots.flatMap((entry, slot) => (entry === null ? [] : [{ ...entry, slot }]))
    const ageOf = (slot: number): number => held.filter((other) => usedAt[other.slot] > usedAt[slot]).length
    return held.map((entry) => ({ ...entry, age: ageOf(entry.slot) }))
  }

  private placeFor({ start, end }: Range, context: Context): number {
    const isOlder = (slot: RangeTlbEntry): boolean =>
      slot.context === context && slot.start < end && slot.end > start
    this.drop(isOlder)
    const free = this.slots.indexOf(null)
    if (free >= 0) return free
    return this.usedAt.reduce((oldest, at, i) => (at < this.usedAt[oldest] ? i : oldest), 0)
  }

  private drop(isGone: (slot: RangeTlbEntry) => boolean): void {
    for (let i = 0; i < this.slots.length; i++) {
      const slot = this.slots[i]
      if (slot !== null && isGone(slot)) this.slots[i] = null
    }
  }
}
