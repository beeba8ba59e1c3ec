/** How the window looks and where the reader is: tab, theme, zoom, folded panels, crosshair, reading panel. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { FIRST_LAYOUT, ZOOM_STEPS } from '@shared/model/settings'
import { useSettingsStore } from './settings'
import type { WalkBucket } from '@shared/model/walk-histogram'

export const TABS = ['Live', 'Walk', 'Memory', 'Events', 'Help'] as const
export type Tab = (typeof TABS)[number]

export type WindowDialog = 'commands' | 'keys' | 'presets' | 'save-preset'

export const useViewStore = defineStore('view', () => {
  const { change, remembered } = useSettingsStore()

  /** Not remembered: without a session only Live has something to begin with. */
  const tab = ref<Tab>('Live')
  const theme = remembered('theme')
  const motion = remembered('motion')
  /** Percent. */
  const zoom = remembered('zoom')
  const hasSingleKeys = remembered('hasSingleKeys')
  /** What the person chose for windows that have the room. */
  const prefersFolded = remembered('isSetupFolded')
  /** Large type and little around it, for a room. */
  const isPresenting = ref(false)
  /** What lies over the window, of what commands open. */
  const dialog = ref<WindowDialog | null>(null)
  /** The view needs the room: the set-up is a rail and opens over it. */
  const isTight = ref(false)
  const isOpenOver = ref(false)
  /** Unfolded for as long as something speaks of it, whatever the person chose. */
  const isHeld = ref(false)
  const isSetupFolded = computed(
    () => !isHeld.value && (isTight.value ? !isOpenOver.value : prefersFolded.value)
  )
  /** The questions are shown whatever the tab: at the start, where a view has nothing to show yet, and on demand. */
  const isAsking = ref(false)

  /** Reference the charts are read at while the pointer is over them. */
  const hovered = ref<number | null>(null)
  /** Reference a click or an arrow key has fixed. */
  const pinned = ref<number | null>(null)
  const crosshair = computed(() => hovered.value ?? pinned.value)

  /** Title of the chart whose table stands in the reading panel. */
  const openTable = remembered('openTable')

  /** What Comparison is over. */
  const compared = remembered('compared')

  /** Tile whose definition stands there: the id of its counter or ratio. */
  const openTile = ref<string | null>(null)

  /** Walk to show, by the reference that caused it; null for the latest. */
  const walkReference = ref<number | null>(null)

  /** A walk of this bar of a lane's histogram is to be shown instead. */
  const walkBucket = shallowRef<{ readonly lane: number; readonly bucket: WalkBucket } | null>(null)

  watch([isTight, tab], () => (isOpenOver.value = false))

  const holdSetup = (held: boolean): void => void (isHeld.value = held)
  const toggleSetup = (): void => {
    const isFolded = isSetupFolded.value
    isHeld.value = false
    if (isTight.value) isOpenOver.value = isFolded
    else prefersFolded.value = !isFolded
  }

  /** The next larger or smaller size; null at the end. */
  const zoomBeside = (by: 1 | -1): number | null =>
    (by > 0
      ? ZOOM_STEPS.find((step) => step > zoom.value)
      : ZOOM_STEPS.findLast((step) => step < zoom.value)) ?? null

  /** As at the first start; theme, motion and presets are no layout. */
  function resetLayout(): void {
    change(FIRST_LAYOUT)
    isPresenting.value = isOpenOver.value = false
    openTile.value = null
  }

  /** Goes to a view, away from the questions. */
  function show(next: Tab): void {
    isAsking.value = false
    tab.value = next
  }

  /** A set-up that lies over the view goes when the view is used. */
  const closeSetup = (): void => void (isOpenOver.value = isHeld.value = false)

  const toggleTable = (title: string): void => {
    openTable.value = openTable.value === title ? null : title
  }

  const toggleTile = (id: string): void => {
    openTile.value = openTile.value === id ? null : id
  }

  function openWalk(reference: number | null): void {
    walkBucket.value = null
    walkReference.value = reference
    show('Walk')
  }

  /** Shows a walk of a bar of a lane's histogram. */
  function openWalkOf(lane: number, bucket: WalkBucket): void {
    walkReference.value = null
    walkBucket.value = { lane, bucket }
    show('Walk')
  }

  /** A new session: what pointed into the old one points nowhere. */
  function forget(): void {
    hovered.value = pinned.value = walkReference.value = walkBucket.value = null
  }

  return {
    tab,
    theme,
    motion,
    zoom,
    hasSingleKeys,
    isPresenting,
    dialog,
    isSetupFolded,
    isTight,
    isAsking,
    hovered,
    pinned,
    crosshair,
    openTable,
    compared,
    openTile,
    walkReference,
    zoomBeside,
    resetLayout,
    show,
    walkBucket,
    holdSetup,
    toggleSetup,
    closeSetup,
    toggleTable,
    toggleTile,
    openWalk,
    openWalkOf,
    forget
  }
})
