/** Areas that shrink and end: slots that come back, ends nobody uses, whole areas. Registers go before frames. */
import { frame } from '@shared/address/address'
import { framesOf, isOwnMemory, releaseFrames, releaseRun } from './area-frames'
import type { RegisterAssignment } from './register-assignment'
import { SLOT_DEPOSITED, SLOT_FREE, SLOT_LINKED, SLOT_LOST } from './tea'
import { overlaps, reachOf, resize, slotFrame, slotOf, tablePages, teaEnd, type Tea } from './tea'
import type { TeaContext } from './tea-policy'

interface SlotRange {
  readonly from: number
  readonly to: number
}

export class TeaReleaser {
  constructor(
    private readonly context: TeaContext,
    private readonly registers: RegisterAssignment
  ) {}

  /** The tree links this slot no longer: it is zero and free, and stays the area's. False: the caller's frame. */
  returnSlot(tea: Tea, page: number): boolean {
    if (this.context.policy.artifactFreeBug && isOwnMemory(this.context.layer, tea))
      return this.loseSlot(tea, page)
    this.context.layer.entries.clear(slotFrame(tea, page))
    tea.states[slotOf(tea, page)] = SLOT_FREE
    tea.slotsUsed--
    if (tea.slotsUsed === 0) this.registers.refresh(tea)
    return true
  }

  /** Memory areas in the range have changed: areas that none overlaps any more end, others may give ends back. */
  settle(start: number, end: number): void {
    for (const tea of [...this.context.set.list()]) {
      if (!overlaps(tea, start, end)) continue
      const isUsed = this.vmas.within(tea.start, teaEnd(tea)).length > 0
      if (!isUsed && tea.slotsUsed === 0) this.free(tea)
      else this.trim(tea)
    }
  }

  /** Everything goes: registers of all areas first, then the areas. */
  releaseAll(): void {
    this.registers.dropAll()
    for (const tea of [...this.context.set.list()]) this.free(tea)
  }

  private get vmas(): NonNullable<TeaContext['space']>['vmas'] {
    const { space } = this.context
    if (space === null) throw new Error('TeaManager: no address space is attached')
    return space.vmas
  }

  /** The published kernel's teardown passes the return of slots by: the caller gives the frame to the system. */
  private loseSlot(tea: Tea, page: number): false {
    tea.states[slotOf(tea, page)] = SLOT_LOST
    tea.slotsUsed--
    tea.lost++
    return false
  }

  private free(tea: Tea): void {
    const { layer, set } = this.context
    // Out of the set before its register is: one that waits must not be it.
    set.remove(tea)
    this.registers.drop(tea)
    layer.ledger.count('teasFreed')
    layer.event('tea-free', `TEA ${tea.index} of ${tablePages(tea.slots)} ended`, tea.slots, 0)
    releaseFrames(layer, framesOf(tea), tea.states)
  }

  /** A prefix and a suffix can be returned without moving anything; a grant is returned whole or not at all. */
  private trim(tea: Tea): void {
    const { layer, policy } = this.context
    if (!policy.trim || policy.big || tea.grant !== null || !isOwnMemory(layer, tea)) return
    const { from, to } = this.rangeInUse(tea)
    if (to <= from || (to - from) * 2 >= tea.slots) return
    const { base, states, slots } = tea
    this.registers.suspend(tea)
    tea.base = frame(base + from)
    resize(tea, { start: tea.start + from * reachOf(tea), slots: to - from })
    layer.ledger.count('teaTrims')
    const given = slots - tea.slots
    layer.event('tea-trim', `TEA ${tea.index} gave ${tablePages(given)} back at its ends`, given, 0)
    releaseRun(layer, base, states, 0, from)
    releaseRun(layer, base, states, to, slots)
    this.registers.refresh(tea)
  }

  /** Slots from the first to the last that a memory area or a table needs. */
  private rangeInUse(tea: Tea): SlotRange {
    const areas = this.vmas.within(tea.start, teaEnd(tea))
    const first = areas.length > 0 ? slotOf(tea, Math.max(areas[0].start, tea.start)) : tea.slots
    const last = areas.length > 0 ? slotOf(tea, Math.min(areas[areas.length - 1].end, teaEnd(tea)) - 1) : -1
    const isTaken = (state: number): boolean => state === SLOT_LINKED || state === SLOT_DEPOSITED
    const firstTaken = tea.states.findIndex(isTaken)
    const lastTaken = tea.states.findLastIndex(isTaken)
    return {
      from: firstTaken < 0 ? first : Math.min(first, firstTaken),
      to: Math.max(last, lastTaken) + 1
    }
  }
}
