/**
 * Live series, outside deep reactivity: rows lie in typed arrays, a version number says that they changed, and
 * the windows drawn from them are computed once for each version.
 */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Snapshot } from '@shared/model/snapshot'
import { LaneRows } from '@renderer/charts/lane-rows'
import { WHOLE_RUN, windowsOf, type Look, type Windows } from '@renderer/charts/windows'

interface Cached {
  readonly version: number
  readonly look: Look
  readonly windows: Windows
}

const isSameLook = (a: Look, b: Look): boolean =>
  a.from === b.from && a.to === b.to && a.smoothing === b.smoothing && a.warmup === b.warmup

export const useSeriesStore = defineStore('series', () => {
  const version = ref(0)
  /** Grows with each new session, so that charts forget the ranges of the one before. */
  const run = ref(0)
  let lanes: LaneRows[] = []
  /** Rows have come that are not shown yet. */
  let isStale = false
  /** Of the whole run, and of what was looked at last. */
  let whole: Cached | null = null
  let near: Cached | null = null

  function refresh(): void {
    if (isStale) version.value++
    isStale = false
  }

  function clear(): void {
    lanes = []
    run.value++
    version.value++
  }

  /** The run has gone back to this reference: what the charts hold up to there was the same run. */
  function cut(reference: number): void {
    for (const rows of lanes) rows.cut(reference)
    version.value++
  }

  /** @param isDrawn whether what is shown goes along; else `refresh` makes it */
  function take(snapshot: Snapshot, isDrawn = true): void {
    if (lanes.length !== snapshot.lanes.length) lanes = snapshot.lanes.map(() => new LaneRows())
    if (snapshot.lanes.every((lane) => lane.series.length === 0)) return
    snapshot.lanes.forEach((lane, i) => lanes[i].push(lane.series))
    isStale = true
    if (isDrawn) refresh()
  }

  const cachedOr = (cached: Cached | null, look: Look): Cached =>
    cached?.version === version.value && isSameLook(cached.look, look)
      ? cached
      : { version: version.value, look, windows: windowsOf(lanes, look) }

  function windows(look: Look = WHOLE_RUN): Windows {
    if (look === WHOLE_RUN) return (whole = cachedOr(whole, look)).windows
    return (near = cachedOr(near, look)).windows
  }

  /** Rows of each lane, for those who look for more than rates in them. */
  const rows = (): readonly LaneRows[] => lanes

  return { version, run, clear, cut, take, refresh, windows, rows }
})
