/** A result as a run would give it: laws hold, lanes agree, series wander a little. */
import { COUNTERS, type CounterId, type Counters } from '@shared/stats/counters'
import { applicationSpeedups, estimate } from '@shared/formulas/estimate'
import { derive } from '@shared/stats/derived'
import type {
  HistogramRow,
  LaneResult,
  LaneSeries,
  ResultWalk,
  RunFormula,
  RunResult
} from '@shared/model/result'
import { labSpecSchema, type SpecInput } from '@shared/model/spec'
import { answered, type HitLevel } from '@shared/model/walk-record'
import { someHardware } from './offer'

const REFERENCES = 2_000_000
const POINTS = 200

const counters = (some: Partial<Counters>): Counters =>
  Object.fromEntries(COUNTERS.map(({ id }): [CounterId, number] => [id, some[id] ?? 0])) as Counters

interface LaneShape {
  readonly design: string
  readonly walks: number
  readonly histogram: readonly HistogramRow[]
  readonly differences?: Partial<Counters>
}

const walksOf = (histogram: readonly HistogramRow[]): number =>
  histogram.reduce((sum, row) => sum + row.count, 0)

const LATENCY: Record<HitLevel, number> = { PWC: 1, NTLB: 1, L1: 4, L2: 14, LLC: 54, MEMORY: 200 }
const latencyOf = (row: HistogramRow): number =>
  answered(row.steps).reduce((sum, hit) => sum + LATENCY[hit], 0)

const isReference = (hit: HitLevel): boolean => hit !== 'PWC' && hit !== 'NTLB'

function countersOf({ walks, histogram, differences }: LaneShape): Counters {
  const sum = (of: (row: HistogramRow) => number): number =>
    histogram.reduce((total, row) => total + row.count * of(row), 0)
  const walkCycles = sum(latencyOf)
  const walkStallCycles = walkCycles * 0.65
  const [instructionCycles, dataCycles, softwareCycles] = [6 * REFERENCES, 94 * REFERENCES, 1_500_000]
  return counters({
    references: REFERENCES,
    loads: REFERENCES,
    dtlbMisses: walks + 12_000,
    stlbHits: 12_000,
    stlbMisses: walks,
    walks,
    walkReferences: sum((row) => answered(row.steps).filter(isReference).length),
    walkCriticalReferences: sum((row) => answered(row.steps).filter(isReference).length),
    walkCycles,
    instructions: 6 * REFERENCES,
    instructionCycles,
    dataCycles,
    walkStallCycles,
    softwareCycles,
    totalCycles: instructionCycles + dataCycles + walkStallCycles + softwareCycles,
    translationsChecked: REFERENCES,
    ...differences
  })
}

/** A fixed ripple between -1 and 1, so that two lanes differ and pictures stay the same. */
const ripple = (i: number, phase: number): number =>
  Math.sin(i * 0.7 + phase) * Math.cos(i * 0.23 + 2 * phase)

function seriesOf(c: Counters, phase: number): LaneSeries {
  const points = Array.from({ length: POINTS }, (_, i) => i + 1)
  const settled = (value: number, spread: number): number[] =>
    points.map((i) => value * (1 + spread * ripple(i, phase) + 0.4 * Math.exp(-i / 8)))
  const d = derive(c)
  return {
    references: points.map((i) => (i * REFERENCES) / POINTS),
    cyclesPerWalk: settled(d.cyclesPerWalk, 0.02),
    walkOverhead: settled(d.walkOverhead, 0.01).map((share) => Math.min(share, 0.95)),
    referencesPerWalk: settled(d.referencesPerWalk, d.referencesPerWalk % 1 === 0 ? 0 : 0.01),
    walksPerKiloReference: points.map((i) => d.walksPerKiloReference * (1 + 0.004 * ripple(i, 0)))
  }
}

/** One walk of each pattern, all of them in L0's tables. */
const walksWith = (histogram: readonly HistogramRow[]): ResultWalk[] =>
  histogram.map((row, i) => ({
    walk: i + 1,
    reference: 10 * i + 3,
    access: 'load',
    address: `0x7ff00000${i}abc`,
    outcome: 'translated',
    references: answered(row.steps).filter(isReference).length,
    cycles: latencyOf(row),
    steps: answered(row.steps).map((hit, n) => ({
      layer: 'L0',
      level: (n % 4) + 1,
      for: 'data',
      tableAddress: `0x${n + 1}000`,
      address: `0x${n + 1}008`,
      hit,
      cycles: LATENCY[hit],
      wasted: false
    }))
  }))

function aLane(shape: LaneShape, phase: number): LaneResult {
  const c = countersOf(shape)
  return {
    id: shape.design,
    design: shape.design,
    environment: 'virtualized',
    counters: c,
    derived: derive(c),
    memory: {
      pageTableBytes: 8_437_760,
      teaBytes: phase === 0 ? 0 : 8_388_608,
      teaBubbleBytes: 4096,
      shadowTableBytes: 0,
      designBytes: 0,
      translationBytes: 0,
      dataBytes: 4 * 2 ** 30
    },
    setUp: { pages: 2 ** 20, softwareCycles: 3_670_016_000, counters: counters({ pageFaults: 2 ** 20 }) },
    walkHistogram: shape.histogram.map((row) => ({ ...row, cycles: row.count * latencyOf(row) })),
    series: seriesOf(c, phase),
    events: [
      {
        n: 1,
        reference: 0,
        layer: 'L0',
        kind: 'tea-create',
        text: 'one area for 4 GiB of guest memory',
        frames: 2048,
        cycles: 9000,
        times: 1
      },
      {
        n: 2,
        reference: 1200,
        layer: 'L1',
        kind: 'register-load',
        text: 'register 0 takes the table',
        frames: 0,
        cycles: 100,
        times: 3
      }
    ],
    walks: walksWith(shape.histogram),
    digest: 'ab'.repeat(32)
  }
}

