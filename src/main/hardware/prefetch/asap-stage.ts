/**
 * Prefetched address translation for one layer (Margaritov et al., MICRO 2019): registers say where the deepest levels
 * of the layer's tables lie as arrays, so their entries are read at the same time as the walk begins. The walk is made
 * as ever and is what is believed; it finds the entries on their way.
 *
 * In a guest an entry can be prefetched only where its machine address is known, that is in a grant. The walk of the
 * layers below for its table, which the walk will need too, is then made ahead as well.
 */
import { ENTRIES_PER_TABLE, LOW_SPAN, frameHigh, frameLow } from '@shared/address/address'
import { LOAD } from '@shared/model/access'
import type { Context } from '@shared/arch/context'
import type { NestedTlb } from '../pwc/nested-tlb'
import type { DmtRegisters } from '../registers/dmt-registers'
import type { GteaReader } from '../registers/gtea-reader'
import type { EntryPort } from '../walker/entry-port'
import type { Stage } from '../walker/stage'
import type { TranslationState } from '../walker/translation-state'
import type { Walk } from '../walker/walk'

export interface AsapStageParts {
  readonly layer: number
  /** Names the registers that the CPU has loaded. */
  readonly state: Pick<TranslationState, 'registers'>
  /** Cycles from the begin of the walk to that of a prefetch. */
  readonly matchCycles: number
  /** The walk itself. */
  readonly walker: Stage
  /** Reads entries ahead. */
  readonly ahead: EntryPort
  /** Walks the layers below ahead; null below L0. */
  readonly aheadBelow: Stage | null
  /** Where the walk finds tables whose machine frames are known; null where it has none. */
  readonly ntlb: NestedTlb | null
  readonly tablesContext: Context
  /** Reads the gTEA entries that registers name, where that is not done when they are loaded. */
  readonly gteas: GteaReader | null
  readonly walk: Walk
}

export class AsapStage implements Stage {
  readonly layer: number

  constructor(private readonly parts: AsapStageParts) {
    this.layer = parts.layer
  }

  translate(high: number, low: number, access: number): number {
    this.prefetch(high * LOW_SPAN + low)
    return this.parts.walker.translate(high, low, access)
  }

  /** One entry for each register that covers the page, all at the same time; the walk goes on as if nothing were. */
  private prefetch(page: number): void {
    const { walk, matchCycles } = this.parts
    const { registers } = this.parts.state
    const { cycles, criticalReferences } = walk
    for (let n = registers.matchFrom(0, page); n >= 0; n = registers.matchFrom(n + 1, page)) {
      walk.cycles = cycles + matchCycles
      this.prefetchEntry(registers, n, page)
      walk.criticalReferences = criticalReferences
      walk.cycles = cycles + matchCycles
      this.locateTable(registers, n, page)
      walk.criticalReferences = criticalReferences
    }
    walk.cycles = cycles
  }

  private prefetchEntry(registers: DmtRegisters, n: number, page: number): void {
    const linear = registers.linearIndex(n, page)
    const slot = Math.floor(linear / ENTRIES_PER_TABLE)
    const machine = this.machineFrameOf(registers, n, slot)
    if (machine < 0) return
    const { ahead, walk } = this.parts
    const step = walk.end
    ahead.read(this.layer, registers.level[n], machine, machine, linear % ENTRIES_PER_TABLE, 0)
    walk.register[step] = n
  }

  /** Machine frame of the table, or -1 where only a walk of the layers below could tell. */
  private machineFrameOf(registers: DmtRegisters, n: number, slot: number): number {
    const { aheadBelow, gteas } = this.parts
    if (registers.cooperative[n] === 0) return aheadBelow === null ? registers.base[n] + slot : -1
    return gteas === null ? registers.describedFrame(n, slot) : gteas.frameOf(registers, n, slot)
  }

  /** What the walk will ask of the layers below: where the table lies that holds the entry. */
  private locateTable(registers: DmtRegisters, n: number, page: number): void {
    const { aheadBelow, ntlb, tablesContext, walk } = this.parts
    const value = registers.valueOf(n)
    if (aheadBelow === null || value === null || registers.cooperative[n] === 0) return
    const table = value.base + Math.floor(registers.linearIndex(n, page) / ENTRIES_PER_TABLE)
    if (ntlb !== null && ntlb.peek(table, tablesContext) >= 0) return
    walk.serving[this.layer] = value.level
    aheadBelow.translate(frameHigh(table), frameLow(table), LOAD)
    walk.serving[this.layer] = 0
  }
}
