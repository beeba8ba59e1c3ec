/** Lines that coincide: the first is drawn through, the others lie over it in turns, so that each is seen. */

/** Lines nearer than this hide each other. */
export const COINCIDE_PX = 1.5

/** Length of a turn of a line drawn through. */
const TURN_PX = 7
/** Of a dashed line: its own dash, so that a turn is one of its dashes. */
export const DASHES: readonly [on: number, off: number] = [5, 3]

export interface Turn {
  readonly dash: number[]
  readonly offset: number
}

/** How the line of this rank among `count` coinciding ones is drawn; null as if it were alone. */
export function turnOf(rank: number, count: number, isDashed: boolean): Turn | null {
  if (rank === 0) return null
  const [on, off] = isDashed ? DASHES : [TURN_PX, 0]
  const turn = on + off
  return { dash: [on, count * turn - on], offset: -rank * turn }
}

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= COINCIDE_PX

/** Rank and number of the lines that run along line `index` over one segment; heights in px at its two ends. */
export function along(
  starts: readonly number[],
  ends: readonly number[],
  index: number
): { readonly rank: number; readonly count: number } {
  const near = starts.flatMap((start, i) =>
    isNear(start, starts[index]) && isNear(ends[i], ends[index]) ? [i] : []
  )
  return { rank: near.filter((i) => i < index).length, count: near.length }
}
