/**
 * The DMT fetcher of one layer: match the registers, read one entry for each match
 * at the address the register gives, take the one valid leaf. What no register covers, or no fetch finds, is
 * walked by the fallback stage. Neither walk caches nor the nested TLB take part.
 */
import { ENTRIES_PER_TABLE, LOW_SPAN, frameHigh, frameLow } from '@shared/address/address'
import { PAGE_SIZE_BIT, PRESENT } from '@shared/arch/entry'
import { LeafStage, type LeafStageParts } from '../walker/leaf-stage'
import { FAULT, MISS, type Stage } from '../walker/stage'
import { FLAG_REGISTER } from '../walker/walk'
import type { TranslationState } from '../walker/translation-state'
import type { DmtRegisters } from './dmt-registers'
import type { GteaReader } from './gtea-reader'

export interface RegisterStageParts extends LeafStageParts {
  /** Names the registers that the CPU has loaded. */
  readonly state: Pick<TranslationState, 'registers'>
  readonly matchCycles: number
  /** Walks what registers do not serve; null: the caller has its own way, answer MISS. */
  readonly fallback: Stage | null
  /** Reads gTEA entries as it walks; null where they were read when registers were loaded. */
  readonly gteas: GteaReader | null
}

export class RegisterStage extends LeafStage {
  /** The entry fetched last. */
  private fetchedIndex = 0
  private fetchedLow = 0
  private fetchedHigh = 0

  constructor(private readonly parts: RegisterStageParts) {
    super(parts)
  }

  private get registers(): DmtRegisters {
    return this.parts.state.registers
  }

  translate(high: number, low: number, access: number): number {
    const walk = this.walk
    const page = high * LOW_SPAN + low
    const first = this.registers.matchFrom(0, page)
    if (first < 0) return this.fallBack(high, low, access)
    const step = walk.end
    const references = walk.references
    const critical = walk.criticalReferences
    walk.cycles += this.parts.matchCycles
    const machine = this.attempt(first, page, high, low, access)
    if (machine !== MISS) return machine
    walk.waste(step, references, critical)
    return this.fallBack(high, low, access)
  }

  /** One fetch for each match, all starting at once; the walk waits for the useful one, or for all. */
  private attempt(first: number, page: number, high: number, low: number, access: number): number {
    const walk = this.walk
    const startCritical = walk.criticalReferences
    const startCycles = walk.cycles
    const fellBack = walk.fellBack
    let slowest = startCycles
    for (let n = first; n >= 0; n = this.registers.matchFrom(n + 1, page)) {
      walk.cycles = startCycles
      walk.criticalReferences = startCritical
      walk.fellBack = fellBack
      walk.registerMatches++
      const machine = this.fetch(n, page)
      if (machine === FAULT) return FAULT
      if (machine >= 0) return this.accept(n, page, machine, high, low, access)
      walk.falseMatches++
      if (walk.cycles > slowest) slowest = walk.cycles
    }
    walk.cycles = slowest
    return MISS
  }

  /** Reads the entry register n points to; the frame it lies in when it is a valid leaf, else MISS or FAULT. */
  private fetch(n: number, page: number): number {
    const registers = this.registers
    const linear = registers.linearIndex(n, page)
    const level = registers.level[n]
    const slot = Math.floor(linear / ENTRIES_PER_TABLE)
    const machine = this.machineFrameOf(n, slot, level)
    if (machine < 0) return machine
    const table = registers.base[n] + slot
    const step = this.walk.end
    this.fetchedIndex = linear % ENTRIES_PER_TABLE
    this.port.read(this.layer, level, machine, table, this.fetchedIndex, FLAG_REGISTER)
    this.walk.register[step] = n
    this.fetchedLow = this.port.low
    this.fetchedHigh = this.port.high
    const isLeaf =
      (this.fetchedLow & PRESENT) !== 0 && (level === 1 || (this.fetchedLow & PAGE_SIZE_BIT) !== 0)
    return isLeaf ? machine : MISS
  }

  private machineFrameOf(n: number, slot: number, level: number): number {
    const { registers, below } = this
    if (registers.cooperative[n] === 1) return this.gteaFrame(n, slot)
    const table = registers.base[n] + slot
    if (below === null) return table
    this.walk.serving[this.layer] = level
    const machine = below.translate(frameHigh(table), frameLow(table), 0)
    this.walk.serving[this.layer] = 0
    if (machine === FAULT) this.blameRegister(n)
    return machine
  }

  /** The fault below is about a table that this register names, if no one in between named another frame. */
  private blameRegister(n: number): void {
    const { walk } = this
    if (walk.namingFrame < 0 && walk.namingRegister < 0) walk.namingRegister = n
  }

  /** By the hidden descriptor, or by the entry that is read now. A refused check is a match that finds nothing. */
  private gteaFrame(n: number, slot: number): number {
    const { gteas } = this.parts
    const machine =
      gteas === null ? this.registers.describedFrame(n, slot) : gteas.frameOf(this.registers, n, slot)
    return machine < 0 ? MISS : machine
  }

  private accept(
    n: number,
    page: number,
    machine: number,
    high: number,
    low: number,
    access: number
  ): number {
    const index = this.fetchedIndex
    const lowWord = this.fetchedLow
    const highWord = this.fetchedHigh
    this.fetchOthers(n, page)
    return this.leaf(high, low, this.registers.level[n], machine, index, lowWord, highWord, access)
  }

  /** Fetches of later matches ran beside the useful one: they are references, but nobody waits for them. */
  private fetchOthers(useful: number, page: number): void {
    const walk = this.walk
    const cycles = walk.cycles
    const critical = walk.criticalReferences
    const fellBack = walk.fellBack
    for (
      let n = this.registers.matchFrom(useful + 1, page);
      n >= 0;
      n = this.registers.matchFrom(n + 1, page)
    ) {
      walk.registerMatches++
      walk.falseMatches++
      this.fetch(n, page)
    }
    walk.cycles = cycles
    walk.criticalReferences = critical
    walk.fellBack = fellBack
  }

  private fallBack(high: number, low: number, access: number): number {
    const fallback = this.parts.fallback
    if (fallback === null) return MISS
    this.walk.fellBack = true
    return fallback.translate(high, low, access)
  }
}
