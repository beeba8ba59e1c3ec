/** A window on the displays that are there now: monitors go, and a window left on one cannot be reached. */

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const overlap = (a: Rectangle, b: Rectangle): number => {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, across) * Math.max(0, down)
}

/** The nearest place for a length within a range, not longer than the range. */
function within(
  start: number,
  length: number,
  from: number,
  room: number
): { start: number; length: number } {
  const fitting = Math.min(length, room)
  return { start: Math.max(from, Math.min(start, from + room - fitting)), length: fitting }
}

/** Inside the work area that shows most of it; undefined where none shows any, so that the system places it. */
export function visibleBounds(wanted: Rectangle | null, areas: readonly Rectangle[]): Rectangle | undefined {
  if (wanted === null) return undefined
  const [best] = areas
    .filter((area) => overlap(wanted, area) > 0)
    .sort((a, b) => overlap(wanted, b) - overlap(wanted, a))
  if (!best) return undefined
  const across = within(wanted.x, wanted.width, best.x, best.width)
  const down = within(wanted.y, wanted.height, best.y, best.height)
  return { x: across.start, y: down.start, width: across.length, height: down.length }
}
