/** How the window looks and where the reader is: tab, theme, folded panels, crosshair, reading panel. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { WalkBucket } from '@shared/model/walk-histogram'

export const TABS = ['Live', 'Walk', 'Memory', 'Events', 'Help'] as const
export type Tab = (typeof TABS)[number]

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const THEME_KEY = 'dmt-lab.theme'
const FOLD_KEY = 'dmt-lab.set-up-folded'

/** A browser may refuse storage; the choice then lasts as long as the window. */
function remembered(key: string): string | null {
  try {
    return globalThis.localStorage?.getItem(key) ?? null
  } catch {
    return null
  }
}

function remember(key: string, value: string): void {
  try {
    globalThis.localStorage?.setItem(key, value)
  } catch {
    return
  }
}

const themeFrom = (text: string | null): Theme => THEMES.find((theme) => theme === text) ?? 'system'

export const useViewStore = defineStore('view', () => {
  const tab = ref<Tab>('Live')
  const theme = ref<Theme>(themeFrom(remembered(THEME_KEY)))
  /** What the person chose for windows that have the room. */
  const prefersFolded = ref(remembered(FOLD_KEY) === 'true')
  /** The view needs the room: the set-up is a rail and opens over it. */
  const isTight = ref(false)
  const isOpenOver = ref(false)
  const isSetupFolded = computed(() => (isTight.value ? !isOpenOver.value : prefersFolded.value))
  /** The questions are shown although there is a session. */
  const isAsking = ref(false)

  /** Reference the charts are read at while the pointer is over them. */
  const hovered = ref<number | null>(null)
  /** Reference a click or an arrow key has fixed. */
  const pinned = ref<number | null>(null)
  const crosshair = computed(() => hovered.value ?? pinned.value)

  /** Title of the chart whose table stands in the reading panel. */
  const openTable = ref<string | null>(null)

  /** Tile whose definition stands there: the id of its counter or ratio. */
  const openTile = ref<string | null>(null)

  /** Walk to show, by the reference that caused it; null for the latest. */
  const walkReference = ref<number | null>(null)

  /** A walk of this bar of a lane's histogram is to be shown instead. */
  const walkBucket = shallowRef<{ readonly lane: number; readonly bucket: WalkBucket } | null>(null)

  watch(theme, (value) => remember(THEME_KEY, value))
  watch(prefersFolded, (value) => remember(FOLD_KEY, String(value)))
  watch([isTight, tab], () => (isOpenOver.value = false))

  const nextTheme = (): void => {
    theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length]
  }

  const toggleSetup = (): void => {
    if (isTight.value) isOpenOver.value = !isOpenOver.value
    else prefersFolded.value = !prefersFolded.value
  }

  /** A set-up that lies over the view goes when the view is used. */
  const closeSetup = (): void => void (isOpenOver.value = false)

  const toggleTable = (title: string): void => {
    openTable.value = openTable.value === title ? null : title
  }

  const toggleTile = (id: string): void => {
    openTile.value = openTile.value === id ? null : id
  }

  function openWalk(reference: number | null): void {
    walkBucket.value = null
    walkReference.value = reference
    tab.value = 'Walk'
  }

  /** Shows a walk of a bar of a lane's histogram. */
  function openWalkOf(lane: number, bucket: WalkBucket): void {
    walkReference.value = null
    walkBucket.value = { lane, bucket }
    tab.value = 'Walk'
  }

  /** A new session: what pointed into the old one points nowhere. */
  function forget(): void {
    hovered.value = pinned.value = walkReference.value = walkBucket.value = null
    isAsking.value = false
  }

  return {
    tab,
    theme,
    isSetupFolded,
    isTight,
    isAsking,
    hovered,
    pinned,
    crosshair,
    openTable,
    openTile,
    walkReference,
    walkBucket,
    nextTheme,
    toggleSetup,
    closeSetup,
    toggleTable,
    toggleTile,
    openWalk,
    openWalkOf,
    forget
  }
})
