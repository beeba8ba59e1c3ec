/** Lanes against the first one: speedups and memory for translation, all of the emulated run. */
import type { Comparison, LaneResult } from '@shared/model/result'

const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b)

/** @param firstDifference the reference at which a lane first reached another page than its own */
export function compareLanes(
  lanes: readonly LaneResult[],
  sameTranslations: boolean,
  firstDifference?: number
): Comparison {
  const [baseline, ...others] = lanes
  const byLane = (of: (lane: LaneResult) => number): Record<string, number> =>
    Object.fromEntries(others.map((lane) => [lane.id, of(lane)]))
  const against = (of: (lane: LaneResult) => number): Record<string, number> =>
    byLane((lane) => ratio(of(baseline), of(lane)))
  return {
    baseline: baseline.id,
    pageWalkSpeedup: against((lane) => lane.derived.cyclesPerWalk),
    applicationSpeedup: against((lane) => lane.counters.totalCycles),
    memoryOverhead: byLane(({ memory }) => memory.translationBytes - baseline.memory.translationBytes),
    sameTranslations,
    ...(firstDifference === undefined ? {} : { firstDifference })
  }
}
