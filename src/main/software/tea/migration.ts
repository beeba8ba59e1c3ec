/**
 * Moves leaf tables into the slots of an area while other CPUs may walk them. The order matters: registers are
 * invalid before the first entry changes, walk caches and TLBs are flushed after the last, bits that walkers set
 * in an old page until then are carried over, and old pages are free only when nobody can read them.
 */
import { counted } from '@shared/format/counted'
import { ENTRIES_PER_TABLE, type Frame } from '@shared/address/address'
import { ACCESSED, DIRTY, entryFrame } from '@shared/arch/entry'
import { releaseFrames, type AreaFrames } from './area-frames'
import type { RegisterAssignment } from './register-assignment'
import {
  SLOT_FREE,
  SLOT_LINKED,
  SLOT_LOST,
  reachOf,
  resize,
  slotFrame,
  slotOf,
  teaEnd,
  type Tea,
  type TeaSpan
} from './tea'
import type { TeaContext } from './tea-policy'

interface MovedTable {
  readonly page: number
  readonly from: Frame
  readonly to: Frame
}

export class TableMover {
  constructor(
    private readonly context: TeaContext,
    private readonly registers: RegisterAssignment
  ) {}

  /** Leaf tables that lie elsewhere move into their slots of the area, and their ordinary frames are freed. */
  adopt(tea: Tea): void {
    const tables = this.tablesElsewhere(tea).filter(({ page }) => this.isFree(tea, page))
    if (tables.length === 0) return
    for (const { page } of tables) this.markLinked(tea, page)
    this.move(tea, tables, () => this.releaseTables(tables))
  }

  /** The area gets other frames, and may reach further; the frames it had are given back. */
  relocate(tea: Tea, span: TeaSpan, to: AreaFrames): void {
    const old: AreaFrames = { base: tea.base, grant: tea.grant }
    const { states } = tea
    this.registers.suspend(tea)
    this.step('register-off', tea)
    tea.base = to.base
    tea.grant = to.grant
    resize(tea, span)
    this.replaceLost(tea)
    const elsewhere = this.tablesElsewhere(tea)
    const own = elsewhere.filter(({ from }) => from >= old.base && from < old.base + states.length)
    const adopted = elsewhere.filter(({ page }) => this.isFree(tea, page))
    for (const { page } of adopted) this.markLinked(tea, page)
    this.move(tea, [...own, ...adopted], () => {
      this.releaseTables(adopted)
      releaseFrames(this.context.layer, old, states)
    })
    this.registers.refresh(tea)
    this.step('register-on', tea)
  }

  private tablesElsewhere(tea: Tea): MovedTable[] {
    const table = this.context.space?.table
    const tables: MovedTable[] = []
    for (let page = tea.start as number; table && page < teaEnd(tea); page += reachOf(tea)) {
      const from = table.tableOf(page, tea.level)
      const to = slotFrame(tea, page)
      if (from >= 0 && from !== (to as number)) tables.push({ page, from: from as Frame, to })
    }
    return tables
  }

  private move(tea: Tea, tables: readonly MovedTable[], release: () => void): void {
    const { layer, space } = this.context
    for (const { from, to } of tables) layer.entries.copyFrame(from, to)
    this.step('copied', tea)
    for (const { page, to } of tables) space?.table.repoint(page, tea.level, to)
    this.step('repointed', tea)
    if (tables.length > 0) this.book(tables.length)
    this.step('flushed', tea)
    for (const { from, to } of tables) this.carryOver(from, to)
    release()
    this.step('released', tea)
  }

  private book(tables: number): void {
    const { layer } = this.context
    layer.ledger.count('teaMigrations')
    layer.ledger.count('pagesCopied', tables)
    layer.ledger.count('entriesRepointed', tables)
    layer.event('tea-migrate', 'leaf tables moved into their TEA', tables, tables * layer.costs.copyPage)
    layer.shootdown()
    layer.ledger.calls.say(layer.index, layer.index, `moves ${counted(tables, 'leaf table')} into their TEA`)
  }

  /** A and D bits that walkers set in the old page since it was copied. */
  private carryOver(from: Frame, to: Frame): void {
    const { entries } = this.context.layer
    const { memory } = entries
    const source = entries.machineFrameOf(from)
    const target = entries.machineFrameOf(to)
    if (!memory.hasContents(source)) return
    for (let i = 0; i < ENTRIES_PER_TABLE; i++) {
      const low = memory.low(target, i)
      const set = memory.low(source, i) & (ACCESSED | DIRTY) & ~low
      if (set === 0) continue
      const high = memory.high(target, i)
      const isSameFrame = entryFrame(memory.low(source, i), memory.high(source, i)) === entryFrame(low, high)
      if (isSameFrame) memory.write(target, i, low | set, high)
    }
  }

  /** The new frames are all the area's own. */
  private replaceLost(tea: Tea): void {
    for (let i = tea.states.indexOf(SLOT_LOST); i >= 0; i = tea.states.indexOf(SLOT_LOST, i))
      tea.states[i] = SLOT_FREE
    tea.lost = 0
  }

  private isFree(tea: Tea, page: number): boolean {
    return tea.states[slotOf(tea, page)] === SLOT_FREE
  }

  private markLinked(tea: Tea, page: number): void {
    tea.states[slotOf(tea, page)] = SLOT_LINKED
    tea.slotsUsed++
  }

  private releaseTables(tables: readonly MovedTable[]): void {
    for (const { from } of tables) this.context.layer.releaseTable(from)
  }

  private step(step: Parameters<TeaContext['onMoveStep']>[0], tea: Tea): void {
    this.context.onMoveStep(step, tea)
  }
}
