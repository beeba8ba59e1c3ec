/** What happens when a leaf table is wanted where no area reaches: grow, merge, create, or an ordinary frame. */
import type { CounterId } from '@shared/stats/counters'
import type { Vma } from '../space/vma-list'
import { TeaMaker, type TeaOrder } from './creation'
import { isEligible, isFirstRegion } from './eligibility'
import { TeaGrower } from './expansion'
import { endingOf } from './ending'
import { mergesFor } from './merging'
import type { TableMover } from './migration'
import type { RegisterAssignment } from './register-assignment'
import { overlaps, reachOf, slotOf, spanEnd, tablePages, teaEnd } from './tea'
import type { Tea, TeaLevel, TeaSpan } from './tea'
import { GETS_NONE, type Refusal, type TeaContext } from './tea-policy'

const TABLES_BY_REASON = {
  [GETS_NONE]: 'tablesIneligible',
  'no register is free': 'tablesNoRegister',
  'no slot is free': 'tablesNoSlot',
  'areas do not grow': 'tablesNoSlot',
  'no contiguous frames are free': 'tablesNoContiguity',
  'the slot is taken': 'tablesSlotTaken'
} as const satisfies Record<Refusal, CounterId>

/** A gap that was refused, in pages. */
interface RefusedGap {
  readonly start: number
  readonly end: number
  readonly why: Refusal
  readonly freeFrames: number
}

export class TeaCoverage {
  private readonly maker: TeaMaker
  private readonly grower: TeaGrower
  /** Gaps that were refused, with the free frames there were: without more of them it is hopeless again. */
  private readonly refusals = new Map<string, RefusedGap>()

  constructor(
    private readonly context: TeaContext,
    private readonly registers: RegisterAssignment,
    mover: TableMover
  ) {
    this.maker = new TeaMaker(context, registers, mover)
    this.grower = new TeaGrower(context, registers, mover)
  }

  /** The area of the class for this page, made or grown where rules and contiguity allow; null: an ordinary frame. */
  ensure(level: TeaLevel, page: number, vma: Vma | null, isForDeposit: boolean): Tea | null {
    const refusal = this.cover(level, page, vma, isForDeposit)
    if (refusal === null) return this.context.set.find(level, page)
    return isForDeposit ? null : this.bookOutside(vma, refusal)
  }

  /** The same for a table that nobody wants yet. Null, or why no area may serve it. */
  cover(level: TeaLevel, page: number, vma: Vma | null, isForDeposit = false): Refusal | null {
    const known = this.context.set.find(level, page)
    if (known !== null) return this.mayUse(known, vma) ? null : 'the slot is taken'
    if (vma === null || !this.mayHaveTea(vma, page)) return GETS_NONE
    return this.refusalOf({ vma, level, page, isForDeposit })
  }

  /** The slot serves something else: never hand one out twice. */
  refuseSlot(vma: Vma | null): -1 {
    this.bookOutside(vma, 'the slot is taken')
    return -1
  }

  /** Why an area has no TEA, as it was refused last; null when nobody has asked. Looking only. */
  whyNone(vma: Vma): Refusal | null {
    if (!this.mayHaveTea(vma, vma.start)) return GETS_NONE
    const of = [...this.refusals.values()].filter(({ start, end }) => start < vma.end && end > vma.start)
    return of.at(-1)?.why ?? null
  }

  coverAll(): void {
    for (const vma of this.context.space?.vmas.list() ?? [])
      for (const level of this.context.policy.classes) this.coverArea(vma, level)
  }

  /** Contiguity or memory areas have changed: what was refused may be tried again. */
  forget(): void {
    this.refusals.clear()
  }

  private coverArea(vma: Vma, level: TeaLevel): void {
    const span = this.maker.wantedSpan(vma, level)
    const order = { vma, level, isForDeposit: false }
    for (let page = span.start; page < spanEnd(span, level);) {
      const known = this.context.set.find(level, page)
      const gap = known ? null : this.maker.gapAround({ ...order, page }, span)
      const inside = Math.max(page, vma.start)
      if (gap && this.mayHaveTea(vma, inside)) this.refusalOf({ ...order, page: inside })
      page = known ? teaEnd(known) : spanEnd(gap ?? span, level)
    }
  }

  private mayHaveTea(vma: Vma, page: number): boolean {
    const { layer, policy, levels } = this.context
    if (layer.isInnermost && isFirstRegion(page)) return false
    return isEligible(vma, policy.minVmaMiB, levels)
  }

  /** The published kernel, without its inclusion check, serves only the areas a TEA was made for. */
  private mayUse(tea: Tea, vma: Vma | null): boolean {
    return this.context.policy.inclusion || vma === null || tea.madeFor.has(vma)
  }

