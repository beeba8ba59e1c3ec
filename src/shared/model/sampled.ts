/**
 * What may be said of a run over samples of a program's accesses: what was touched and what was set up for it. How
 * often a TLB or a cache would have missed, and every cycle and speedup that follows from it, may not.
 */
import { DERIVED, type Derived, type DerivedId } from '../stats/derived'
import type { LaneResult, LaneSeries, RunResult, SourceInfo } from './result'

export const NO_RATES = 'Samples have no rates'
export const SAMPLED_NOTE = 'Sampled: rates of hits and misses say nothing.'

/** Values that rest on hits and misses. Windows, tables and reports show a dash for them. */
export const SAMPLED_RATES: ReadonlySet<DerivedId> = new Set<DerivedId>([
  'referencesPerWalk',
  'criticalReferencesPerWalk',
  'cyclesPerWalk',
  'walkOverhead',
  'walksPerKiloReference',
  'walksPerKiloInstruction'
])

/** Ratios that rest on neither, such as the share of walks by registers. */
export const holdsOverSamples = (id: string): boolean =>
  DERIVED.some((ratio) => ratio.id === id && !SAMPLED_RATES.has(ratio.id))

export const isSampled = ({ sampled }: Pick<SourceInfo, 'sampled'>): boolean => sampled === true

/** The run as it is shown to people: over samples its rates are NaN, which reads as a dash, and nothing rests on them. */
export function shownRun(run: RunResult): RunResult {
  if (!isSampled(run.source)) return run
  const { formula: _, ...rest } = run
  const { comparison } = run
  return {
    ...rest,
    lanes: run.lanes.map(shownLane),
    comparison: { ...comparison, pageWalkSpeedup: {}, applicationSpeedup: {} }
  }
}

/** The ratios that hold over samples as they are, the rates as NaN, which reads as a dash. */
export const withoutRates = (derived: Derived): Derived => ({
  ...derived,
  ...Object.fromEntries([...SAMPLED_RATES].map((id) => [id, NaN]))
})

const shownLane = (lane: LaneResult): LaneResult => ({
  ...lane,
  derived: withoutRates(lane.derived),
  series: withoutValues(lane.series)
})

function withoutValues({ references, ...columns }: LaneSeries): LaneSeries {
  const none = Object.fromEntries(Object.keys(columns).map((id) => [id, references.map(() => NaN)]))
  return { ...columns, ...none, references }
}
