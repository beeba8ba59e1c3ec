/**
 * The TEAs of one address space: made at the first table page of an eligible area, grown and merged with it,
 * named by the registers of its layer, given up gracefully where contiguity or registers run out.
 *
 * Invariants: I1, a slot in use is the very table page the radix tree links; I2, a slot not linked is all
 * zeros; I3, no two areas of one class cover the same page.
 */
import type { LayerMode } from '@shared/model/environment'
import type { DmtRegisters } from '../../hardware/registers/dmt-registers'
import type { Grant } from '../hypervisor/grant'
import type { Layer } from '../layer'
import type { Vma } from '../space/vma-list'
import { TeaCoverage } from './coverage'
import { TeaGrants } from './grants'
import { TableMover } from './migration'
import { RegisterAssignment } from './register-assignment'
import { TeaReleaser } from './release'
import {
  SLOT_DEPOSITED,
  SLOT_FREE,
  SLOT_LINKED,
  slotFrame,
  slotOf,
  slotsTaken,
  type Tea,
  type TeaLevel
} from './tea'
import { TeaSet } from './tea-set'
import type { MoveStep, Refusal, TeaContext, TeaPolicy, TeaSpace } from './tea-policy'

export class TeaManager {
  private readonly context: TeaContext
  private readonly set = new TeaSet()
  private readonly assignment: RegisterAssignment
  private readonly coverage: TeaCoverage
  private readonly grants: TeaGrants
  private readonly releaser: TeaReleaser

  constructor(
    layer: Layer,
    readonly registers: DmtRegisters,
    private readonly policy: TeaPolicy,
    levels: 4 | 5
  ) {
    this.context = {
      layer,
      policy,
      levels,
      set: this.set,
      mode: 'R',
      space: null,
      onMoveStep: () => {}
    }
    this.assignment = new RegisterAssignment(this.context, registers)
    const mover = new TableMover(this.context, this.assignment)
    this.coverage = new TeaCoverage(this.context, this.assignment, mover)
    this.grants = new TeaGrants(this.context, this.assignment, mover)
    this.releaser = new TeaReleaser(this.context, this.assignment)
  }

  /** The space whose tables these are, once it has its root table; until then no table gets a slot. */
  attach(space: TeaSpace): void {
    this.context.space = space
  }

  /** R: no areas are made. P: areas are asked of L0 first. */
  get mode(): LayerMode {
    return this.context.mode
  }

  set mode(mode: LayerMode) {
    this.context.mode = mode
  }

  /** Hears of each step of a move, so that a test can walk between two of them. */
  set onMoveStep(hear: (step: MoveStep, tea: Tea) => void) {
    this.context.onMoveStep = hear
  }

  /** All areas by index. */
  get teas(): readonly Tea[] {
    return this.set.list()
  }

  /** Why an area without TEAs has none; null when nobody has asked for one yet. Looking only. */
  whyNone(vma: Vma): Refusal | null {
    return this.coverage.whyNone(vma)
  }

  covering(level: number, page: number): Tea | null {
    return this.set.find(level, page)
  }

  /** The slot that must serve as the table page at `level` for this page, or -1: an ordinary frame will do. */
  slotFor(level: number, page: number): number {
    if (!this.makes(level)) return -1
    const vma = this.vmaOf(page)
    // Never a class above: its tables would move under the fault that is making this one.
    for (const one of this.policy.classes)
      if (this.policy.allAtOnce && one < level) this.coverage.cover(one, page, vma)
    const tea = this.coverage.ensure(level, page, vma, false)
    if (tea === null) return -1
    if (!this.isFree(tea, page)) return this.coverage.refuseSlot(vma)
    return this.link(tea, page)
  }

  /**
   * The tree links this table page no longer, and nothing can reach it any more. True: it was a slot, is zero now
   * and stays its area's. False: the caller frees it.
   */
  returnSlot(level: number, page: number, frame: number): boolean {
    const tea = this.set.find(level, page)
    if (tea === null || slotFrame(tea, page) !== frame) return false
    return tea.states[slotOf(tea, page)] === SLOT_LINKED && this.releaser.returnSlot(tea, page)
  }

  /** A huge page begins here: keeps the slot for the table that its split will need. The slot, or -1. */
  deposit(page: number): number {
    if (!this.makes(1)) return -1
    const tea = this.coverage.ensure(1, page, this.vmaOf(page), true)
    if (tea === null || !this.isFree(tea, page)) return -1
    tea.states[slotOf(tea, page)] = SLOT_DEPOSITED
    tea.deposits++
    return slotFrame(tea, page)
  }

  /**
   * The huge page here is split: exactly the slot of its region, counted as linked, or -1. The slot is the region's
   * even where none was kept, because the area is younger than the huge page.
   */
  withdraw(page: number): number {
    this.dropDeposit(page)
    return this.slotFor(1, page)
  }

  /** The huge page here is gone: its slot is free. */
  dropDeposit(page: number): void {
    const tea = this.set.find(1, page)
    if (tea === null || tea.states[slotOf(tea, page)] !== SLOT_DEPOSITED) return
    tea.states[slotOf(tea, page)] = SLOT_FREE
    tea.deposits--
  }

  /** Memory areas in these pages were unmapped, moved or cut: what none of them needs any more is given back. */
  settle(start: number, end: number): void {
    if (this.set.list().length > 0) this.releaser.settle(start, end)
    this.coverage.forget()
  }

  /** The address space ends. Its tree is taken down before, through `returnSlot`. */
  releaseAll(): void {
    this.releaser.releaseAll()
    this.coverage.forget()
  }

  /** Makes the areas of every VMA, for a lane whose DMT is switched on while it runs. */
  coverAll(): void {
    if (this.mode === 'R') return
    this.coverage.forget()
    this.coverage.coverAll()
  }

  giveUpGrants(): void {
    this.grants.giveUp()
  }

  askForGrants(): void {
    this.grants.ask()
  }

  /** L0 took the machine frames back; the tables are in ordinary frames at the same window. */
  grantLost(grant: Grant): void {
    this.grants.lost(grant)
  }

  /** A walk of this page was sampled, for the next ranking. */
  noteWalk(page: number): void {
    this.assignment.noteWalk(page)
  }

  /** Gives the registers to the areas walks ask for most; how many changed. */
  rank(): number {
    return this.policy.registers === 'ranked' ? this.assignment.rank() : 0
  }

  /** Frames of the areas, those that the tree links, and those that no table uses or waits for. */
  usage(): { frames: number; linked: number; unused: number } {
    const sum = (of: (tea: Tea) => number): number => this.teas.reduce((total, tea) => total + of(tea), 0)
    // A grant may be whole pages of its window, and then larger than what it was asked for.
    const frames = sum((tea) => tea.grant?.frames ?? tea.slots)
    return { frames, linked: sum((tea) => tea.slotsUsed), unused: frames - sum(slotsTaken) }
  }

  private makes(level: number): level is TeaLevel {
    return this.mode !== 'R' && this.context.space !== null && this.policy.classes.some((c) => c === level)
  }

  private vmaOf(page: number): Vma | null {
    return this.context.space?.vmas.find(page) ?? null
  }

  private isFree(tea: Tea, page: number): boolean {
    return tea.states[slotOf(tea, page)] === SLOT_FREE
  }

  private link(tea: Tea, page: number): number {
    tea.states[slotOf(tea, page)] = SLOT_LINKED
    tea.slotsUsed++
    if (tea.slotsUsed === 1 && tea.register < 0) this.assignment.refresh(tea)
    return slotFrame(tea, page)
  }
}
