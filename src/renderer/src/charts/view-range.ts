/** The part of a run that the charts show, as references, and how zoom and pan change it. */

export interface ViewRange {
  readonly from: number
  readonly to: number
}

/** Closer than this there is nothing to see: a window is at least one reference. */
export const LEAST_SPAN = 10

export const spanOf = ({ from, to }: ViewRange): number => to - from

/** The same span moved into [0, end]; the whole where it does not fit. */
export function within(range: ViewRange, end: number): ViewRange {
  const span = Math.min(Math.max(spanOf(range), LEAST_SPAN), end)
  const from = Math.min(Math.max(range.from, 0), end - span)
  return { from, to: from + span }
}

/** The span times `factor`, so that `at` stays where it is on the screen. */
export function zoomed(range: ViewRange, factor: number, at: number, end: number): ViewRange {
  const span = Math.min(Math.max(spanOf(range) * factor, Math.min(LEAST_SPAN, end)), end)
  const share = spanOf(range) > 0 ? (at - range.from) / spanOf(range) : 0.5
  const from = at - share * span
  return within({ from, to: from + span }, end)
}

export const panned = (range: ViewRange, by: number, end: number): ViewRange =>
  within({ from: range.from + by, to: range.to + by }, end)

export const isWhole = (range: ViewRange, end: number): boolean => spanOf(range) >= end * (1 - 1e-9)

/** How far ahead of what is done a view that follows jumps, as a share of it: it stands still in between. */
const AHEAD = 0.25

/** The view that holds `done` again, once the run has left it. */
export const followed = (range: ViewRange, done: number, end: number): ViewRange =>
  done <= range.to ? range : panned(range, done + AHEAD * spanOf(range) - range.to, end)

/** What is nearest to `crosshair` of the view must be in it: moves the view when the crosshair would leave it. */
export const holding = (range: ViewRange, reference: number, end: number): ViewRange => {
  if (reference < range.from) return panned(range, reference - range.from, end)
  return reference > range.to ? panned(range, reference - range.to, end) : range
}
