/** What the lab asks of a lane's worker. Calls come one at a time, between barriers. */
import type { PathChoice } from '@shared/contract/lab-contract'
import type { LaneFacts } from '@shared/formulas/lane-facts'
import type { LabEvent } from '@shared/model/lab-event'
import type { Conversation } from '@shared/model/conversation'
import type { HardwareLook } from '@shared/model/hardware-look'
import type { MemoryLook } from '@shared/model/memory-look'
import type { TablePathLook } from '@shared/model/table-look'
import type { LaneResult, RunFormula } from '@shared/model/result'
import type { LabSpec } from '@shared/model/spec'
import type { LaneSnapshot } from '@shared/model/snapshot'
import type { WalkBucket, WalkHistogram } from '@shared/model/walk-histogram'
import type { WalkPlaces } from '@shared/model/walk-places'
import type { WalkRecord, WalkSummary } from '@shared/model/walk-record'
import type { Area } from '../workloads/workload'
import type { TranslationError } from './translation-error'

export interface LaneSetup {
  readonly id: string
  readonly design: string
  readonly spec: LabSpec
  readonly areas: readonly Area[]
  /** Pages that hold data at once at most. */
  readonly dataPages: number
  /** Names that operations count. */
  readonly labels?: readonly string[]
  readonly instructionsPerReference: number
  /** Two batches, filled and run in turn. */
  readonly buffers: readonly SharedArrayBuffer[]
  readonly capacity: number
  /** Accesses between two points of the series. */
  readonly sampleEvery: number
}

/** What a lane says at a barrier. */
export interface BarrierReport {
  /** Accesses done since the start; behind the other lanes' only when the lane has ended. */
  readonly accesses: number
  /** Hashes over every logical page, offset and permission reached so far. */
  readonly hashA: number
  readonly hashB: number
  readonly walks: number
  readonly error: TranslationError | null
  /** Why the lane cannot go on (out of memory); null when it can. */
  readonly ended: string | null
}

export interface PopulateReport {
  readonly pagesDone: number
  readonly pagesTotal: number
  readonly ended: string | null
}

export interface LaneCalls {
  prepare(setup: LaneSetup): void
  /** Maps up to so many pages more. */
  populate(pages: number): PopulateReport
  /** Populating is over: what it cost is kept apart, and counting begins. */
  begin(): void
  run(buffer: number, from: number, to: number): BarrierReport
  endWarmup(): void
  /** Switches: why the lane cannot go on (out of memory), or null. */
  setDmt(on: boolean): string | null
  setCooperation(on: boolean): string | null
  /** Keeps the lane as it is in one of KEPT_SLOTS slots; bytes that this takes. */
  keep(slot: number): number
  /** Puts the lane back to what the slot holds, which stays there. */
  goBack(slot: number): void
  /** Empties all slots. */
  forget(): void
  snapshot(): LaneSnapshot
  slowestSince(reference: number): WalkSummary | null
  /** The slowest walk since the warm-up, where it took more cycles than these; else null. */
  slowerThan(cycles: number): WalkRecord | null
  /** @param attempt of those at the reference, from 1; 0: the last. Where there were fewer, the last */
  walkOf(reference: number, attempt: number): WalkRecord | null
  /** Reference of the latest walk; 0 before the first. */
  latestReference(): number
  /** Reference of the latest fault that can be shown. */
  latestFault(): number | null
  walkIn(bucket: WalkBucket): WalkRecord | null
  histogram(): WalkHistogram
  /** The walk that an address would take now, with caches as they are; changes nothing. */
  lookWalk(address: { high: number; low: number; offset: number }): WalkRecord
  coldWalk(address: { high: number; low: number; offset: number }): WalkRecord
  walks(most: number): WalkSummary[]
  /** Where steps were answered, by their places in walks. */
  places(): WalkPlaces
  events(after: number): LabEvent[]
  memory(): MemoryLook
  tablePath(choice: PathChoice): TablePathLook | null
  hardware(): HardwareLook
  conversations(after: number): Conversation[]
  /** The paper's formulas on the walks so far; null where they have no meaning. */
  formula(): RunFormula | null
  /** What has been measured so far, without series and events. */
  facts(): LaneFacts
  result(): Promise<LaneResult>
}

/** The same as its caller sees it. */
export type LaneClient = {
  [Name in keyof LaneCalls]: (
    ...args: Parameters<LaneCalls[Name]>
  ) => Promise<Awaited<ReturnType<LaneCalls[Name]>>>
}
