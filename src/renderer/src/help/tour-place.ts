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

/** What two stretches of a line have in common. */
const common = (from: number, length: number, otherFrom: number, otherLength: number): number =>
  Math.max(0, Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom))

/** How much of the part a step that stands there hides, in square pixels. */
export const hidden = ({ left, top }: Place, own: Size, part: Box): number =>
  common(left, own.width, part.left, part.width) * common(top, own.height, part.top, part.height)

/** The corners of the window, that at the lower right first. */
export function cornersOf(own: Size, window: Size): readonly Place[] {
  const [right, bottom] = [
    clamp(window.width, window.width - own.width),
    clamp(window.height, window.height - own.height)
  ]
  return [
    { left: right, top: bottom },
    { left: GAP, top: bottom },
    { left: right, top: GAP },
    { left: GAP, top: GAP }
  ]
}

/** Right of it, left, below, above, whichever has room first; else in the corner where it hides least of it. */
export function tourPlace(anchor: Box | null, own: Size, window: Size): Place {
  if (anchor === null)
    return { left: (window.width - own.width) / 2, top: Math.max(GAP, (window.height - own.height) / 2) }
  const { left, top, width, height } = anchor
  const across = clamp(left, window.width - own.width)
  const down = clamp(top, window.height - own.height)
  const beside: readonly Place[] = [
    { left: left + width + GAP, top: down },
    { left: left - own.width - GAP, top: down },
    { left: across, top: top + height + GAP },
    { left: across, top: top - own.height - GAP }
  ]
  const least = (best: Place, place: Place): Place =>
    hidden(place, own, anchor) < hidden(best, own, anchor) ? place : best
  return beside.find((place) => fits(place, own, window)) ?? cornersOf(own, window).reduce(least)
}
