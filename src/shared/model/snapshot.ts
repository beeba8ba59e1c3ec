/** What a running session tells the window, at most 20 times a second. */
import type { LabSpec } from './spec'
import type { SourceInfo } from './result'
import type { WalkSummary } from './walk-record'

/** Columns of a series row: cumulative counters at a reference number, so that any rate is a difference. */
export const SERIES_COLUMNS = [
  'references',
  'walks',
  'walkReferences',
  'walkCycles',
  'walkStallCycles',
  'totalCycles',
  'dmtWalks',
  'walkCriticalReferences',
  'instructions',
  'dataCycles',
  'softwareCycles',
  'pwcHits',
  'ntlbHits',
  'stepsL1',
  'stepsL2',
  'stepsLlc',
  'stepsMemory',
  'stlbHits',
  'stlbMisses',
  'pageFaults',
  'eptViolations',
  'vmExits',
  'hypercallsDenied',
  'teaMigrations',
  'teaFallbacks',
  'hugePromotions',
  'hugeSplits',
  'framesMigrated',
  'liveMigrations',
  'contextSwitches'
] as const
export const SERIES_WIDTH = SERIES_COLUMNS.length

export type RunState = 'ready' | 'running' | 'paused' | 'finished' | 'failed'

export interface LaneSnapshot {
  readonly id: string
  readonly design: string
  readonly dmt: boolean
  /** Layers whose registers cover the main area; for the tag in the lane's header. */
  readonly coveredLayers: number
  /** In the order of COUNTERS, since the end of the warm-up. */
  readonly counters: Float64Array
  /** New rows since the last snapshot, SERIES_WIDTH numbers each, since reference 1 (warm-up included). */
  readonly series: Float64Array
  readonly events: number
  readonly slowest: readonly WalkSummary[]
  readonly latestWalk: WalkSummary | null
}

/** A moment worth a mark on the charts. */
export interface Marker {
  readonly reference: number
  readonly lane: number | null
  readonly kind: 'dmt-on' | 'dmt-off' | 'cooperation-on' | 'cooperation-off' | 'warm-up-end'
}

export interface Snapshot {
  readonly session: number
  readonly state: RunState
  /** References done, warm-up included. */
  readonly references: number
  readonly referencesTotal: number
  readonly warmup: number
  readonly referencesPerSecond: number
  readonly cooperation: boolean
  readonly lanes: readonly LaneSnapshot[]
  readonly markers: readonly Marker[]
  readonly sameTranslations: boolean
  /** First reference at which translations differed; 0 when none did. */
  readonly firstDifference: number
}

/** Long work before a run: populating memory, reading a trace. */
export interface Progress {
  readonly task: string
  readonly done: number
  readonly total: number
  readonly unit: string
  readonly perSecond: number
  readonly secondsLeft: number | null
}

export interface SessionInfo {
  readonly session: number
  readonly spec: LabSpec
  readonly source: SourceInfo
}
