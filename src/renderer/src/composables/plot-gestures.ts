/**
 * What pointer and keys do over the charts: the crosshair follows, a wheel or a pinch zooms, a drag moves the view or,
 * where the whole run is shown, marks the part to zoom to. All five charts are one instrument, so it is handled once.
 */
import { ref, shallowRef } from 'vue'
import type { Scene } from '@renderer/charts/scene'
import type { ViewRange } from '@renderer/charts/view-range'
import { windowAt } from '@renderer/charts/windows'
import { useLiveStore } from '@renderer/stores/live'
import { useViewStore } from '@renderer/stores/view'

/** A press that moves less is a click. */
const DRAG_PX = 4
/** Zoom of one pixel of a wheel; a notch of a mouse is about 100. */
const WHEEL = 0.0022
const MOST_WHEEL = 240
/** A wheel that reports lines. */
const LINE_PX = 16
/** At this height the page scrolls, and a plain wheel belongs to it. */
const SCROLLS = '(max-height: 600px)'

interface Drag {
  readonly x: number
  readonly range: ViewRange
  readonly isMarking: boolean
  isMoved: boolean
}

export function usePlotGestures(axis: () => HTMLElement | null, scene: () => Scene | null) {
  const view = useViewStore()
  const live = useLiveStore()
  const marked = shallowRef<ViewRange | null>(null)
  const isDragging = ref(false)
  /** Pointers that are down, by id: one drags, two pinch. */
  const pointers = new Map<number, number>()
  let drag: Drag | null = null

  /** Reference under a place of the screen, on the axis or a little beside it; null farther away. */
  function referenceAt(clientX: number): number | null {
    const box = axis()?.getBoundingClientRect()
    if (!box || box.width === 0) return null
    const share = (clientX - box.left) / box.width
    if (share < -0.01 || share > 1.05) return null
    const { from, to } = live.shown
    return Math.min(to, Math.max(from, from + share * (to - from)))
  }

  const perPixel = (): number => (live.shown.to - live.shown.from) / (axis()?.clientWidth || 1)

  /** The crosshair stands at a window, not between two. */
  function hover(clientX: number): void {
    const windows = scene()?.windows
    const reference = referenceAt(clientX)
    view.hovered =
      !windows || windows.length === 0 || reference === null
        ? null
        : windows.references[windowAt(windows, reference)]
  }

  function wheel(event: WheelEvent): void {
    const at = referenceAt(event.clientX)
    if (at === null || (matchMedia(SCROLLS).matches && !event.ctrlKey)) return
    event.preventDefault()
    const scale = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1
    const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
    if (isSideways) return live.pan((event.deltaX || event.deltaY) * scale * perPixel())
    const turn = Math.min(MOST_WHEEL, Math.max(-MOST_WHEEL, event.deltaY * scale))
    // A pinch on a touch pad comes as a wheel with Ctrl, in much smaller steps.
    live.zoom(Math.exp(turn * WHEEL * (event.ctrlKey ? 4 : 1)), at)
  }

  function down(event: PointerEvent): void {
    if (event.button !== 0 || referenceAt(event.clientX) === null) return
    pointers.set(event.pointerId, event.clientX)
    drag = { x: event.clientX, range: live.shown, isMarking: !live.isZoomed, isMoved: false }
  }

  function pinch(event: PointerEvent): void {
    const spread = (): number => {
      const [a, b] = [...pointers.values()]
      return Math.max(1, Math.abs(a - b))
    }
    const before = spread()
    pointers.set(event.pointerId, event.clientX)
    const [a, b] = [...pointers.values()]
    const at = referenceAt((a + b) / 2)
    if (at !== null) live.zoom(before / spread(), at)
    drag = null
  }

  function move(event: PointerEvent): void {
    if (pointers.size === 2 && pointers.has(event.pointerId)) return pinch(event)
    if (!drag) return hover(event.clientX)
    const by = event.clientX - drag.x
    if (!drag.isMoved && Math.abs(by) < DRAG_PX) return hover(event.clientX)
    if (!drag.isMoved) (event.currentTarget as Element).setPointerCapture(event.pointerId)
    drag.isMoved = isDragging.value = true
    view.hovered = null
    if (drag.isMarking) mark(drag.x, event.clientX)
    else live.show({ from: drag.range.from - by * perPixel(), to: drag.range.to - by * perPixel() })
  }

  function mark(x1: number, x2: number): void {
    const box = axis()?.getBoundingClientRect()
    if (!box) return
    const inside = (x: number): number => Math.min(box.right, Math.max(box.left, x))
    const [a, b] = [referenceAt(inside(x1)), referenceAt(inside(x2))]
    if (a !== null && b !== null) marked.value = { from: Math.min(a, b), to: Math.max(a, b) }
  }

  function up(event: PointerEvent): void {
    pointers.delete(event.pointerId)
    const ended = drag
    drag = null
    isDragging.value = false
    if (ended && !ended.isMoved) pin()
    if (marked.value) live.show(marked.value)
    marked.value = null
  }

  function cancel(event: PointerEvent): void {
    pointers.delete(event.pointerId)
    drag = marked.value = null
    isDragging.value = false
  }

  const leave = (): void => void (view.hovered = null)
  const pin = (): void => {
    view.pinned = view.pinned === null || view.hovered === null ? view.hovered : null
  }

  return { wheel, down, move, up, cancel, leave, marked, isDragging }
}
