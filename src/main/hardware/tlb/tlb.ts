import type { HardwareParameters, Replacement } from '@shared/model/hardware-profile'
import { VPID_MASK, machineContext, type Context } from '@shared/arch/context'
import { TlbArray } from './tlb-array'
import type { PageShift, TlbEntry } from './tlb-array'
import { TlbLevel } from './tlb-level'

type TlbParameters = HardwareParameters['tlb']
type FirstLevelParameters = TlbParameters['data']

/** Where the last look-up was answered. */
export const TLB_MISS = 0
export const TLB_FIRST_LEVEL = 1
export const TLB_SHARED = 2
export type TlbHit = typeof TLB_MISS | typeof TLB_FIRST_LEVEL | typeof TLB_SHARED

/**
 * The TLBs of one CPU: a first level for fetches, one for data, and a shared second level in which 4K and 2M
 * entries compete for one array. Entries are combined translations (page to machine frame) tagged by the
 * context: the process and its virtual machine. `lookup` leaves its answer in the fields.
 *
 * The first level breaks up pages of a size it has no entries for, as processors do that lack ITLB entries for
 * 1 GiB pages; the shared level keeps no page of such a size.
 */
export class Tlb {
  hit: TlbHit = TLB_MISS
  /** Machine frame of the 4 KiB page asked for, also inside a huge page. */
  frame = 0
  /** What `fill` was given beside the frame: permissions and the like. */
  meta = 0
  pageShift: PageShift = 0
  private readonly instruction: TlbLevel
  private readonly data: TlbLevel
  private readonly shared: TlbLevel
  private readonly levels: readonly TlbLevel[]
  /** The page and kind the fields answer for, after a first-level hit; lastLow is -1 when they answer for none. */
  private lastLow = -1
  private lastHigh = 0
  private lastContext: number = 0
  private lastIsFetch = false
  /** A policy that counts hits has to see every one. */
  private readonly answersRepeats: boolean

  constructor(parameters: TlbParameters) {
    const { replacement } = parameters
    this.instruction = firstLevel(parameters.instruction, replacement)
    this.data = firstLevel(parameters.data, replacement)
    this.shared = sharedLevel(parameters.shared, replacement)
    this.answersRepeats = replacement !== 'lfu'
    this.levels = [this.instruction, this.data, this.shared]
  }

  /**
   * Looks in the first level, then in the second, which refills the first. False: walk, then `fill`. A repeat
   * of a first-level hit ends at once: the fields still hold the answer, and an order of use would not change.
   */
  lookup(isFetch: boolean, high: number, low: number, context: Context): boolean {
    if (low === this.lastLow && high === this.lastHigh && this.isLastKind(isFetch, context)) return true
    this.lastLow = -1
    const first = isFetch ? this.instruction : this.data
    if (first.lookup(high, low, context)) {
      this.answer(TLB_FIRST_LEVEL, first, low)
      if (this.answersRepeats) this.remember(isFetch, high, low, context)
      return true
    }
    if (!this.shared.lookup(high, low, context)) {
      this.hit = TLB_MISS
      return false
    }
    this.answer(TLB_SHARED, this.shared, low)
    first.fill(high, low, context, this.frame, this.pageShift, this.meta)
    return true
  }

  /**
   * Brings a translation into both levels. `frame` is any machine frame of the page together with the 4 KiB
   * page (high, low) inside it; the frames of a huge page are aligned to its size.
   */
  fill(
    isFetch: boolean,
    high: number,
    low: number,
    context: Context,
    frame: number,
    pageShift: PageShift,
    meta: number
  ): void {
    this.lastLow = -1
    const first = isFetch ? this.instruction : this.data
    this.shared.fill(high, low, context, frame, pageShift, meta)
    first.fill(high, low, context, frame, pageShift, meta)
  }

  /** Changes the meta of the page's entries wherever they are, without touching them: a store made it dirty. */
  setMeta(high: number, low: number, context: Context, pageShift: PageShift, meta: number): void {
    this.lastLow = -1
    for (const level of this.levels) {
      const array = level.arrayOf(pageShift)
      const slot = array.peek(high, low, context)
      if (slot >= 0) array.setMeta(slot, meta)
    }
  }

  /** Would the look-up hit, and where; changes nothing, fields included. */
  peek(isFetch: boolean, high: number, low: number, context: Context): TlbHit {
    const first = isFetch ? this.instruction : this.data
    if (first.holds(high, low, context)) return TLB_FIRST_LEVEL
    return this.shared.holds(high, low, context) ? TLB_SHARED : TLB_MISS
  }

  /** Does the second level hold the page; changes nothing. */
  isShared(high: number, low: number, context: number): boolean {
    return this.shared.holds(high, low, context)
  }

  /** Drops the page's entries of every size (INVLPG). */
  invalidatePage(high: number, low: number, context: Context): void {
    this.lastLow = -1
    for (const level of this.levels) level.invalidate(high, low, context)
  }

  flushContext(context: Context): void {
    this.lastLow = -1
    for (const level of this.levels) level.flushContext(context)
  }

  /** Drops what is kept for a virtual machine, whatever its process (INVVPID, INVEPT of its tables). */
  flushVpid(vpid: number): void {
    this.lastLow = -1
    for (const level of this.levels) level.flushContexts(VPID_MASK, machineContext(vpid))
  }

  flushAll(): void {
    this.lastLow = -1
    for (const level of this.levels) level.flushAll()
  }

  entries(): { instruction: TlbEntry[]; data: TlbEntry[]; shared: TlbEntry[] } {
    const { instruction, data, shared } = this
    return { instruction: instruction.entries(), data: data.entries(), shared: shared.entries() }
  }

  private isLastKind(isFetch: boolean, context: Context): boolean {
    return isFetch === this.lastIsFetch && context === this.lastContext
  }

  private remember(isFetch: boolean, high: number, low: number, context: Context): void {
    this.lastIsFetch = isFetch
    this.lastHigh = high
    this.lastLow = low
    this.lastContext = context
  }

  private answer(hit: TlbHit, level: TlbLevel, low: number): void {
    this.hit = hit
    this.frame = level.frame + (low & ((1 << level.pageShift) - 1))
    this.meta = level.meta
    this.pageShift = level.pageShift
  }
}

function firstLevel(p: FirstLevelParameters, replacement: Replacement): TlbLevel {
  const array = (size: '4K' | '2M' | '1G', shift: PageShift): TlbArray =>
    new TlbArray(p[size], shift, undefined, replacement)
  return new TlbLevel(array('4K', 0), array('2M', 9), array('1G', 18), true)
}

function sharedLevel(p: TlbParameters['shared'], replacement: Replacement): TlbLevel {
  const base = new TlbArray(p['4K2M'], 0, undefined, replacement)
  return new TlbLevel(
    base,
    new TlbArray(p['4K2M'], 9, base),
    new TlbArray(p['1G'], 18, undefined, replacement),
    false
  )
}
