/** Result of a run, schema dmt-lab/run@1: what files hold, reports print and the window shows. */
import type { ByDesign } from '../formulas/estimate'
import type { PaperPages } from '../formulas/places'
import type { Counters } from '../stats/counters'
import type { Derived } from '../stats/derived'
import type { Environment } from './environment'
import type { LabEvent } from './lab-event'
import type { LabSpec } from './spec'
import type { PatternStep, WalkRecord, WalkStep } from './walk-record'

export const RUN_SCHEMA = 'dmt-lab/run@1'

export interface SourceInfo {
  readonly kind: 'workload' | 'trace' | 'scenario'
  readonly id: string
  /** Of the trace or scenario file, compressed as it lies on disk; absent for what comes with the lab. */
  readonly sha256?: string
  readonly records: number
  /** Name of that file, without its folder. */
  readonly name?: string
  /** Areas came from a memory map, or were inferred from the accesses. */
  readonly areas?: 'mapped' | 'inferred'
  /** The trace holds samples of what the program did, so that rates say nothing (sampled.ts); absent otherwise. */
  readonly sampled?: true
}

export interface MemoryUse {
  readonly pageTableBytes: number
  readonly teaBytes: number
  readonly teaBubbleBytes: number
  readonly shadowTableBytes: number
  /** Of what the design keeps beside ordinary tables: segments, nodes, cuckoo ways, range tables. */
  readonly designBytes: number
  /** All frames that translation takes: tables, areas with their unused slots, and what the design keeps beside them. */
  readonly translationBytes: number
  readonly dataBytes: number
  readonly [more: string]: number
}

export interface HistogramRow {
  readonly steps: readonly PatternStep[]
  readonly count: number
  /** Walk cycles of these walks together; absent where they were not kept apart. */
  readonly cycles?: number
}

export interface LaneSeries {
  readonly references: number[]
  readonly cyclesPerWalk: number[]
  readonly walkOverhead: number[]
  readonly referencesPerWalk: number[]
  readonly walksPerKiloReference: number[]
}

/** Walks of a lane that a result holds at most. */
export const MOST_RESULT_WALKS = 100

/** A walk as it happened, without what only a picture of it needs. */
export interface ResultWalk extends Pick<
  WalkRecord,
  'walk' | 'reference' | 'access' | 'address' | 'outcome' | 'references' | 'cycles'
> {
  readonly steps: readonly ResultStep[]
}

export type ResultStep = Pick<
  WalkStep,
  'layer' | 'level' | 'for' | 'tableAddress' | 'address' | 'hit' | 'cycles' | 'wasted'
>

export interface LaneResult {
  readonly id: string
  readonly design: string
  readonly environment: Environment
  readonly counters: Counters
  readonly derived: Derived
  readonly memory: MemoryUse
  /** Cost of populating memory before the first reference, outside all counters. */
  readonly setUp: { readonly pages: number; readonly softwareCycles: number; readonly counters: Counters }
  readonly walkHistogram: readonly HistogramRow[]
  readonly series: LaneSeries
  readonly events: readonly LabEvent[]
  /** The latest that the lane still kept, oldest first, attempts that faulted included; absent in files older than it. */
  readonly walks?: readonly ResultWalk[]
  readonly digest: string
}

export interface Comparison {
  readonly baseline: string
  readonly pageWalkSpeedup: Record<string, number>
  readonly applicationSpeedup: Record<string, number>
  /** By lane: bytes that translation takes beyond the baseline's, negative for fewer; absent in files older than it. */
  readonly memoryOverhead?: Record<string, number>
  readonly sameTranslations: boolean
  /** First reference at which translations differed; absent when none did. */
  readonly firstDifference?: number
}

/** By the paper's formulas, from the steps of one lane's walks: no other design was emulated for it. */
export interface RunFormula {
  /** The radix lane whose walks were read. */
  readonly lane: string
  /** Leaf size of the walks read, in both dimensions. */
  readonly pages: PaperPages
  /** How many; the few with leaves of another size are left out. */
  readonly walks: number
  /** Emulated, of that lane: the application speedups rest on it. */
  readonly walkOverhead: number
  /** `vanilla` is the baseline of the speedups. */
  readonly cyclesPerWalk: ByDesign
  readonly pageWalkSpeedup: ByDesign
  readonly applicationSpeedup: ByDesign
}

export interface RunResult {
  readonly schema: typeof RUN_SCHEMA
  readonly partial: boolean
  /** Why it ended early; absent when complete. */
  readonly partialReason?: string
  readonly app: { readonly version: string }
  readonly spec: LabSpec
  readonly source: SourceInfo
  readonly lanes: readonly LaneResult[]
  readonly comparison: Comparison
  /** Absent where the formulas have no meaning, and in files older than they. */
  readonly formula?: RunFormula
  readonly provenance: {
    readonly emulated: string[]
    readonly modelled: string[]
    readonly imported: string[]
  }
}
