/**
 * Fewer, wider windows of a lane's series, so that a line shows its course and not its noise. Windows cover equal
 * numbers of references; a ratio per walk weighs each window by its walks, which makes it the ratio of the whole.
 */
import type { LaneSeries } from '@shared/model/result'

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

const mean = (values: readonly number[]): number => sum(values) / values.length

/** NaN when nothing has a weight: there was no walk to measure. */
const weightedMean = (values: readonly number[], weights: readonly number[]): number =>
  sum(values.map((value, i) => value * weights[i])) / sum(weights)

export function mergeWindows(series: LaneSeries, limit: number): LaneSeries {
  const { length } = series.references
  const count = Math.min(length, limit)
  const starts = Array.from({ length: count + 1 }, (_, i) => Math.round((i * length) / count))
  const merged = (of: (from: number, to: number) => number): number[] =>
    starts.slice(1).map((to, i) => of(starts[i], to))
  const perWalk = (values: readonly number[]): number[] =>
    merged((from, to) => weightedMean(values.slice(from, to), series.walksPerKiloReference.slice(from, to)))
  return {
    references: merged((_, to) => series.references[to - 1]),
    cyclesPerWalk: perWalk(series.cyclesPerWalk),
    referencesPerWalk: perWalk(series.referencesPerWalk),
    walkOverhead: merged((from, to) => mean(series.walkOverhead.slice(from, to))),
    walksPerKiloReference: merged((from, to) => mean(series.walksPerKiloReference.slice(from, to)))
  }
}
