/**
 * Min-max decimation for several lines over one axis: the points kept are those at which any line has its least
 * or greatest value within a bucket, so that no spike is lost and all lines keep the same points.
 */

const extremes = (line: ArrayLike<number>, from: number, to: number): [number, number] => {
  let least = from
  let greatest = from
  for (let i = from + 1; i < to; i++) {
    if (line[i] < line[least]) least = i
    if (line[i] > line[greatest]) greatest = i
  }
  return [least, greatest]
}

/** Indices to keep, ascending, first and last among them: at most `limit` plus the two ends. */
export function decimate(lines: readonly ArrayLike<number>[], length: number, limit: number): number[] {
  if (length <= limit) return Array.from({ length }, (_, i) => i)
  const buckets = Math.max(1, Math.floor(limit / (2 * lines.length)))
  const kept = new Set<number>([0, length - 1])
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * length) / buckets)
    const to = Math.floor(((bucket + 1) * length) / buckets)
    for (const line of lines) for (const index of extremes(line, from, to)) kept.add(index)
  }
  return [...kept].sort((a, b) => a - b)
}
