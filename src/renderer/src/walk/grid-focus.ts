/** Arrow keys in the walk grid: from one cell to its neighbour, across the lanes. */

export interface Spot {
  readonly row: number
  /** Position from left to right over all lanes; any scale. */
  readonly x: number
  readonly lane: number
  readonly n: number
}

const nearest = (spots: readonly Spot[], x: number): Spot | undefined =>
  spots.reduce<Spot | undefined>(
    (best, s) => (best && Math.abs(best.x - x) <= Math.abs(s.x - x) ? best : s),
    undefined
  )

function vertical(spots: readonly Spot[], from: Spot, down: boolean): Spot | undefined {
  const beyond = spots.filter((s) => (down ? s.row > from.row : s.row < from.row))
  const rows = beyond.map((s) => s.row)
  const row = down ? Math.min(...rows) : Math.max(...rows)
  return nearest(
    beyond.filter((s) => s.row === row),
    from.x
  )
}

function horizontal(spots: readonly Spot[], from: Spot, right: boolean): Spot | undefined {
  const beside = spots.filter((s) => s.row === from.row && (right ? s.x > from.x : s.x < from.x))
  return nearest(beside, from.x)
}

/** The cell a key leads to; undefined where there is none or the key is not one of the grid's. */
export function neighbour(spots: readonly Spot[], from: Spot, key: string): Spot | undefined {
  const inOrder = spots.filter((s) => s.lane === from.lane).sort((a, b) => a.n - b.n)
  switch (key) {
    case 'ArrowDown':
      return vertical(spots, from, true)
    case 'ArrowUp':
      return vertical(spots, from, false)
    case 'ArrowRight':
      return horizontal(spots, from, true)
    case 'ArrowLeft':
      return horizontal(spots, from, false)
    case 'Home':
      return inOrder[0]
    case 'End':
      return inOrder.at(-1)
    default:
      return undefined
  }
}
