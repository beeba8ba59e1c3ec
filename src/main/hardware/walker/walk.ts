/**
 * One walk in progress: what it has read so far, what it costs, and how it ended.
 *
 * The same object serves every walk of a lane, so nothing is allocated on the way. Steps go into columns that
 * are a ring over many walks: recent walks can be shown later without having been copied.
 */
import { HIT_LEVELS, PATTERN_STEPS, type HitLevel } from '@shared/model/walk-record'

/** Steps kept; the oldest are overwritten. Small, so that noting a walk does not push tables out of the CPU's caches. */
const RING_STEPS = 2 ** 14
/**
 * No walk is longer: 215 references nested with 5 levels, and as many again for attempts that fell back; cuckoo tables in
 * three layers of which nothing is known and none is complete, 4095.
 */
export const LONGEST_WALK = 4096
const MAX_STEPS = RING_STEPS + LONGEST_WALK

/** Positions in HIT_LEVELS. */
export const HIT_PWC = 0
export const HIT_NTLB = 1
export const HIT_L1 = 2
/** Cache hit codes (0 L1, 1 L2, 2 LLC, 3 memory) follow from here. */
const HIT_FIRST_CACHE = HIT_L1

/** A step that a walk-cache hit spared (walk style `artifact`): it only holds its place. */
export const HIT_ZERO = PATTERN_STEPS.indexOf('ZERO')
/** A read whose line a prefetch of the same walk fetches: it waits, and is no reference of its own. */
export const HIT_PREFETCHED = PATTERN_STEPS.indexOf('PREFETCHED')

/**
 * What a step was, packed into one word, because writing a column each would cost more than the walk:
 *
 *   30 29 28 27 26......18 17 16 15 14 13.12 11..9 8..6 5...3 2.0
 *    F  N  H  G  index     NP  W  S  R layer  for2 for1 level hit
 */
const LEVEL_SHIFT = 3
const FOR_1_SHIFT = 6
const FOR_2_SHIFT = 9
const LAYER_SHIFT = 12
/** The entry was found through a register. */
export const FLAG_REGISTER = 1 << 14
/** The entry is one of EPT02: L0's table, but it serves L2's addresses. */
export const FLAG_SHADOW = 1 << 15
export const FLAG_WASTED = 1 << 16
export const FLAG_NOT_PRESENT = 1 << 17
const INDEX_SHIFT = 18
const INDEX_MASK = 511
/** The entry is one of L0's table of gTEAs, read to check a register. */
export const FLAG_GTEA = 1 << 27
/** The entry was probed in a way of a cuckoo table; the column `register` holds the way. */
export const FLAG_HASH = 1 << 28
/** The entry lies in a 2 MiB node of a flattened table; `level` is the lower of its two. */
export const FLAG_NODE = 1 << 29
/** The entry was read ahead, beside the walk. */
export const FLAG_PREFETCH = 1 << 30

export const hitOf = (step: number): number => step & 7
export const levelOf = (step: number): number => (step >> LEVEL_SHIFT) & 7
/** Level of the L1 table on whose behalf the step was made; 0 when for the data. */
export const forLevel1Of = (step: number): number => (step >> FOR_1_SHIFT) & 7
/** The same of L2. */
export const forLevel2Of = (step: number): number => (step >> FOR_2_SHIFT) & 7
export const layerOf = (step: number): number => (step >> LAYER_SHIFT) & 3
export const indexOf = (step: number): number => (step >> INDEX_SHIFT) & INDEX_MASK

/** Steps of a walk as a reader of them sees them. */
export type StepColumns = Pick<
  Walk,
  | 'steps'
  | 'machineFrame'
  | 'tableFrame'
  | 'low'
  | 'high'
  | 'register'
  | 'cyclesAt'
  | 'hitLevel'
  | 'latencyOf'
>

export class Walk {
  /** The walk's steps are those from `start` up to `end` in the columns, walk-cache hits included. */
  start = 0
  end = 0
  /** Places in earlier rounds of the ring. */
  private lapped = 0
  /** Packed as above. */
  readonly steps = new Int32Array(MAX_STEPS)
  readonly machineFrame = new Int32Array(MAX_STEPS)
  /** The table page in its layer's own space; -1 where only the machine frame is known. */
  readonly tableFrame = new Int32Array(MAX_STEPS)
  readonly low = new Int32Array(MAX_STEPS)
  readonly high = new Int32Array(MAX_STEPS)
  /** Number of the register or way, where one was used. */
  readonly register = new Uint8Array(MAX_STEPS)
  /** Critical-path cycles when the step had ended. */
  readonly cyclesAt = new Float64Array(MAX_STEPS)
  /** Latency of a step by where it was answered: the same for all steps. */
  private readonly latencies = new Float64Array(PATTERN_STEPS.length)

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
  /** Its leaf may not be written, but the first write would make a copy that may. */
  copyOnWrite = false
  executable = true
  dirty = true

