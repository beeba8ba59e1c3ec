/** One scene a frame for all five charts, and calmer copies of it for text that is read while it moves. */
import { onMounted, shallowRef, watch, type ShallowRef } from 'vue'
import { readChartTheme } from '@renderer/charts/chart-theme'
import { axisEnd } from '@renderer/charts/nice'
import { happeningsOf } from '@renderer/charts/happenings'
import { bandsOf, marksOf, type Mark, type Scene } from '@renderer/charts/scene'
import type { Marker } from '@shared/model/snapshot'
import type { ViewRange } from '@renderer/charts/view-range'
import { windowAt, type Windows } from '@renderer/charts/windows'
import { useLiveStore } from '@renderer/stores/live'
import { useSeriesStore } from '@renderer/stores/series'
import { useSessionStore } from '@renderer/stores/session'
import { useViewStore } from '@renderer/stores/view'
import { useFrame } from './frame'
import { useThemeVersion } from './theme'

/** The lab tells of a run 20 times a second; a picture that calm eyes follow needs half of that. */
const DRAWN_MS = 90
const READING_MS = 150
/** A table that is read, and those that only assistive technology finds. */
const OPEN_TABLE_MS = 1000
const TABLES_MS = 3000
const MARKS_MS = 500

export interface LiveScene {
  /** Every frame. */
  readonly scene: ShallowRef<Scene | null>
  /** For the readings in the captions. */
  readonly reading: ShallowRef<Scene | null>
  /** For the tables. */
  readonly table: ShallowRef<Scene | null>
}

/** The window that the charts are read at; -1 when that reference is out of view. */
const windowIn = (windows: Windows, shown: ViewRange, reference: number | null): number =>
  reference === null || reference < shown.from || reference > shown.to ? -1 : windowAt(windows, reference)

export function useLiveScene(): LiveScene {
  const session = useSessionStore()
  const series = useSeriesStore()
  const view = useViewStore()
  const live = useLiveStore()
  const themeVersion = useThemeVersion()
  const scene = shallowRef<Scene | null>(null)
  const reading = shallowRef<Scene | null>(null)
  const table = shallowRef<Scene | null>(null)
  let theme = readChartTheme(getComputedStyle(document.documentElement))
  let end = 0
  let run = -1

  function build(): Scene {
    const snapshot = session.snapshot
    const whole = series.windows()
    const done = whole.length > 0 ? whole.references[whole.length - 1] : 0
    if (run !== series.run) live.fit()
    end = Math.max(run === series.run ? end : 0, axisEnd(done, snapshot?.referencesTotal ?? 0))
    run = series.run
    live.advance(done, end)
    const shown = live.shown
    const warmup = Math.min(snapshot?.warmup ?? 0, end)
    const isPlain = !live.isZoomed && live.smoothing === 'none'
    const windows = isPlain ? whole : series.windows({ ...shown, smoothing: live.smoothing, warmup })
    const markers = snapshot?.markers ?? []
    return {
      run,
      windows,
      whole,
      end,
      view: shown,
      warmup,
      bands: bandsOf(markers, done),
      marks: marksNow(markers),
      at: windowIn(windows, shown, view.crosshair),
      theme
    }
  }

  let marks: readonly Mark[] = []
  let markedAt = -Infinity
  let markedOf = ''

  /** Looking through all rows is not for every frame. */
  function marksNow(markers: readonly Marker[]): readonly Mark[] {
    const now = performance.now()
    const isCalm = session.isRunning && now - markedAt < MARKS_MS
    const known = `${series.run} ${series.version} ${markers.length}`
    if (known === markedOf || (isCalm && markedOf.startsWith(`${series.run} `))) return marks
    markedAt = now
    markedOf = known
    marks = [...marksOf(markers), ...series.rows().flatMap(happeningsOf)].sort(
      (a, b) => a.reference - b.reference
    )
    return marks
  }

  let drawnAt = -Infinity
  let readAt = 0
  let tabledAt = 0
  const draw = useFrame(() => {
    const now = performance.now()
    const next = build()
    const isStill = !session.isRunning
    const isMoved = next.at !== scene.value?.at
    scene.value = next
    drawnAt = now
    if (isStill || isMoved || now - readAt > READING_MS) {
      reading.value = next
      readAt = now
    }
    if (isStill || isMoved || now - tabledAt > (live.shownTable === null ? TABLES_MS : OPEN_TABLE_MS)) {
      table.value = next
      tabledAt = now
    }
  })

  watch(
    () => [series.version, session.snapshot],
    () => {
      if (!session.isRunning || performance.now() - drawnAt > DRAWN_MS) draw()
    }
  )
  watch(() => [view.crosshair, live.range, live.smoothing], draw)
  watch(themeVersion, () => {
    theme = readChartTheme(getComputedStyle(document.documentElement))
    draw()
  })
  onMounted(draw)
  return { scene, reading, table }
}
