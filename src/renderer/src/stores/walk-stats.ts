/** Histograms and places of the lanes' walks, fetched while somebody looks at them. */
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { WalkHistogram } from '@shared/model/walk-histogram'
import type { WalkPlaces } from '@shared/model/walk-places'
import { useLab } from '@renderer/composables/lab'
import { refresher } from '@renderer/composables/refresher'
import { useSessionStore } from './session'

export interface LaneWalkStats {
  readonly histogram: WalkHistogram
  readonly places: WalkPlaces
}

export const useWalkStatsStore = defineStore('walkStats', () => {
  const lab = useLab()
  const session = useSessionStore()
  const lanes = shallowRef<readonly LaneWalkStats[]>([])
  const problem = ref<string | null>(null)

  async function fetchLane(lane: number): Promise<LaneWalkStats> {
    const [histogram, places] = await Promise.all([
      lab.calls['walk/histogram'](lane),
      lab.calls['walk/places'](lane)
    ])
    return { histogram, places }
  }

  async function fetchLanes(): Promise<void> {
    const prepared = session.info
    const found = await Promise.all((prepared?.spec.lanes ?? []).map((_, lane) => fetchLane(lane)))
    if (session.info === prepared) lanes.value = found
  }

  /** Brings them up to date. */
  const refresh = refresher(fetchLanes, problem)

  return { lanes, problem, refresh }
})
