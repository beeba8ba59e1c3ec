/** The first tour: where it is. It asks for nothing and stops nothing; a person may work on meanwhile. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { TOUR_STEPS } from '@renderer/help/tour-steps'
import { useSettingsStore } from './settings'
import { useViewStore } from './view'

const NAME = 'tour'

export const useTourStore = defineStore('tour', () => {
  const view = useViewStore()
  const settings = useSettingsStore()
  const at = ref<number | null>(null)
  /** Seen to its end or left: it is no longer offered on the first screen, only in Help. */
  const isSeen = computed(() => settings.hasSeen(NAME))
  const step = computed(() => (at.value === null ? null : (TOUR_STEPS[at.value] ?? null)))
  const isLast = computed(() => at.value === TOUR_STEPS.length - 1)
  const isFirst = computed(() => at.value === 0)

  function go(to: number): void {
    const next = TOUR_STEPS[to]
    if (!next) return end()
    at.value = to
    view.isAsking = false
    if (next.tab) view.tab = next.tab
    view.holdSetup(next.needsSetup ?? false)
  }

  const begin = (): void => go(0)
  const next = (): void => go((at.value ?? -1) + 1)
  const back = (): void => go(Math.max(0, (at.value ?? 0) - 1))
  function end(): void {
    at.value = null
    view.holdSetup(false)
    settings.markSeen(NAME)
  }

  return { steps: TOUR_STEPS, at, step, isSeen, isFirst, isLast, begin, next, back, end }
})