  /** Valid after FAULT. */
  faultLayer = 0
  faultHigh = 0
  faultLow = 0
  faultIsProtection = false
  faultInShadow = false
  /** What of the layer above named the page of the fault: an entry, or the register that points to a table; -1: none. */
  namingFrame = -1
  namingIndex = 0
  namingRegister = -1

  begin(): void {
    if (this.end >= RING_STEPS) {
      // Every walk starts within the ring, whatever it reaches beyond, so serials go on growing.
      this.lapped += RING_STEPS
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
    this.copyOnWrite = false
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
    this.step(layer, level, machineFrame, tableFrame, index, HIT_FIRST_CACHE + cacheCode, latency, flags)
    const n = this.end - 1
    this.low[n] = low
    this.high[n] = high
  }

  /** A read whose entry a prefetch has fetched, or will: no reference, only the latency of the first-level cache. */
  prefetched(
    layer: number,
    level: number,
    machineFrame: number,
    tableFrame: number,
    index: number,
    latency: number,
    low: number,
    high: number,
    flags: number
  ): void {
    this.step(layer, level, machineFrame, tableFrame, index, HIT_PREFETCHED, latency, flags)
    const n = this.end - 1
    this.low[n] = low
    this.high[n] = high
  }

  /** What was read beside the walk is needed now: no earlier than it arrived, behind so many dependent reads. */
  waitFor(cycles: number, depth: number): void {
    if (cycles > this.cycles) this.cycles = cycles
    if (depth > this.criticalReferences) this.criticalReferences = depth
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
    this.step(layer, level, machineFrame, -1, index, hit, latency, flags)
  }

  /** Steps that were not made but keep their place. Of their columns only `steps` is set. */
  spare(steps: number): void {
    const end = this.end + steps
    for (let n = this.end; n < end; n++) this.steps[n] = HIT_ZERO
    this.end = end
  }

  private step(
    layer: number,
    level: number,
    machineFrame: number,
    tableFrame: number,
    index: number,
    hit: number,
    latency: number,
    flags: number
  ): void {
    const n = this.end++
    const { serving } = this
    const servedL1 = layer < 1 ? serving[1] << FOR_1_SHIFT : 0
    const servedL2 = layer < 2 ? serving[2] << FOR_2_SHIFT : 0
    const place = (level << LEVEL_SHIFT) | servedL1 | servedL2 | (layer << LAYER_SHIFT)
    this.steps[n] = hit | place | flags | (index << INDEX_SHIFT)
    this.machineFrame[n] = machineFrame
    this.tableFrame[n] = tableFrame
    this.latencies[hit] = latency
    this.cycles += latency
    this.cyclesAt[n] = this.cycles
  }

  /** The reads since `step` (of which `references` were made) led nowhere: they are wasted, not walked. */
  waste(step: number, references: number, criticalReferences: number): void {
    for (let n = step; n < this.end; n++) this.steps[n] |= FLAG_WASTED
    this.wastedReferences += this.references - references
    this.references = references
    this.criticalReferences = criticalReferences
  }

  fault(layer: number, high: number, low: number, isProtection: boolean, inShadow: boolean): void {
    if (this.end > this.start && !isProtection) this.steps[this.end - 1] |= FLAG_NOT_PRESENT
    this.faultLayer = layer
    this.faultHigh = high
    this.faultLow = low
    this.faultIsProtection = isProtection
    this.faultInShadow = inShadow
    this.namingFrame = -1
    this.namingRegister = -1
  }

  /** Steps written before the walk: with `hasSteps` a later reader knows whether the walk's still stand. */
  get serial(): number {
    return this.lapped + this.start
  }

  /** Whether steps written from this serial on have not been overwritten. */
  hasSteps(serial: number): boolean {
    return this.lapped + this.end - serial < RING_STEPS
  }

  hitLevel(step: number): HitLevel {
    return HIT_LEVELS[hitOf(this.steps[step])]
  }

  latencyOf(step: number): number {
    return this.latencies[hitOf(this.steps[step])]
  }

  /** Steps [from, to) as they are now, numbered from 0: they stay when the ring overwrites these. */
  copy(from: number, to: number): StepColumns {
    const { latencies } = this
    const steps = this.steps.slice(from, to)
    return {
      steps,
      machineFrame: this.machineFrame.slice(from, to),
      tableFrame: this.tableFrame.slice(from, to),
      low: this.low.slice(from, to),
      high: this.high.slice(from, to),
      register: this.register.slice(from, to),
      cyclesAt: this.cyclesAt.slice(from, to),
      hitLevel: (step) => HIT_LEVELS[hitOf(steps[step])],
      latencyOf: (step) => latencies[hitOf(steps[step])]
    }
  }
}
