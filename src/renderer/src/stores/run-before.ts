/** The run before this one, so that two set-ups are compared and not only two designs. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { isSampled } from '@shared/model/sampled'
import type { SessionInfo, Snapshot } from '@shared/model/snapshot'
import type { LabSpec } from '@shared/model/spec'
import { namedCounters, type Counters } from '@shared/stats/counters'

export interface RunBefore {
  readonly spec: LabSpec
  /** Warm-up included. */
  readonly references: number
  /** Of each lane since its warm-up. */
  readonly lanes: readonly Counters[]
  /** Its accesses were samples of a program's. */
  readonly isSampled: boolean
}

export const useRunBeforeStore = defineStore('runBefore', () => {
  const run = shallowRef<RunBefore | null>(null)

  /** Takes a session that ends for the one before; one that measured nothing leaves what is kept. */
  function keep(info: SessionInfo | null, snapshot: Snapshot | null): void {
    if (!info || !snapshot || snapshot.references <= snapshot.warmup) return
    const lanes = snapshot.lanes.map((lane) => namedCounters(lane.counters))
    run.value = { spec: info.spec, references: snapshot.references, lanes, isSampled: isSampled(info.source) }
  }

  return { run, keep }
})
