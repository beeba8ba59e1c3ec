/** Measures of a lane over a window of references, each a ratio of differences of series columns. */
import { SERIES_COLUMNS } from '@shared/model/snapshot'
import { formatFixed, formatShare } from '@shared/format/number'
import { decimalsOf } from './nice'

export type Column = (typeof SERIES_COLUMNS)[number]
export const COLUMN = Object.fromEntries(SERIES_COLUMNS.map((name, i) => [name, i])) as Record<Column, number>

export interface Measure {
  readonly id: string
  readonly title: string
  readonly unit: string
  /** One clause for a reader who meets it here first. */
  readonly meaning: string
  /** Columns added up, over and under the line. */
  readonly over: readonly Column[]
  readonly under: readonly Column[]
  readonly scale: number
  /** A value as it is written everywhere: fixed decimals, its unit where the caption does not carry it. */
  readonly format: (value: number) => string
  /** A value on an axis whose ticks lie `step` from each other. */
  readonly tick: (value: number, step: number) => string
}

type Ratio = Pick<Measure, 'id' | 'title' | 'unit' | 'meaning' | 'over' | 'under'>

const plain = (decimals: number) => (value: number) => formatFixed(value, decimals)
const tickOf = (value: number, step: number): string => formatFixed(value, decimalsOf(step))

const mean = (ratio: Ratio, decimals: number): Measure => ({
  ...ratio,
  scale: 1,
  format: plain(decimals),
  tick: tickOf
})
const perThousand = (ratio: Ratio): Measure => ({ ...ratio, scale: 1000, format: plain(1), tick: tickOf })
const share = (ratio: Ratio): Measure => ({
  ...ratio,
  scale: 1,
  format: (value) => formatShare(value),
  tick: (value, step) => formatShare(value, decimalsOf(100 * step))
})

/** The charts that are there unless a person chooses others, which the tiles show too. */
export const MEASURES: readonly Measure[] = [
  perThousand({
    id: 'walksPerKiloReference',
    title: 'TLB misses per 1k references',
    unit: 'misses',
    meaning: 'how often the TLB has no answer, so that a walk is needed',
    over: ['walks'],
    under: ['references']
  }),
  mean(
    {
      id: 'referencesPerWalk',
      title: 'References per walk',
      unit: 'references',
      meaning: 'entries read for one translation, those read at the same time included',
      over: ['walkReferences'],
      under: ['walks']
    },
    2
  ),
  mean(
    {
      id: 'cyclesPerWalk',
      title: 'Cycles per walk',
      unit: 'cycles',
      meaning: 'how long one translation takes before any overlap',
      over: ['walkCycles'],
      under: ['walks']
    },
    1
  ),
  share({
    id: 'walkOverhead',
    title: 'Walk overhead',
    unit: 'share of all cycles',
    meaning: 'time in which nothing but a walk goes on',
    over: ['walkStallCycles'],
    under: ['totalCycles']
  })
]

const STEPS = ['pwcHits', 'ntlbHits', 'stepsL1', 'stepsL2', 'stepsLlc', 'stepsMemory'] as const

/** What a chart can show instead. */
export const MORE_MEASURES: readonly Measure[] = [
  perThousand({
    id: 'walksPerKiloInstruction',
    title: 'Walk MPKI',
    unit: 'walks per 1k instructions',
    meaning: 'TLB misses that need a walk, over instructions instead of references',
    over: ['walks'],
    under: ['instructions']
  }),
  share({
    id: 'dmtCoverage',
    title: 'DMT coverage',
    unit: 'share of walks',
    meaning: 'walks in which every layer was translated by its register',
    over: ['dmtWalks'],
    under: ['walks']
  }),
  mean(
    {
      id: 'criticalReferencesPerWalk',
      title: 'Critical references per walk',
      unit: 'references',
      meaning: 'reads that wait for each other; those at the same time count once',
      over: ['walkCriticalReferences'],
      under: ['walks']
    },
    2
  ),
  mean(
    {
      id: 'cyclesPerReference',
      title: 'Cycles per reference',
      unit: 'cycles',
      meaning: 'all time over all references: lower is faster',
      over: ['totalCycles'],
      under: ['references']
    },
    1
  ),
  share({
    id: 'stepsFromMemory',
    title: 'Memory share of steps',
    unit: 'share of walk steps',
    meaning: 'walk steps that no cache answered',
    over: ['stepsMemory'],
    under: STEPS
  }),
  share({
    id: 'stepsFromWalkCaches',
    title: 'Walk-cache share of steps',
    unit: 'share of walk steps',
    meaning: 'walk steps that a page-walk cache or the nested TLB answered, so that nothing was read',
    over: ['pwcHits', 'ntlbHits'],
    under: STEPS
  }),
  share({
    id: 'stlbHitShare',
    title: 'STLB hit share',
    unit: 'share of first-level misses',
    meaning: 'first-level TLB misses that the shared second level answers',
    over: ['stlbHits'],
    under: ['stlbHits', 'stlbMisses']
  }),
  perThousand({
    id: 'faultsPerKiloReference',
    title: 'Faults per 1k references',
    unit: 'faults',
    meaning: 'page faults and EPT violations: a mapping was missing or forbade the access',
    over: ['pageFaults', 'eptViolations'],
    under: ['references']
  }),
  perThousand({
    id: 'exitsPerKiloReference',
    title: 'VM exits per 1k references',
    unit: 'exits',
    meaning: 'transitions from a guest to the host hypervisor',
    over: ['vmExits'],
    under: ['references']
  }),
  share({
    id: 'dataShare',
    title: 'Data share of cycles',
    unit: 'share of all cycles',
    meaning: 'time in which nothing but waiting for data goes on',
    over: ['dataCycles'],
    under: ['totalCycles']
  }),
  share({
    id: 'softwareShare',
    title: 'Software share of cycles',
    unit: 'share of all cycles',
    meaning: 'time for faults, exits, hypercalls, shootdowns and TEA work',
    over: ['softwareCycles'],
    under: ['totalCycles']
  })
]

/** In the order of a lane's lines. */
export const ALL_MEASURES: readonly Measure[] = [...MEASURES, ...MORE_MEASURES]
