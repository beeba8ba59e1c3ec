/** What the Live view shows: which part of the run, which measures, how smooth, and whether it draws at all. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import {
  followed,
  holding,
  isWhole,
  panned,
  within,
  zoomed,
  type ViewRange
} from '@renderer/charts/view-range'
import { knownStrips } from '@renderer/charts/strips'
import type { Settings } from '@shared/model/settings'
import { useSessionStore } from './session'
import { useSettingsStore } from './settings'
import { useViewStore } from './view'

export type LivePage = Settings['livePage']

/** One press of a key or button. */
const ZOOM_STEP = 2
const PAN_STEP = 0.25

export const useLiveStore = defineStore('live', () => {
  const session = useSessionStore()
  const view = useViewStore()
  const { remembered } = useSettingsStore()
  const page = remembered('livePage')
  const smoothing = remembered('smoothing')
  const chosen = remembered('charts')
  /** Title of the measure of each strip, from the top. */
  const strips = computed(() => knownStrips(chosen.value))
  /** Samples have no rates, and so no charts. */
  const hasCharts = computed(() => page.value === 'Charts' && !session.isSampled)
  /** Title of the chart whose table is shown beside it: the open one, where its chart is on show. */
  const shownTable = computed(() =>
    hasCharts.value ? (strips.value.find((title) => title === view.openTable) ?? null) : null
  )

  /** The part shown; null is the whole run. */
  const range = shallowRef<ViewRange | null>(null)
  /** The view goes along when the run leaves it. */
  const isFollowing = ref(true)
  /** End of the axis of the whole run, and of what is done. */
  const end = ref(1)
  const done = ref(0)

  const shown = computed<ViewRange>(() => range.value ?? { from: 0, to: end.value })
  const isZoomed = computed(() => range.value !== null)

  function show(next: ViewRange): void {
    range.value = isWhole(next, end.value) ? null : within(next, end.value)
    isFollowing.value = shown.value.to >= done.value
  }

  const zoom = (factor: number, at: number): void => show(zoomed(shown.value, factor, at, end.value))
  const pan = (by: number): void => {
    if (isZoomed.value) show(panned(shown.value, by, end.value))
  }
  const middle = (): number => (shown.value.from + shown.value.to) / 2
  const zoomIn = (at: number | null = null): void => zoom(1 / ZOOM_STEP, at ?? middle())
  const zoomOut = (at: number | null = null): void => zoom(ZOOM_STEP, at ?? middle())
  const span = (): number => shown.value.to - shown.value.from
  const panLeft = (): void => pan(-PAN_STEP * span())
  const panRight = (): void => pan(PAN_STEP * span())

  function fit(): void {
    range.value = null
    isFollowing.value = true
  }

  function follow(): void {
    isFollowing.value = true
    if (range.value) range.value = followed(range.value, done.value, end.value)
  }

  /** Brings a reference into view, as when the crosshair goes there. */
  function reach(reference: number): void {
    if (range.value) show(holding(range.value, reference, end.value))
  }

  /** The run has gone on to `doneNow` of an axis that ends at `endNow`. */
  function advance(doneNow: number, endNow: number): void {
    end.value = endNow
    done.value = doneNow
    if (range.value && isFollowing.value) range.value = followed(range.value, doneNow, endNow)
  }

  /** Shows another measure in a strip; the strip that showed it takes this one's. An open table stays with its strip. */
  function chooseStrip(index: number, title: string): void {
    const before = strips.value[index]
    chosen.value = strips.value.map((now, i) => (i === index ? title : now === title ? before : now))
    if (view.openTable === before && !strips.value.includes(before)) view.openTable = title
  }

  /** Shows the table that was open last, else that of the first chart. */
  function openTables(): void {
    page.value = 'Charts'
    view.openTable = strips.value.find((title) => title === view.openTable) ?? strips.value[0]
  }
  const closeTables = (): void => void (view.openTable = null)

  return {
    page,
    smoothing,
    strips,
    hasCharts,
    shownTable,
    range,
    isFollowing,
    end,
    done,
    shown,
    isZoomed,
    show,
    zoom,
    pan,
    zoomIn,
    zoomOut,
    panLeft,
    panRight,
    fit,
    follow,
    reach,
    advance,
    chooseStrip,
    openTables,
    closeTables
  }
})
