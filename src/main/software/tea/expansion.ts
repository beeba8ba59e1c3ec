/** Areas that grow: by doubling where their memory area has grown, by a missing piece where they take in another. */
import { frame, pagesPerTable } from '@shared/address/address'
import { claimArea, claimAt, isOwnMemory, releaseRun } from './area-frames'
import { USER_TOP } from './eligibility'
import type { TableMover } from './migration'
import type { RegisterAssignment } from './register-assignment'
import { SLOT_FREE, reachOf, resize, spanEnd, tablePages, teaEnd, type Tea, type TeaSpan } from './tea'
import type { TeaContext } from './tea-policy'

export class TeaGrower {
  constructor(
    private readonly context: TeaContext,
    private readonly registers: RegisterAssignment,
    private readonly mover: TableMover
  ) {}

  /** Doubles the area, rearwards or forwards, until it covers the page; false when nothing so long is free. */
  double(tea: Tea, page: number): boolean {
    return this.extend(tea, this.doubledSpan(tea, page))
  }

  /** In place where the adjacent frames are free, else by moving; false leaves the area as it was. */
  extend(tea: Tea, span: TeaSpan): boolean {
    return this.extendInPlace(tea, span) || this.extendByMove(tea, span)
  }

  /** Never into the next area of the class, nor beyond the address space. */
  private doubledSpan(tea: Tea, page: number): TeaSpan {
    const reach = reachOf(tea)
    let { start } = tea as { start: number }
    let end = teaEnd(tea)
    while (page >= end) end += end - start
    while (page < start) start -= end - start
    const before = this.context.set.before(tea.level, tea.start)
    const after = this.context.set.after(tea.level, teaEnd(tea))
    start = Math.max(start, before ? teaEnd(before) : 0)
    end = Math.min(end, after ? after.start : this.spaceEnd(tea.level))
    return { start, slots: (end - start) / reach }
  }

  private spaceEnd(level: number): number {
    const { layer, levels } = this.context
    const pages = layer.isInnermost ? USER_TOP[levels] : 512 ** levels
    return Math.ceil(pages / pagesPerTable(level)) * pagesPerTable(level)
  }

  private extendInPlace(tea: Tea, span: TeaSpan): boolean {
    const { layer } = this.context
    const front = (tea.start - span.start) / reachOf(tea)
    const rear = (spanEnd(span, tea.level) - teaEnd(tea)) / reachOf(tea)
    if (tea.grant !== null || !isOwnMemory(layer, tea)) return false
    if (!claimAt(layer, tea.base - front, front)) return false
    if (!claimAt(layer, tea.base + tea.slots, rear)) {
      releaseRun(layer, tea.base - front, new Uint8Array(front).fill(SLOT_FREE), 0, front)
      return false
    }
    if (front > 0) this.registers.suspend(tea)
    tea.base = frame(tea.base - front)
    this.finish(tea, span, front + rear, 'in place')
    layer.ledger.count('teaExpansions')
    this.mover.adopt(tea)
    this.registers.refresh(tea)
    return true
  }

  private extendByMove(tea: Tea, span: TeaSpan): boolean {
    const to = claimArea(this.context, span.slots)
    if (to === null) return false
    const more = span.slots - tea.slots
    const { current } = this.context.layer.ledger.calls
    if (current !== null) current.hasMoved = true
    this.book(tea, span.slots, more, 'by a move')
    this.mover.relocate(tea, span, to)
    return true
  }

  private finish(tea: Tea, span: TeaSpan, more: number, how: string): void {
    resize(tea, span)
    this.book(tea, more, more, how)
  }

  private book(tea: Tea, zeroed: number, more: number, how: string): void {
    const { layer } = this.context
    const text = `TEA ${tea.index} grew by ${tablePages(more)} ${how}`
    layer.event('tea-expand', text, more, zeroed * layer.costs.zeroPage)
    layer.ledger.calls.say(layer.index, layer.index, text)
  }
}
