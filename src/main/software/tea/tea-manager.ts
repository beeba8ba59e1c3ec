/**
 * The TEAs of one address space: made at the first table page of an eligible area, named by the registers of
 * its layer, given up gracefully where contiguity or registers run out.
 *
 * Invariants: I1, a slot in use is the very table page the radix tree links; I2, a slot not linked is all
 * zeros; I3, no two areas of one class cover the same page.
 */
import { page, pagesPerTable, type Frame } from '@shared/address/address'
import { formatCount } from '@shared/format/number'
import type { LayerMode } from '@shared/model/environment'
import type { DmtRegisters } from '../../hardware/registers/dmt-registers'
import type { Grant } from '../hypervisor/grant'
import type { Layer } from '../layer'
import type { PageTable } from '../space/page-table'
import type { Vma } from '../space/vma-list'
import { covers, slotFrame, teaEnd, type Tea } from './tea'
import { isEligible, spanOf, type TeaSpan } from './tea-rules'

export interface TeaPolicy {
  readonly minVmaMiB: number
  readonly minSlots: number
  /** Levels of leaf tables that get areas: 1 for 4K pages, 2 for 2M, 3 for 1G. */
  readonly classes: readonly (1 | 2 | 3)[]
  /** A class comes with the first table page of a larger one too, not only with the first of its own. */
  readonly allAtOnce: boolean
}

export class TeaManager {
  readonly teas: Tea[] = []
  /** R: no areas are made. P: areas are asked of L0 first. */
  mode: LayerMode = 'R'
  private readonly tried = new Set<string>()

  constructor(
    private readonly layer: Layer,
    readonly registers: DmtRegisters,
    private readonly policy: TeaPolicy,
    private readonly levels: 4 | 5
  ) {}

  /** The slot that must serve as the table page at `level` for this page, or -1: an ordinary frame will do. */
  slotFor(level: number, p: number, vma: Vma | null, table: PageTable | null): number {
    if (this.mode === 'R' || !this.hasClass(level)) return -1
    let tea = this.covering(level, p)
    if (tea === null && vma !== null && table !== null) {
      // Never a class above: its tables would move under the fault that is making this one.
      for (const one of this.policy.classes)
        if (one === level || (this.policy.allAtOnce && one < level)) this.cover(vma, one, table)
      tea = this.covering(level, p)
    }
    if (tea === null) return -1
    tea.slotsUsed++
    return slotFrame(tea, p)
  }

  covering(level: number, p: number): Tea | null {
    for (const tea of this.teas) if (tea.level === level && covers(tea, p)) return tea
    return null
  }

  /** Makes the areas of a VMA for one class and moves the leaf tables it already has into them. */
  cover(vma: Vma, level: 1 | 2 | 3, table: PageTable): void {
    const key = `${level}:${vma.start}:${vma.end}`
    if (this.tried.has(key) || !isEligible(vma, this.policy.minVmaMiB, this.levels)) return
    this.tried.add(key)
    for (const gap of this.gapsIn(spanOf(vma, level), level)) this.allocatePieces(gap, level, vma, table)
  }

  /** Makes the areas of every VMA, for a lane whose DMT is switched on while it runs. */
  coverAll(vmas: readonly Vma[], table: PageTable): void {
    if (this.mode === 'R') return
    this.tried.clear()
    for (const vma of vmas) for (const level of this.policy.classes) this.cover(vma, level, table)
  }

  /** Frames of the areas, and how many of them no table uses. */
  usage(): { frames: number; unused: number } {
    const frames = this.teas.reduce((sum, tea) => sum + tea.slots, 0)
    return { frames, unused: frames - this.teas.reduce((sum, tea) => sum + tea.slotsUsed, 0) }
  }

  /**
   * Gives the machine-contiguous frames back. The tables move to contiguous frames of the layer's own, which the
   * registers below cover like all its memory; where there are none, they stay in the window, whose contents L0
   * copies to ordinary frames.
   */
  giveUpGrants(table: PageTable): void {
    for (const tea of this.teas) {
      const { grant } = tea
      if (grant === null) continue
      const base = this.layer.allocateArea(tea.slots)
      if (base < 0) {
        this.layer.hypercalls.revoke(grant)
        tea.grant = null
      } else {
        this.moveArea(tea, base as Frame, null, table)
        this.layer.hypercalls.giveBack(grant)
      }
      this.loadRegister(tea)
    }
  }

  /** L0 took a grant back. The tables stay in the window, which is ordinary memory now. */
  grantLost(grant: Grant): void {
    const tea = this.teas.find((one) => one.grant === grant)
    if (tea === undefined) return
    tea.grant = null
    this.loadRegister(tea)
  }

  /** Asks for machine-contiguous frames again and moves the tables there. */
  askForGrants(table: PageTable): void {
    for (const tea of this.teas) {
      if (tea.grant !== null) continue
      const grant = this.layer.hypercalls.allocate(tea.slots)
      if (grant === null) continue
      const old = tea.base
      this.moveArea(tea, grant.window as number as Frame, grant, table)
      this.layer.releaseArea(old, tea.slots)
      this.loadRegister(tea)
    }
  }

  /** Moves an area's tables to frames from `base` on; its register is invalid until it is loaded again. */
  private moveArea(tea: Tea, base: Frame, grant: Grant | null, table: PageTable): void {
    this.layer.ledger.count('teaMigrations')
    this.registers.invalidate(tea.register)
    tea.base = base
    tea.grant = grant
    this.moveTables(tea, table)
  }

