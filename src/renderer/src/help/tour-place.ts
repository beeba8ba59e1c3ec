/** Where a step of the tour stands: beside the part it speaks of, inside the window, over the part only at need. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}
interface Size {
  readonly width: number
  readonly height: number
}
interface Place {
  readonly left: number
  readonly top: number
}

const GAP = 12

const clamp = (value: number, most: number): number => Math.max(GAP, Math.min(value, most - GAP))

const fits = ({ left, top }: Place, own: Size, window: Size): boolean =>
  left >= GAP &&
  top >= GAP &&
  left + own.width <= window.width - GAP &&
  top + own.height <= window.height - GAP

/** So large that whatever stands beside it hides something else. */
const isLarge = ({ width, height }: Box, window: Size): boolean =>
  width * height > 0.35 * window.width * window.height

/** Right of it, left, below, above, whichever has room first; in the lower right corner of a large part. */
export function tourPlace(anchor: Box | null, own: Size, window: Size): Place {
  if (anchor === null)
    return { left: (window.width - own.width) / 2, top: Math.max(GAP, (window.height - own.height) / 2) }
  const { left, top, width, height } = anchor
  const across = clamp(left, window.width - own.width)
  const down = clamp(top, window.height - own.height)
  const sides: readonly Place[] = [
    { left: left + width + GAP, top: down },
    { left: left - own.width - GAP, top: down }
  ]
  const ends: readonly Place[] = [
    { left: across, top: top + height + GAP },
    { left: across, top: top - own.height - GAP }
  ]
  const beside = [...sides, ...(isLarge(anchor, window) ? [] : ends)]
  return (
    beside.find((place) => fits(place, own, window)) ?? {
      left: clamp(left + width - own.width - GAP, window.width - own.width),
      top: clamp(top + height - own.height - GAP, window.height - own.height)
    }
  )
}
