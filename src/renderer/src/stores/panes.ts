/** Widths that a person has given to panes; every other pane is as wide as its style sheet has it. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { NARROWEST_PANE, WIDEST_PANE, type Pane, type PaneWidths } from '@shared/model/settings'
import { useSettingsStore } from './settings'

export const usePanesStore = defineStore('panes', () => {
  const kept = useSettingsStore().remembered('panes')
  /** While an edge is dragged: the settings are written once, when it is let go. */
  const moving = shallowRef<PaneWidths | null>(null)
  const widths = computed(() => moving.value ?? kept.value)
  /** What style sheets read them by. */
  const style = computed(() =>
    Object.fromEntries(Object.entries(widths.value).map(([pane, width]) => [`--pane-${pane}`, `${width}px`]))
  )

  /** `width` is in CSS pixels, and kept within the narrowest and the widest. */
  function move(pane: Pane, width: number): void {
    const within = Math.round(Math.min(WIDEST_PANE, Math.max(NARROWEST_PANE, width)))
    moving.value = { ...widths.value, [pane]: within }
  }

  /** Remembers what was moved. */
  function keep(): void {
    if (moving.value) kept.value = moving.value
    moving.value = null
  }

  function resize(pane: Pane, width: number): void {
    move(pane, width)
    keep()
  }

  /** As wide as at the first start. */
  function reset(pane: Pane): void {
    const others = { ...kept.value }
    delete others[pane]
    kept.value = others
    moving.value = null
  }

  return { style, move, keep, resize, reset }
})