const row = (count: number, ...steps: HitLevel[]): HistogramRow => ({ steps, count })

const radixHistogram = [
  row(812_000, 'PWC', 'NTLB', 'PWC', 'LLC', 'MEMORY', 'PWC', 'MEMORY'),
  row(530_000, 'PWC', 'NTLB', 'L2', 'LLC', 'MEMORY', 'PWC', 'LLC', 'MEMORY'),
  row(301_000, 'PWC', 'PWC', 'L1', 'LLC', 'LLC', 'PWC', 'MEMORY'),
  row(160_000, 'PWC', 'PWC', 'L1', 'L2', 'LLC', 'L2', 'MEMORY'),
  row(90_000, 'NTLB', 'L1', 'L1', 'L2', 'MEMORY', 'L1', 'L2', 'LLC', 'MEMORY'),
  row(61_000, 'PWC', 'NTLB', 'L2', 'L2', 'MEMORY', 'LLC'),
  row(30_000, 'L1', 'L1', 'L2', 'LLC', 'L1', 'L1', 'LLC', 'MEMORY'),
  row(9_000, 'L1', 'L1', 'L1', 'L2', 'L2', 'LLC', 'LLC', 'MEMORY', 'MEMORY'),
  row(3_000, 'MEMORY', 'MEMORY', 'MEMORY', 'MEMORY', 'LLC', 'LLC'),
  row(1_000, 'MEMORY', 'LLC', 'MEMORY', 'MEMORY', 'MEMORY', 'MEMORY')
]
const dmtHistogram = [
  row(901_000, 'LLC', 'LLC', 'MEMORY'),
  row(602_000, 'L2', 'MEMORY', 'LLC'),
  row(404_000, 'MEMORY', 'LLC', 'LLC'),
  row(90_000, 'MEMORY', 'MEMORY', 'MEMORY')
]
const pvdmtHistogram = [
  row(1_100_000, 'LLC', 'MEMORY'),
  row(600_000, 'LLC', 'LLC'),
  row(207_000, 'MEMORY', 'MEMORY'),
  row(90_000, 'L2', 'MEMORY')
]

const dmtCounters = (walks: number, references: number): Partial<Counters> => ({
  dmtWalks: walks,
  dmtWalkReferences: references,
  registerMatches: 2 * walks,
  registerLoads: 4,
  teasCreated: 2
})

const LANES: readonly LaneShape[] = [
  { design: 'radix', walks: walksOf(radixHistogram), histogram: radixHistogram },
  {
    design: 'dmt',
    walks: walksOf(dmtHistogram),
    histogram: dmtHistogram,
    differences: dmtCounters(walksOf(dmtHistogram), 3 * walksOf(dmtHistogram))
  },
  {
    design: 'pvdmt',
    walks: walksOf(pvdmtHistogram),
    histogram: pvdmtHistogram,
    differences: dmtCounters(walksOf(pvdmtHistogram), 2 * walksOf(pvdmtHistogram))
  }
]

function comparisonOf(lanes: readonly LaneResult[]): RunResult['comparison'] {
  const [baseline, ...others] = lanes
  const speedups = (of: (lane: LaneResult) => number): Record<string, number> =>
    Object.fromEntries(others.map((lane) => [lane.id, of(baseline) / of(lane)]))
  return {
    baseline: baseline.id,
    pageWalkSpeedup: speedups((lane) => lane.derived.cyclesPerWalk),
    applicationSpeedup: speedups((lane) => lane.counters.totalCycles),
    sameTranslations: true
  }
}

/** By the formulas, for walks that hit the walk caches above their leaves. */
export function aRunFormula({ id, derived }: LaneResult): RunFormula {
  const places = Array.from({ length: 24 }, (_, place) =>
    place === 14 || place === 22 ? 'PWC' : place === 19 ? 'LLC' : place === 23 ? 'MEMORY' : 'ZERO'
  )
  const { walkOverhead } = derived
  const { cyclesPerWalk, pageWalkSpeedup } = estimate([{ places, count: 1000 }], 'virtualized', '4K')
  return {
    lane: id,
    pages: '4K',
    walks: 1000,
    walkOverhead,
    cyclesPerWalk,
    pageWalkSpeedup,
    applicationSpeedup: applicationSpeedups(cyclesPerWalk, walkOverhead)
  }
}

export const aSpec = (input: SpecInput = {}) => labSpecSchema.parse({ ...someHardware, ...input })

/** A finished run of the named designs (radix, dmt, pvdmt) on gups. */
export function aRunResult(differences: Partial<RunResult> = {}, designs = ['radix', 'pvdmt']): RunResult {
  const shapes = LANES.filter((lane) => designs.includes(lane.design))
  const lanes = shapes.map((shape, i) => aLane(shape, i))
  return {
    schema: 'dmt-lab/run@1',
    partial: false,
    app: { version: '0.1.0' },
    spec: aSpec({ lanes: designs }),
    source: { kind: 'workload', id: 'gups', records: REFERENCES },
    lanes,
    comparison: comparisonOf(lanes),
    formula: aRunFormula(lanes[0]),
    provenance: {
      emulated: ['Page tables of every layer', 'TLBs, walk caches and data caches'],
      modelled: ['Costs of VM exits and faults in cycles', 'Share of latency that other work hides'],
      imported: []
    },
    ...differences
  }
}