  /** Null when an area covers the page now. */
  private refusalOf(order: TeaOrder): Refusal | null {
    const { layer } = this.context
    const gap = this.maker.gapAround(order, this.maker.wantedSpan(order.vma, order.level))
    const key = `${order.level}:${gap.start}:${gap.slots}`
    const last = this.refusals.get(key)
    if (last && layer.frames.freeFrames <= last.freeFrames && !this.hasNewRegister(order, last.why))
      return last.why
    const why = this.asked(order, gap)
    const { start } = gap
    const { freeFrames } = layer.frames
    if (why !== null) this.refusals.set(key, { start, end: spanEnd(gap, order.level), why, freeFrames })
    return why
  }

  private hasNewRegister(order: TeaOrder, why: Refusal): boolean {
    return why === 'no register is free' && this.registers.refusal(order.isForDeposit) === null
  }

  /** A request of its own, even where a layer above waits for it. */
  private asked(order: TeaOrder, gap: TeaSpan): Refusal | null {
    const { layer, set } = this.context
    const title = `a TEA for ${order.vma.name}: ${tablePages(gap.slots)}`
    return layer.ledger.calls.during(
      { asker: layer.index, title, frames: gap.slots },
      () => this.reach(order),
      (why, talk) => ({ ...endingOf(why, talk), tea: set.find(order.level, order.page) })
    )
  }

  private reach(order: TeaOrder): Refusal | null {
    const own = this.ownTeaNear(order)
    if (own) return this.grow(own, order)
    return this.merge(order) ? null : this.maker.make(order)
  }

  private grow(tea: Tea, { vma, page }: TeaOrder): Refusal | null {
    if (!this.context.policy.expand) return this.refuse(vma, 'areas do not grow')
    if (!this.grower.double(tea, page)) return this.refuse(vma, 'no contiguous frames are free')
    return null
  }

  private merge({ vma, level }: TeaOrder): boolean {
    const { layer, policy, set } = this.context
    if (policy.big) return false
    const wanted = this.maker.wantedSpan(vma, level)
    for (const { tea, span } of mergesFor(set, wanted, level, policy.mergeOccupancy)) {
      if (!this.grower.extend(tea, span)) continue
      tea.madeFor.add(vma)
      layer.ledger.count('teaMerges')
      layer.ledger.calls.say(layer.index, layer.index, `TEA ${tea.index} takes ${vma.name} in`)
      layer.event('tea-merge', `TEA ${tea.index} took ${vma.name} in`, wanted.slots, 0)
      return true
    }
    return false
  }

  /** The area of this VMA nearest to the page: before it, or behind it. */
  private ownTeaNear({ vma, level, page }: TeaOrder): Tea | null {
    const { set } = this.context
    const before = set.before(level, page)
    if (before !== null && this.isOwn(before, vma)) return before
    const after = set.after(level, page)
    return after !== null && this.isOwn(after, vma) ? after : null
  }

  /** The area holds a table of this VMA alone; one that they share with a neighbour makes it the neighbour's. */
  private isOwn(tea: Tea, vma: Vma): boolean {
    if (!overlaps(tea, vma.start, vma.end)) return false
    const first = slotOf(tea, Math.max(vma.start, tea.start))
    const last = slotOf(tea, Math.min(vma.end, teaEnd(tea)) - 1)
    return last > first || this.usersOf(tea, first) === 1
  }

  private usersOf(tea: Tea, slot: number): number {
    const start = tea.start + slot * reachOf(tea)
    return this.context.space?.vmas.within(start, start + reachOf(tea)).length ?? 0
  }

  private refuse(vma: Vma, why: Refusal): Refusal {
    const { layer } = this.context
    layer.ledger.count('teaFallbacks')
    layer.event('tea-fallback', `${vma.name} keeps ordinary tables: ${why}`, 1, 0)
    layer.ledger.calls.say(layer.index, layer.index, `ordinary tables serve: ${why}`, true)
    return why
  }

  /** A leaf table in an ordinary frame. Windows are no areas of a guest: nothing is missed there. */
  private bookOutside(vma: Vma | null, why: Refusal): null {
    const { layer } = this.context
    if (vma?.mayHaveTea === false) return null
    if (why !== GETS_NONE) layer.ledger.count('tablesOutside')
    layer.ledger.count(TABLES_BY_REASON[why])
    const name = vma?.name ?? 'an area'
    layer.event('tea-fallback', `a leaf table of ${name} is an ordinary frame: ${why}`, 1, 0)
    return null
  }
}
