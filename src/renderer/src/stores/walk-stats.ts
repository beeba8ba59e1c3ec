/** Histograms and places of the lanes' walks, fetched while somebody looks at them. */
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { errorWords } from '@shared/format/error-words'
import type { WalkHistogram } from '@shared/model/walk-histogram'
import type { WalkPlaces } from '@shared/model/walk-places'
import { useLab } from '@renderer/composables/lab'
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
  let isFetching = false

  async function fetchLane(lane: number): Promise<LaneWalkStats> {
    const [histogram, places] = await Promise.all([
      lab.calls['walk/histogram'](lane),
      lab.calls['walk/places'](lane)
    ])
    return { histogram, places }
  }

  /** Brings them up to date. A second call while one is under way does nothing. */
  async function refresh(): Promise<void> {
    const prepared = session.info
    if (!prepared) lanes.value = []
    if (!prepared || isFetching) return
    isFetching = true
    try {
      const found = await Promise.all(prepared.spec.lanes.map((_, lane) => fetchLane(lane)))
      if (session.info === prepared) lanes.value = found
      problem.value = null
    } catch (error) {
      problem.value = errorWords(error)
    } finally {
      isFetching = false
    }
  }

  return { lanes, problem, refresh }
})
