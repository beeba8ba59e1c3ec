/** A run's results as a table for a terminal. */
import { besideRows, laneDifferences } from '@shared/formulas/beside'
import { FORMULA_LABEL } from '@shared/formulas/formula-rows'
import { overheadText } from '@shared/format/memory-overhead'
import { formatBytes } from '@shared/format/quantity'
import { formatCount, formatFixed, formatRatio, formatShare, NONE } from '@shared/format/number'
import type { LaneResult, RunFormula, RunResult } from '@shared/model/result'
import { isSampled, SAMPLED_NOTE, shownRun } from '@shared/model/sampled'
import { paragraph, textTable } from './text-table'

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
  {
    title: 'Total cycles',
    of: ({ counters }, { source }) => (isSampled(source) ? NONE : formatCount(counters.totalCycles))
  },
  // A speedup says little without what it is over, so these four stand together.
  { title: 'Cycles per walk', of: ({ derived }) => formatFixed(derived.cyclesPerWalk, 1) },
  { title: 'Walk overhead', of: ({ derived }) => formatShare(derived.walkOverhead) },
  { title: 'Page-walk speedup', of: (lane, run) => speedup(run.comparison.pageWalkSpeedup, lane, run) },
  { title: 'Application speedup', of: (lane, run) => speedup(run.comparison.applicationSpeedup, lane, run) },
  {
    title: 'Memory for translation',
    of: ({ memory }) => formatBytes(memory.translationBytes ?? NaN)
  },
  { title: 'of it the design’s own', of: ({ memory }) => formatBytes(memory.designBytes ?? NaN) },
  { title: 'Memory overhead', of: overhead }
]

function overhead(lane: LaneResult, { lanes, comparison }: RunResult): string {
  const baseline = lanes.find(({ id }) => id === comparison.baseline)
  if (baseline === undefined || lane === baseline) return 'baseline'
  return overheadText(lane.memory, baseline.memory)
}

function headline({ source, spec, lanes }: RunResult): string {
  const what =
    source.kind === 'trace'
      ? `trace ${source.name ?? source.id}`
      : `${source.id} ${formatBytes(spec.footprint)}`
  const references = formatCount(lanes[0].counters.references)
  return `${what}, ${spec.environment}, ${spec.profile}, seed ${spec.seed}: ${references} references`
}

/** A block of its own under the emulated numbers, so that nobody takes one for the other. */
function formulaBlock({ lanes, spec }: RunResult, formula: RunFormula): string {
  const { lane, pages, walks, walkOverhead } = formula
  const rows = besideRows(lanes, formula).map(({ title, formula, emulated }) => [
    title,
    ...formula,
    ...emulated.slice(0, 2)
  ])
  const head = [
    '',
    'Cycles per walk',
    'Page-walk speedup',
    'Application speedup',
    'Emulated cycles',
    'Emulated page walk'
  ]
  const table = textTable([head, ...rows], ['left', ...head.slice(1).map(() => 'right' as const)])
  const what = `from the steps of ${formatCount(walks)} walks of ${lane}, ${pages} pages`
  const overhead = `The walk overhead is the emulated one of ${lane}, ${formatShare(walkOverhead)}.`
  return `\n${FORMULA_LABEL}: ${what}\n\n${table}\n${overhead}\n${differencesBlock(lanes, formula, spec)}`
}

function differencesBlock(lanes: RunResult['lanes'], formula: RunFormula, spec: RunResult['spec']): string {
  const texts = laneDifferences(lanes, formula, spec.environment)
  const title = '\nWhy emulated and formula differ\n\n'
  return title + texts.map(({ lane, text }) => paragraph(`${lane}: ${text}`)).join('')
}

function closing({ partial, partialReason, comparison }: RunResult): string {
  const first = comparison.firstDifference
  const where = first === undefined ? '' : `, first at reference ${formatCount(first)}`
  const same = comparison.sameTranslations
    ? 'Same translations in all lanes.'
    : `Translations differ${where}.`
  return partial ? `${same}\nPartial result: ${partialReason ?? 'the run ended early'}.` : same
}

/** Over samples the rates are dashes, and nothing is computed from them. */
export function runTable(result: RunResult): string {
  const run = shownRun(result)
  const head = ['', ...run.lanes.map((lane) => lane.id)]
  const rows = ROWS.map(({ title, of }) => [title, ...run.lanes.map((lane) => of(lane, run))])
  const table = textTable([head, ...rows], ['left', ...run.lanes.map(() => 'right' as const)])
  const formula = run.formula === undefined ? '' : formulaBlock(run, run.formula)
  const sampled = isSampled(run.source) ? `${SAMPLED_NOTE}\n` : ''
  return `${headline(run)}\n\n${table}\n${sampled}${closing(run)}\n${formula}`
}
