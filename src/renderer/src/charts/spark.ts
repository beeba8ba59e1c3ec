/** A sparkline's path in a 100 x 20 box. Sparklines of a pair share their range, so their heights compare. */

const POINTS = 31
const TOP = 2
const BOTTOM = 18

/** Every n-th value, the last one included, NaN left out. */
function thin(line: ArrayLike<number>): number[] {
  const count = Math.min(POINTS, line.length)
  const picked = Array.from({ length: count }, (_, i) =>
    count === 1 ? line[0] : line[Math.round((i * (line.length - 1)) / (count - 1))]
  )
  return picked.filter((value) => Number.isFinite(value))
}

/** Paths of lines in the same range, in their order; empty where a line has fewer than two values. */
export function sparkPaths(lines: readonly ArrayLike<number>[]): string[] {
  const thinned = lines.map(thin)
  const values = thinned.flat()
  const low = Math.min(...values)
  const span = Math.max(...values) - low
  const y = (value: number): number => BOTTOM - (span > 0 ? (value - low) / span : 0.5) * (BOTTOM - TOP)
  return thinned.map((line) =>
    line.length < 2
      ? ''
      : 'M' + line.map((v, i) => `${((100 * i) / (line.length - 1)).toFixed(1)},${y(v).toFixed(1)}`).join(' ')
  )
}
