/** One scene a frame for all five charts, and calmer copies of it for text that is read while it moves. */
import { onMounted, shallowRef, watch, type ShallowRef } from 'vue'
import { readChartTheme } from '@renderer/charts/chart-theme'
import { axisEnd } from '@renderer/charts/nice'
import { bandsOf, marksOf, type Scene } from '@renderer/charts/scene'
import { windowAt } from '@renderer/charts/windows'
import { useSeriesStore } from '@renderer/stores/series'
import { useSessionStore } from '@renderer/stores/session'
import { useViewStore } from '@renderer/stores/view'
import { useFrame } from './frame'
import { useThemeVersion } from './theme'

const READING_MS = 150
const TABLE_MS = 1000

export interface LiveScene {
  /** Every frame. */
  readonly scene: ShallowRef<Scene | null>
  /** For the readings in the captions. */
  readonly reading: ShallowRef<Scene | null>
  /** For the tables. */
  readonly table: ShallowRef<Scene | null>
}

export function useLiveScene(): LiveScene {
  const session = useSessionStore()
  const series = useSeriesStore()
  const view = useViewStore()
  const themeVersion = useThemeVersion()
  const scene = shallowRef<Scene | null>(null)
  const reading = shallowRef<Scene | null>(null)
  const table = shallowRef<Scene | null>(null)
  let theme = readChartTheme(getComputedStyle(document.documentElement))
  let end = 0
  let run = -1

  function build(): Scene {
    const windows = series.windows()
    const snapshot = session.snapshot
    const done = windows.length > 0 ? windows.references[windows.length - 1] : 0
    end = Math.max(run === series.run ? end : 0, axisEnd(done, snapshot?.referencesTotal ?? 0))
    run = series.run
    const markers = snapshot?.markers ?? []
    return {
      run,
      windows,
      end,
      warmup: Math.min(snapshot?.warmup ?? 0, end),
      bands: bandsOf(markers, done),
      marks: marksOf(markers),
      at: view.crosshair === null ? -1 : windowAt(windows, view.crosshair),
      theme
    }
  }

  let readAt = 0
  let tabledAt = 0
  const draw = useFrame(() => {
    const now = performance.now()
    const next = build()
    const isStill = !session.isRunning
    const isMoved = next.at !== scene.value?.at
    scene.value = next
    if (isStill || isMoved || now - readAt > READING_MS) {
      reading.value = next
      readAt = now
    }
    if (isStill || isMoved || now - tabledAt > TABLE_MS) {
      table.value = next
      tabledAt = now
    }
  })

  watch(() => [series.version, view.crosshair, session.snapshot], draw)
  watch(themeVersion, () => {
    theme = readChartTheme(getComputedStyle(document.documentElement))
    draw()
  })
  onMounted(draw)
  return { scene, reading, table }
}
