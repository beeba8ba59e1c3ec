/** A point of a drawn line, in data or in pixels. */
export type Point = readonly [x: number, y: number]

/**
 * At most about `limit` points that look like all of them: of each slice its lowest and its highest, in their
 * order, so that no peak is lost. First and last stay.
 */
export function decimate(points: readonly Point[], limit: number): readonly Point[] {
  if (points.length <= limit) return points
  const slices = Math.max(1, Math.floor(limit / 2) - 1)
  const inner = points.length - 2
  const kept: Point[] = [points[0]]
  for (let slice = 0; slice < slices; slice++) {
    const from = 1 + Math.floor((slice * inner) / slices)
    const to = 1 + Math.floor(((slice + 1) * inner) / slices)
    kept.push(...extremes(points, from, to))
  }
  kept.push(points[points.length - 1])
  return kept
}

function extremes(points: readonly Point[], from: number, to: number): Point[] {
  let [low, high] = [from, from]
  for (let i = from + 1; i < to; i++) {
    if (points[i][1] < points[low][1]) low = i
    if (points[i][1] > points[high][1]) high = i
  }
  if (low === high) return [points[low]]
  return low < high ? [points[low], points[high]] : [points[high], points[low]]
}
