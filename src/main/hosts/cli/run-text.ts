/** A run's results as a table for a terminal. */
import { formatBytes } from '@shared/format/quantity'
import { formatCount, formatFixed, formatRatio, formatShare, NONE } from '@shared/format/number'
import type { LaneResult, RunResult } from '@shared/model/result'
import { textTable } from './text-table'

interface Row {
  readonly title: string
  readonly of: (lane: LaneResult, run: RunResult) => string
}

const speedup = (speedups: Record<string, number>, lane: LaneResult, { comparison }: RunResult): string =>
  lane.id === comparison.baseline ? 'baseline' : formatRatio(speedups[lane.id] ?? NaN)

const ROWS: readonly Row[] = [
  { title: 'Walks', of: ({ counters }) => formatCount(counters.walks) },
  {
    title: 'TLB misses per 1k references',
    of: ({ derived }) => formatFixed(derived.walksPerKiloReference, 1)
  },
  { title: 'References per walk', of: ({ derived }) => formatFixed(derived.referencesPerWalk, 2) },
  { title: 'Cycles per walk', of: ({ derived }) => formatFixed(derived.cyclesPerWalk, 1) },
  { title: 'Walk overhead', of: ({ derived }) => formatShare(derived.walkOverhead) },
  {
    title: 'DMT coverage',
    of: ({ counters, derived }) =>
      counters.dmtWalks + counters.fallbackWalks > 0 ? formatShare(derived.dmtCoverage) : NONE
  },
  { title: 'Total cycles', of: ({ counters }) => formatCount(counters.totalCycles) },
  { title: 'Page-walk speedup', of: (lane, run) => speedup(run.comparison.pageWalkSpeedup, lane, run) },
  { title: 'Application speedup', of: (lane, run) => speedup(run.comparison.applicationSpeedup, lane, run) }
]

function headline({ source, spec, lanes }: RunResult): string {
  const what =
    source.kind === 'trace'
      ? `trace ${source.name ?? source.id}`
      : `${source.id} ${formatBytes(spec.footprint)}`
  const references = formatCount(lanes[0].counters.references)
  return `${what}, ${spec.environment}, ${spec.profile}, seed ${spec.seed}: ${references} references`
}

function closing({ partial, partialReason, comparison }: RunResult): string {
  const first = comparison.firstDifference
  const where = first === undefined ? '' : `, first at reference ${formatCount(first)}`
  const same = comparison.sameTranslations
    ? 'Same translations in all lanes.'
    : `Translations differ${where}.`
  return partial ? `${same}\nPartial result: ${partialReason ?? 'the run ended early'}.` : same
}

export function runTable(run: RunResult): string {
  const head = ['', ...run.lanes.map((lane) => lane.id)]
  const rows = ROWS.map(({ title, of }) => [title, ...run.lanes.map((lane) => of(lane, run))])
  const table = textTable([head, ...rows], ['left', ...run.lanes.map(() => 'right' as const)])
  return `${headline(run)}\n\n${table}\n${closing(run)}\n`
}
