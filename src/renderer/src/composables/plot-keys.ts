/**
 * The charts by keyboard: arrows move the crosshair from window to window, with Shift the view; + and - zoom about the
 * crosshair, 0 shows the whole run.
 */
import type { Scene } from '@renderer/charts/scene'
import { windowAt } from '@renderer/charts/windows'
import { useLiveStore } from '@renderer/stores/live'
import { useViewStore } from '@renderer/stores/view'

/** Said of the charts to those who do not see them. */
export const PLOT_KEYS =
  'Left and right move the crosshair, with Shift the view; plus and minus zoom, 0 shows the whole run, Escape removes the crosshair'

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }

export function usePlotKeys(scene: () => Scene | null) {
  const view = useViewStore()
  const live = useLiveStore()

  /** Moves the crosshair by windows; without one it goes to the latest first. */
  function step(by: number): void {
    const windows = scene()?.windows
    if (!windows || windows.length === 0) return
    const last = windows.length - 1
    const from = view.crosshair === null ? last + 1 : windowAt(windows, view.crosshair)
    const to = Math.min(last, Math.max(0, from + by))
    view.hovered = null
    view.pinned = windows.references[to]
    live.reach(view.pinned)
  }

  const actions: Readonly<Record<string, () => void>> = {
    '+': () => live.zoomIn(view.crosshair),
    '=': () => live.zoomIn(view.crosshair),
    '-': () => live.zoomOut(view.crosshair),
    '0': () => live.fit(),
    Home: () => step(-Infinity),
    End: () => step(Infinity)
  }
  const shifted: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => live.panLeft(),
    ArrowRight: () => live.panRight(),
    '+': () => live.zoomIn(view.crosshair),
    _: () => live.zoomOut(view.crosshair)
  }

  function key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const by = STEPS[event.key]
    const act = event.shiftKey
      ? shifted[event.key]
      : (actions[event.key] ?? (by === undefined ? undefined : () => step(by)))
    if (!act) return
    event.preventDefault()
    act()
  }

  return { key }
}