  private hasClass(level: number): boolean {
    return this.policy.classes.some((c) => c === level)
  }

  /** What no area covers yet. Two VMAs may share a table page; the first area owns it. */
  private gapsIn(span: TeaSpan, level: number): TeaSpan[] {
    const reach = pagesPerTable(level)
    const end = span.start + span.slots * reach
    const gaps: TeaSpan[] = []
    let from = span.start
    const sorted = this.teas.filter((tea) => tea.level === level).sort((a, b) => a.start - b.start)
    for (const tea of sorted) {
      if (teaEnd(tea) <= from || tea.start >= end) continue
      if (tea.start > from) gaps.push({ start: from, slots: (tea.start - from) / reach })
      from = teaEnd(tea)
    }
    if (from < end) gaps.push({ start: from, slots: (end - from) / reach })
    return gaps
  }

  /** The whole span if contiguity allows it, else halves, down to the smallest piece worth a register. */
  private allocatePieces(span: TeaSpan, level: 1 | 2 | 3, vma: Vma, table: PageTable): void {
    const register = this.freeRegister()
    if (register < 0) return this.refuse(span, vma, 'no register is free')
    if (this.allocate(span, level, register, vma, table)) return
    const half = Math.ceil(span.slots / 2)
    if (half < this.policy.minSlots || span.slots < 2)
      return this.refuse(span, vma, 'no contiguous frames are free')
    this.layer.ledger.count('teaSplits')
    this.layer.event(
      'tea-split',
      `${vma.name}: ${formatCount(span.slots)} table pages asked in two pieces`,
      span.slots,
      0
    )
    this.allocatePieces({ start: span.start, slots: half }, level, vma, table)
    const rest = { start: span.start + half * pagesPerTable(level), slots: span.slots - half }
    this.allocatePieces(rest, level, vma, table)
  }

  private refuse(span: TeaSpan, vma: Vma, why: string): void {
    this.layer.ledger.count('teaFallbacks')
    this.layer.event('tea-fallback', `${vma.name} keeps ordinary tables: ${why}`, span.slots, 0)
  }

  private allocate(span: TeaSpan, level: 1 | 2 | 3, register: number, vma: Vma, table: PageTable): boolean {
    const grant = this.mode === 'P' ? this.layer.hypercalls.allocate(span.slots) : null
    const base = grant ? grant.window : this.layer.allocateArea(span.slots)
    if (base < 0) return false
    const tea: Tea = {
      level,
      start: page(span.start),
      slots: span.slots,
      base: base as Frame,
      grant,
      register,
      slotsUsed: 0
    }
    this.teas.push(tea)
    this.layer.ledger.count('teasCreated')
    const zeroing = span.slots * this.layer.costs.zeroPage
    const where = grant ? 'machine-contiguous' : 'contiguous'
    this.layer.event(
      'tea-create',
      `${vma.name}: ${formatCount(span.slots)} ${where} table pages`,
      span.slots,
      zeroing
    )
    this.zero(tea)
    this.adoptTables(tea, table)
    this.loadRegister(tea)
    return true
  }

  private freeRegister(): number {
    for (let n = 0; n < this.registers.count; n++) if (!this.teas.some((tea) => tea.register === n)) return n
    return -1
  }

  /** Writing zeros touches every slot, so the layers below back it: a fetch must find zeros, not a violation. */
  private zero(tea: Tea): void {
    for (let i = 0; i < tea.slots; i++) this.layer.entries.clear((tea.base + i) as Frame)
  }

  /** Leaf tables that exist already move into their slots, and their ordinary frames are freed. */
  private adoptTables(tea: Tea, table: PageTable): void {
    const old = this.moveTables(tea, table)
    for (const f of old) this.layer.releaseTable(f)
    tea.slotsUsed += old.length
    if (old.length > 0) this.layer.ledger.count('teaMigrations')
  }

  /**
   * Copies the area's table pages, wherever they lie, into its slots and repoints the tree. No register names
   * the slots yet, so walks meanwhile go by the tree. Returns the frames they came from.
   */
  private moveTables(tea: Tea, table: PageTable): Frame[] {
    const old: Frame[] = []
    for (let p = tea.start as number; p < teaEnd(tea); p += pagesPerTable(tea.level)) {
      const from = table.tableOf(p, tea.level)
      if (from < 0) continue
      this.layer.entries.copyFrame(from as Frame, slotFrame(tea, p))
      table.repoint(p, tea.level, slotFrame(tea, p))
      old.push(from as Frame)
    }
    if (old.length === 0) return old
    this.layer.ledger.count('pagesCopied', old.length)
    this.layer.event(
      'tea-migrate',
      'leaf tables moved into their area',
      old.length,
      old.length * this.layer.costs.copyPage
    )
    this.layer.shootdown()
    return old
  }

  private loadRegister(tea: Tea): void {
    const gtea = tea.grant ? { id: tea.grant.id, offset: 0 } : null
    const pages = tea.slots * pagesPerTable(tea.level)
    this.registers.load(tea.register, { level: tea.level, start: tea.start, pages, base: tea.base, gtea })
    this.layer.ledger.count('registerLoads')
    this.layer.event(
      'register-load',
      `register ${tea.register} names the area`,
      tea.slots,
      this.layer.costs.registerWrite * 3
    )
  }
}
