/**
 * Which areas the registers of the layer name. An area asks for one when it has its first linked table, because
 * an area of deposits alone would only cost a fetch more on each walk, and gives it up when it has none.
 */
import type { DmtRegisters } from '../../hardware/registers/dmt-registers'
import { SLOT_LINKED, reachOf, slotOf, type Tea } from './tea'
import { MOST_TEAS } from './tea-set'
import type { Refusal, TeaContext } from './tea-policy'

/** Words of a register. */
const WORDS = 3

export class RegisterAssignment {
  private readonly owners: (Tea | null)[]

  constructor(
    private readonly context: TeaContext,
    readonly registers: DmtRegisters
  ) {
    this.owners = new Array<Tea | null>(registers.count).fill(null)
  }

  /** Why no further area may be made, or null. Areas of deposits alone take no register from anyone. */
  refusal(isForDeposit: boolean): Refusal | null {
    const areas = this.context.set.list()
    if (areas.length >= MOST_TEAS) return 'no slot is free'
    if (isForDeposit || this.context.policy.registers === 'ranked') return null
    const claims = areas.filter((tea) => tea.slotsUsed > 0 || tea.deposits === 0).length
    return claims < this.registers.count ? null : 'no register is free'
  }

  /** Loads, reloads or drops the area's register, whatever its tables ask for now. */
  refresh(tea: Tea): void {
    if (!this.isWanted(tea)) return this.drop(tea)
    if (tea.register < 0) tea.register = this.owners.indexOf(null)
    if (tea.register >= 0) this.load(tea)
  }

  /** Invalid on every CPU, but still the area's: it is about to move. */
  suspend(tea: Tea): void {
    if (tea.register < 0 || this.registers.valueOf(tea.register) === null) return
    this.invalidate(tea)
    this.tellCpus()
  }

  /** Invalid on every CPU; the next area that waits for a register gets it. */
  drop(tea: Tea): void {
    if (tea.register < 0) return
    this.suspend(tea)
    this.release(tea)
    this.serveWaiting()
  }

  /** Makes the registers of all areas invalid, with one message to the CPUs. */
  dropAll(): void {
    const named = this.owners.filter((tea) => tea !== null)
    for (const tea of named) {
      this.invalidate(tea)
      this.release(tea)
    }
    if (named.length > 0) this.tellCpus()
  }

  /** A walk of this page was sampled: it counts for the area whose table holds its leaf. */
  noteWalk(page: number): void {
    const { set, policy } = this.context
    for (const level of policy.classes) {
      const tea = set.find(level, page)
      if (tea === null || tea.states[slotOf(tea, page)] !== SLOT_LINKED) continue
      tea.walks++
      return
    }
  }

  /**
   * Gives the registers to the areas that served most walks; walks before the last ranking count half, a quarter
   * and so on. Ties stay as they are: first those that hold a register. Returns how many registers changed.
   */
  rank(): number {
    const wanting = this.context.set.list().filter((tea) => this.isWanted(tea))
    for (const tea of this.context.set.list()) {
      tea.score = tea.score / 2 + tea.walks
      tea.walks = 0
    }
    const held = (tea: Tea): number => (tea.register >= 0 ? 1 : 0)
    const ranked = wanting.sort((a, b) => b.score - a.score || held(b) - held(a) || a.index - b.index)
    const winners = new Set(ranked.slice(0, this.registers.count))
    const losers = this.owners.filter((tea) => tea !== null && !winners.has(tea))
    for (const tea of losers) if (tea) this.takeFrom(tea)
    if (losers.length > 0) this.tellCpus()
    const gaining = [...winners].filter((tea) => tea.register < 0)
    for (const tea of gaining) this.refresh(tea)
    return gaining.length
  }

  private isWanted(tea: Tea): boolean {
    return tea.slotsUsed + tea.lost > 0 || this.context.policy.allAtOnce
  }

  private takeFrom(tea: Tea): void {
    this.invalidate(tea)
    this.release(tea)
  }

  private release(tea: Tea): void {
    this.owners[tea.register] = null
    tea.register = -1
  }

  private serveWaiting(): void {
    if (!this.owners.includes(null)) return
    const waiting = this.context.set.list().find((tea) => tea.register < 0 && this.isWanted(tea))
    if (waiting) this.refresh(waiting)
  }

  private invalidate(tea: Tea): void {
    const { layer } = this.context
    this.registers.invalidate(tea.register)
    if (!layer.isLoaded(this.registers)) return
    layer.ledger.count('registerDrops')
    layer.event(
      'register-drop',
      `register ${tea.register} names no TEA`,
      tea.slots,
      layer.costs.registerWrite
    )
  }

  /** Every CPU that runs the address space must hear that a register changed: an interrupt, as for a shootdown. */
  private tellCpus(): void {
    const { layer } = this.context
    const { ledger, costs } = layer
    if (!layer.isLoaded(this.registers)) return
    ledger.charge(costs.shootdown + costs.shootdownPerTarget)
  }

  private load(tea: Tea): void {
    const { layer } = this.context
    this.owners[tea.register] = tea
    const gtea = tea.grant ? { id: tea.grant.id, offset: 0 } : null
    const pages = tea.slots * reachOf(tea)
    const value = { level: tea.level, start: tea.start, pages, base: tea.base, gtea }
    if (!this.registers.load(tea.register, value)) return this.release(tea)
    if (!layer.isLoaded(this.registers)) return
    layer.ledger.count('registerLoads')
    layer.event(
      'register-load',
      `register ${tea.register} names TEA ${tea.index}`,
      tea.slots,
      layer.costs.registerWrite * WORDS
    )
  }
}
