/** Makes the areas of a memory area, in pieces where contiguity is missing. */
import { alignDown, page, pagesPerTable } from '@shared/address/address'
import { counted } from '@shared/format/counted'
import type { Vma } from '../space/vma-list'
import { claimArea } from './area-frames'
import { artifactSpanOf, bigSpanOf, spanOf } from './eligibility'
import type { TableMover } from './migration'
import type { RegisterAssignment } from './register-assignment'
import { spanEnd, tablePages, teaEnd, type Tea, type TeaLevel, type TeaSpan } from './tea'
import type { Refusal, TeaContext } from './tea-policy'

/** What an area is wanted for. */
export interface TeaOrder {
  readonly vma: Vma
  readonly level: TeaLevel
  readonly page: number
  readonly isForDeposit: boolean
}

export class TeaMaker {
  constructor(
    private readonly context: TeaContext,
    private readonly registers: RegisterAssignment,
    private readonly mover: TableMover
  ) {}

  /** The span a memory area asks for, by the rounding in force. */
  wantedSpan(vma: Vma, level: number): TeaSpan {
    const { policy } = this.context
    return policy.artifactRounding ? artifactSpanOf(vma, level) : spanOf(vma, level)
  }

  /** Covers the page and what no area covers around it; null when that worked for the page. */
  make(order: TeaOrder): Refusal | null {
    const { vma, level, page: p } = order
    const big = this.context.policy.big ? bigSpanOf(vma, level) : null
    const reaches = big !== null && p >= big.start && p < spanEnd(big, level)
    const wanted = reaches ? big : this.wantedSpan(vma, level)
    const refused = this.allocatePieces(this.gapAround(order, wanted), order)
    return this.context.set.find(level, order.page) === null ? refused : null
  }

  /** What no area covers yet around the page. Two areas may share a table page; the first TEA owns its slot. */
  gapAround({ level, page: p }: TeaOrder, wanted: TeaSpan): TeaSpan {
    const reach = pagesPerTable(level)
    const before = this.context.set.before(level, p)
    const after = this.context.set.after(level, p)
    const start = Math.max(wanted.start, before ? teaEnd(before) : 0)
    const end = Math.min(spanEnd(wanted, level), after ? after.start : Infinity)
    return { start, slots: (end - start) / reach }
  }

  /** The whole span if contiguity allows it, else halves, down to the smallest piece worth a register. */
  private allocatePieces(span: TeaSpan, order: TeaOrder): Refusal | null {
    const refusal = this.registers.refusal(order.isForDeposit)
    if (refusal) return this.refuse(span, order, refusal)
    if (this.allocate(span, order)) return null
    const half = Math.ceil(span.slots / 2)
    if (half < this.context.policy.minSlots || span.slots < 2)
      return this.refuse(span, order, 'no contiguous frames are free')
    this.bookSplit(span, order)
    const first = this.allocatePieces({ start: span.start, slots: half }, order)
    const middle = span.start + half * pagesPerTable(order.level)
    const second = this.allocatePieces({ start: middle, slots: span.slots - half }, order)
    return order.page < middle ? first : second
  }

  private bookSplit(span: TeaSpan, { vma }: TeaOrder): void {
    const { layer } = this.context
    layer.ledger.count('teaSplits')
    const text = `${tablePages(span.slots)} asked in two pieces`
    layer.event('tea-split', `${vma.name}: ${text}`, span.slots, 0)
    const { calls } = layer.ledger
    if (calls.current !== null) calls.current.wasSplit = true
    calls.say(layer.index, layer.index, `split: ${text}`)
  }

  private refuse(span: TeaSpan, { vma }: TeaOrder, why: Refusal): Refusal {
    const { layer } = this.context
    layer.ledger.count('teaFallbacks')
    layer.event('tea-fallback', `${vma.name} keeps ordinary tables: ${why}`, span.slots, 0)
    const text = `${counted(span.slots, 'table page stays', 'table pages stay')} ordinary: ${why}`
    layer.ledger.calls.say(layer.index, layer.index, text, true)
    return why
  }

  private allocate(span: TeaSpan, { vma, level }: TeaOrder): boolean {
    const frames = claimArea(this.context, span.slots)
    if (frames === null) return false
    const tea = this.newTea(span, level, frames)
    tea.madeFor.add(vma)
    this.context.set.add(tea)
    this.bookCreation(tea, vma)
    this.mover.adopt(tea)
    this.registers.refresh(tea)
    return true
  }

  private newTea(span: TeaSpan, level: TeaLevel, frames: Pick<Tea, 'base' | 'grant'>): Tea {
    return {
      level,
      index: this.context.set.freeIndex,
      start: page(alignDown(span.start, pagesPerTable(level))),
      slots: span.slots,
      ...frames,
      register: -1,
      slotsUsed: 0,
      deposits: 0,
      lost: 0,
      states: new Uint8Array(span.slots),
      madeFor: new Set(),
      walks: 0,
      score: 0
    }
  }

  private bookCreation({ slots, grant }: Tea, vma: Vma): void {
    const { layer } = this.context
    layer.ledger.count('teasCreated')
    const pages = counted(slots, grant ? 'machine-contiguous table page' : 'contiguous table page')
    layer.event('tea-create', `${vma.name}: ${pages}`, slots, slots * layer.costs.zeroPage)
    layer.ledger.calls.say(layer.index, layer.index, `zeroes ${pages}`)
  }
}
