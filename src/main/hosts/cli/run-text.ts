/** A run's results as a table for a terminal. */
import { FORMULA_LABEL, formulaRows } from '@shared/formulas/formula-rows'
import { formatBytes } from '@shared/format/quantity'
import { formatCount, formatFixed, formatRatio, formatShare, NONE } from '@shared/format/number'
import type { LaneResult, RunFormula, RunResult } from '@shared/model/result'
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
  {
    title: 'DMT coverage',
    of: ({ counters, derived }) =>
      counters.dmtWalks + counters.fallbackWalks > 0 ? formatShare(derived.dmtCoverage) : NONE
  },
  { title: 'Total cycles', of: ({ counters }) => formatCount(counters.totalCycles) },
  // A speedup says little without what it is over, so these four stand together.
  { title: 'Cycles per walk', of: ({ derived }) => formatFixed(derived.cyclesPerWalk, 1) },
  { title: 'Walk overhead', of: ({ derived }) => formatShare(derived.walkOverhead) },
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

/** A block of its own under the emulated numbers, so that nobody takes one for the other. */
function formulaBlock(formula: RunFormula): string {
  const { lane, pages, walks, walkOverhead } = formula
  const rows = formulaRows(formula).map(
    ({ title, cyclesPerWalk, pageWalkSpeedup, applicationSpeedup }, i) => [
      title,
      cyclesPerWalk,
      i === 0 ? formatShare(walkOverhead) : '',
      pageWalkSpeedup,
      applicationSpeedup
    ]
  )
  const head = ['', 'Cycles per walk', 'Walk overhead', 'Page-walk speedup', 'Application speedup']
  const table = textTable([head, ...rows], ['left', 'right', 'right', 'right', 'right'])
  const what = `from the steps of ${formatCount(walks)} walks of ${lane}, ${pages} pages`
  return `\n${FORMULA_LABEL}: ${what}\n\n${table}\nThe walk overhead is the emulated one of ${lane}.\n`
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
  const formula = run.formula === undefined ? '' : formulaBlock(run.formula)
  return `${headline(run)}\n\n${table}\n${closing(run)}\n${formula}`
}
