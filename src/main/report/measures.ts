/** The five things drawn along a run: what each is called, and how its numbers read. */
import type { LaneResult, LaneSeries, RunResult } from '@shared/model/result'
import { formatFixed, formatRatio, formatShare, TIMES } from '@shared/format/number'

export interface Line {
  /** Position of the lane in the run. */
  readonly lane: number
  readonly references: readonly number[]
  /** NaN where nothing was measured. */
  readonly values: readonly number[]
  /** The value over the whole run, as the results state it. */
  readonly overall: number
}

export interface Measure {
  readonly id: string
  readonly title: string
  readonly unit: string
  readonly format: (value: number) => string
  /** A round number on the axis, without the decimals it does not need. */
  readonly tick: (value: number) => string
  /** Ratios of two lanes belong to neither and take no lane's hue. */
  readonly isRatio: boolean
  readonly lines: (run: RunResult) => Line[]
}

type SeriesId = Exclude<keyof LaneSeries, 'references'>

const withoutZeros = (text: string): string =>
  text.replace(/\.(\d*?)0+(?=\D|$)/, (_, kept: string) => (kept ? `.${kept}` : ''))

const reads = (format: (value: number) => string): Pick<Measure, 'format' | 'tick'> => ({
  format,
  tick: (value) => withoutZeros(format(value))
})

const fixed = (decimals: number): Pick<Measure, 'format' | 'tick'> =>
  reads((value) => formatFixed(value, decimals))

/** A window without walks has no ratio per walk; the series holds 0 there. */
function measured({ series }: LaneResult, id: SeriesId): readonly number[] {
  if (id !== 'cyclesPerWalk' && id !== 'referencesPerWalk') return series[id]
  return series[id].map((value, i) => (series.walksPerKiloReference[i] > 0 ? value : NaN))
}

const ofEachLane =
  (id: SeriesId) =>
  ({ lanes }: RunResult): Line[] =>
    lanes.map((lane, i) => ({
      lane: i,
      references: lane.series.references,
      values: measured(lane, id),
      overall: lane.derived[id]
    }))

function speedupLine(lane: LaneResult, index: number, baseline: LaneResult, overall: number): Line {
  const base = measured(baseline, 'cyclesPerWalk')
  const own = measured(lane, 'cyclesPerWalk').slice(0, base.length)
  return {
    lane: index,
    references: lane.series.references.slice(0, own.length),
    values: own.map((cycles, i) => (cycles > 0 ? base[i] / cycles : NaN)),
    overall
  }
}

/** Lanes run in lock step, so points of the same position stand for the same references. */
function pageWalkSpeedups({ lanes, comparison }: RunResult): Line[] {
  const baseline = lanes.find((lane) => lane.id === comparison.baseline)
  if (!baseline) return []
  return lanes.flatMap((lane, i) =>
    lane === baseline ? [] : [speedupLine(lane, i, baseline, comparison.pageWalkSpeedup[lane.id])]
  )
}

const measure = (
  id: SeriesId,
  title: string,
  unit: string,
  format: Pick<Measure, 'format' | 'tick'>
): Measure => ({
  id,
  title,
  unit,
  ...format,
  isRatio: false,
  lines: ofEachLane(id)
})

export const MEASURES: readonly Measure[] = [
  measure('walksPerKiloReference', 'TLB misses per 1k references', 'misses', fixed(1)),
  measure('referencesPerWalk', 'References per walk', 'references', fixed(2)),
  measure('cyclesPerWalk', 'Cycles per walk', 'cycles', fixed(1)),
  measure(
    'walkOverhead',
    'Walk overhead',
    'share of all cycles',
    reads((value) => formatShare(value))
  ),
  {
    id: 'pageWalkSpeedup',
    title: 'Page-walk speedup',
    unit: 'against the baseline',
    format: (value) => formatRatio(value),
    tick: (value) => withoutZeros(formatFixed(value, 2)) + TIMES,
    isRatio: true,
    lines: pageWalkSpeedups
  }
]
