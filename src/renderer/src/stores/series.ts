/**
 * Live series, outside deep reactivity: rows lie in typed arrays, a version number says that they changed, and
 * the windows drawn from them are computed once for each version.
 */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Snapshot } from '@shared/model/snapshot'
import { LaneRows } from '@renderer/charts/lane-rows'
import { windowsOf, type Windows } from '@renderer/charts/windows'

export const useSeriesStore = defineStore('series', () => {
  const version = ref(0)
  /** Grows with each new session, so that charts forget the ranges of the one before. */
  const run = ref(0)
  let lanes: LaneRows[] = []
  let cached: { version: number; windows: Windows } | null = null

  function clear(): void {
    lanes = []
    run.value++
    version.value++
  }

  function take(snapshot: Snapshot): void {
    if (lanes.length !== snapshot.lanes.length) lanes = snapshot.lanes.map(() => new LaneRows())
    if (snapshot.lanes.every((lane) => lane.series.length === 0)) return
    snapshot.lanes.forEach((lane, i) => lanes[i].push(lane.series))
    version.value++
  }

  function windows(): Windows {
    if (cached?.version !== version.value) cached = { version: version.value, windows: windowsOf(lanes) }
    return cached.windows
  }

  return { version, run, clear, take, windows }
})
