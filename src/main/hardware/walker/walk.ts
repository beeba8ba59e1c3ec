/**
 * One walk in progress: what it has read so far, what it costs, and how it ended.
 *
 * The same object serves every walk of a lane, so nothing is allocated on the way. Steps go into columns that
 * are a ring over many walks: recent walks can be shown later without having been copied.
 */
import { HIT_LEVELS, PATTERN_STEPS, type HitLevel } from '@shared/model/walk-record'

/** Steps kept; the oldest are overwritten. */
const RING_STEPS = 2 ** 16
/** No walk is longer: 215 references nested with 5 levels, and as many again for attempts that fell back. */
const LONGEST_WALK = 1024
const MAX_STEPS = RING_STEPS + LONGEST_WALK

/** Positions in HIT_LEVELS. */
export const HIT_PWC = 0
export const HIT_NTLB = 1
export const HIT_L1 = 2
/** Cache hit codes (0 L1, 1 L2, 2 LLC, 3 memory) follow from here. */
export const HIT_FIRST_CACHE = HIT_L1

/** A step that a walk-cache hit spared (walk style `artifact`): it only holds its place. */
export const HIT_ZERO = PATTERN_STEPS.indexOf('ZERO')

export const FLAG_REGISTER = 1
export const FLAG_WASTED = 2
export const FLAG_NOT_PRESENT = 4
/** The entry is one of EPT02: L0's table, but it serves L2's addresses. */
export const FLAG_SHADOW = 8

export class Walk {
  /** The walk's steps are those from `start` up to `end` in the columns, walk-cache hits included. */
  start = 0
  end = 0
  /** Steps written in all walks so far: tells which of the ring are still whole. */
  stepsWritten = 0
  readonly layer = new Uint8Array(MAX_STEPS)
  readonly level = new Uint8Array(MAX_STEPS)
  readonly hit = new Uint8Array(MAX_STEPS)
  readonly flags = new Uint8Array(MAX_STEPS)
  readonly index = new Uint16Array(MAX_STEPS)
  /** Level of the L1 (L2) table on whose behalf the step was made; 0 when for the data. */
  readonly forLevel1 = new Uint8Array(MAX_STEPS)
  readonly forLevel2 = new Uint8Array(MAX_STEPS)
  readonly machineFrame = new Int32Array(MAX_STEPS)
  /** The table page in its layer's own space; -1 where only the machine frame is known. */
  readonly tableFrame = new Int32Array(MAX_STEPS)
  readonly low = new Int32Array(MAX_STEPS)
  readonly high = new Int32Array(MAX_STEPS)
  readonly register = new Uint8Array(MAX_STEPS)
  /** Latency of the step itself. */
  readonly latency = new Float64Array(MAX_STEPS)
  /** Critical-path cycles when the step had ended. */
  readonly cyclesAt = new Float64Array(MAX_STEPS)

  references = 0
  criticalReferences = 0
  wastedReferences = 0
  /** Latency along the critical path. */
  cycles = 0
  /** At least one layer was walked as radix although it has registers. */
  fellBack = false
  registerMatches = 0
  falseMatches = 0

  /** The table level each layer's walk is serving right now; layers 1 and 2 only. */
  readonly serving = new Uint8Array(4)

  /** Smallest leaf level over the layers: what a TLB may cache. */
  leafLevel = 1
  writable = true
  executable = true
  dirty = true

  /** Valid after FAULT. */
  faultLayer = 0
  faultHigh = 0
  faultLow = 0
  faultIsProtection = false
  faultInShadow = false

  begin(): void {
    if (this.end >= RING_STEPS) {
      this.stepsWritten += MAX_STEPS - this.end
      this.end = 0
    }
    this.start = this.end
    this.references = 0
    this.criticalReferences = 0
    this.wastedReferences = 0
    this.cycles = 0
    this.fellBack = false
    this.registerMatches = 0
    this.falseMatches = 0
    this.serving[1] = 0
    this.serving[2] = 0
    this.leafLevel = 5
    this.writable = true
    this.executable = true
    this.dirty = true
    this.faultIsProtection = false
    this.faultInShadow = false
  }

  /** The translation under way locates a table page of an upper layer, not the page asked for. */
  get isForTable(): boolean {
    return (this.serving[1] | this.serving[2]) !== 0
  }

  /** A reference to an entry: one more on the critical path. */
  read(
    layer: number,
    level: number,
    machineFrame: number,
    tableFrame: number,
    index: number,
    cacheCode: number,
    latency: number,
    low: number,
    high: number,
    flags: number
  ): void {
    this.references++
    this.criticalReferences++
    this.cycles += latency
    const n = this.step(layer, level, machineFrame, tableFrame, index, HIT_FIRST_CACHE + cacheCode, flags)
    this.latency[n] = latency
    this.low[n] = low
    this.high[n] = high
  }

  /** A walk cache answered: no reference, only its latency. */
  cached(
    layer: number,
    level: number,
    machineFrame: number,
    index: number,
    hit: number,
    latency: number,
    flags: number
  ): void {
    this.cycles += latency
    const n = this.step(layer, level, machineFrame, -1, index, hit, flags)
    this.latency[n] = latency
    this.low[n] = 0
    this.high[n] = 0
  }

  /** Steps that were not made but keep their place. Of their columns only `hit` and `flags` are set. */
  spare(steps: number): void {
    const end = this.end + steps
    for (let n = this.end; n < end; n++) {
      this.hit[n] = HIT_ZERO
      this.flags[n] = 0
    }
    this.end = end
    this.stepsWritten += steps
  }

  private step(
    layer: number,
    level: number,
    machineFrame: number,
    tableFrame: number,
    index: number,
    hit: number,
    flags: number
  ): number {
    const n = this.end++
    this.stepsWritten++
    this.layer[n] = layer
    this.level[n] = level
    this.machineFrame[n] = machineFrame
    this.tableFrame[n] = tableFrame
    this.index[n] = index
    this.hit[n] = hit
    this.flags[n] = flags
    this.forLevel1[n] = layer < 1 ? this.serving[1] : 0
    this.forLevel2[n] = layer < 2 ? this.serving[2] : 0
    this.cyclesAt[n] = this.cycles
    return n
  }

  /** The reads since `step` (of which `references` were made) led nowhere: they are wasted, not walked. */
  waste(step: number, references: number, criticalReferences: number): void {
    for (let n = step; n < this.end; n++) this.flags[n] |= FLAG_WASTED
    this.wastedReferences += this.references - references
    this.references = references
    this.criticalReferences = criticalReferences
  }

  fault(layer: number, high: number, low: number, isProtection: boolean, inShadow: boolean): void {
    if (this.end > this.start && !isProtection) this.flags[this.end - 1] |= FLAG_NOT_PRESENT
    this.faultLayer = layer
    this.faultHigh = high
    this.faultLow = low
    this.faultIsProtection = isProtection
    this.faultInShadow = inShadow
  }

  /** Steps written when the walk began: with `hasSteps` a later reader knows whether they still stand. */
  get serial(): number {
    return this.stepsWritten - (this.end - this.start)
  }

  /** Whether steps written from this serial on have not been overwritten. */
  hasSteps(serial: number): boolean {
    return this.stepsWritten - serial < RING_STEPS
  }

  hitLevel(step: number): HitLevel {
    return HIT_LEVELS[this.hit[step]]
  }
}
