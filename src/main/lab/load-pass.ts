/**
 * Loads what the next references are going to read: TLB sets, leaf entries, cache sets, the owners of frames. A walk
 * is a chain of loads, each of which waits for the one before; here a few references go side by side, so that the
 * processor that runs the lab waits for many of them at once.
 *
 * Nothing is counted and nothing changes: a run is the same with it and without it, only slower or faster. It
 * gains where TLB misses are frequent and costs where they are rare, so the miss rate decides (`auto`).
 */
import { frameHigh, frameLow, pageFrom } from '@shared/address/address'
import { FETCH, type AccessBatch } from '@shared/model/access'
import type { Caches } from '../hardware/cache/caches'
import { LeafTables } from '../hardware/walker/leaf-tables'
import type { TranslationState } from '../hardware/walker/translation-state'
import type { Cpu } from './cpu'
import type { Machine } from './machine'

/** References loaded at once: enough to overlap, few enough that the first are still there when the last are done. */
export const SLICE = 32
/** Misses of a slice, on average, from which on loading gains more than it costs. */
const LEAST_MISSES = 3
const DECAY_SHIFT = 3
const LINE_SHIFT = 6
const ENTRIES_PER_LINE_SHIFT = 3

export class LoadPass {
  /** Whether the next references are worth loading. */
  isOn: boolean
  private readonly isAuto: boolean
  /** Running mean of the misses of a slice, times 2^DECAY_SHIFT. */
  private misses = 0
  private cpu: Cpu
  private caches: Caches
  /** Innermost first. */
  private tables: readonly LeafTables[]
  private readonly owners: readonly Int32Array[]
  private tableMoves = 0
  /** The pages still on their way, one layer after the other, and the line wanted of each. */
  private readonly highs = new Int32Array(SLICE)
  private readonly lows = new Int32Array(SLICE)
  private readonly lines = new Int32Array(SLICE)
  /** Takes what was loaded, so that no compiler drops the loads. */
  sink = 0

  constructor(private readonly machine: Machine) {
    const { loadPass } = machine.spec.engine
    this.isOn = loadPass === 'on'
    this.isAuto = loadPass === 'auto'
    this.cpu = machine.cpu
    this.caches = machine.caches
    this.owners = machine.stack.layers.map((layer) => layer.pageOfFrame)
    this.tables = leafTables(machine)
  }

  /** A slice is done, in which so many look-ups missed the TLB. */
  observe(misses: number): void {
    if (!this.isAuto) return
    this.misses += misses - (this.misses >> DECAY_SHIFT)
    this.isOn = this.misses >> DECAY_SHIFT >= LEAST_MISSES
  }

  /** Accesses [from, to) of the batch, at most SLICE. */
  load(batch: AccessBatch, from: number, to: number): void {
    if (this.tableMoves !== this.machine.tableMoves) this.forget()
    let n = this.choose(batch, from, to)
    for (let d = 0; d < this.tables.length; d++) n = this.loadEntries(this.tables[d], n)
    this.loadData(n)
    for (let k = 0; k < this.owners.length; k++) this.loadOwners(this.owners[k], n)
  }

  /** Takes the pages that the TLB will miss; looking loads its sets. */
  private choose(batch: AccessBatch, from: number, to: number): number {
    const { kind, high, low, offset } = batch
    const { tlb, context } = this.machine
    let n = 0
    for (let i = from; i < to; i++) {
      if (kind[i] > FETCH || tlb.isShared(high[i], low[i], context)) continue
      this.highs[n] = high[i]
      this.lows[n] = low[i]
      this.lines[n++] = offset[i] >>> LINE_SHIFT
    }
    return n
  }

  /** Goes down one layer: from pages to its frames, which are pages to the next. Returns how many are mapped. */
  private loadEntries(tables: LeafTables, n: number): number {
    const { highs, lows, lines, caches } = this
    let mapped = 0
    let sink = 0
    for (let i = 0; i < n; i++) {
      const low = lows[i]
      const table = tables.tableOf(highs[i], low)
      if (table >= 0) sink += caches.load(table, (low & 511) >>> ENTRIES_PER_LINE_SHIFT)
      const frame = tables.frameIn(table, low)
      if (frame < 0) continue
      highs[mapped] = frameHigh(frame)
      lows[mapped] = frameLow(frame)
      lines[mapped++] = lines[i]
    }
    this.sink = sink | 0
    return mapped
  }

  private loadData(n: number): void {
    const { highs, lows, lines, caches } = this
    let sink = 0
    for (let i = 0; i < n; i++) {
      const frame = pageFrom(highs[i], lows[i])
      sink += caches.load(frame, lines[i])
      lows[i] = frame
    }
    this.sink = sink | 0
  }

  /** From frames up to the pages of the layer that they serve. */
  private loadOwners(owners: Int32Array, n: number): void {
    const { lows } = this
    for (let i = 0; i < n; i++) lows[i] = owners[lows[i]] - 1
  }

  private forget(): void {
    const { machine } = this
    this.tableMoves = machine.tableMoves
    if (this.cpu !== machine.cpu) {
      this.cpu = machine.cpu
      this.caches = machine.caches
      this.tables = leafTables(machine)
    }
    for (const tables of this.tables) tables.forget()
  }
}

/** The tables on the way from the page to the machine: a shadow in the place of those it stands for. */
function leafTables({ stack, design, cpu }: Machine): LeafTables[] {
  const { states, shadowState } = cpu
  const over = (state: TranslationState, below: LeafTables | null): LeafTables =>
    new LeafTables(stack.memory, state, state.levels, below)
  const { shadow } = stack
  // Behind a switch of agile paging lie the tables of both layers, which say the same as the shadow does.
  const walksShadow =
    shadow !== null && shadowState !== null && !design.info.hasRegisters && stack.shadows.plan !== 'agile'
  const chain = walksShadow ? [shadowState, ...states.slice(shadow.chain.length)] : states
  return chain.reduce<LeafTables[]>((tables, state) => [over(state, tables[0] ?? null), ...tables], [])
}
