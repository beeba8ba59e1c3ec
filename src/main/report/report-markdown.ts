/** The report as plain text with tables, for a note or a review. */
import { besideRows, laneDifferences } from '@shared/formulas/beside'
import { WHY_FORMULA_DIFFERS } from '@shared/formulas/formula-rows'
import { answered } from '@shared/model/walk-record'
import type { RunResult } from '@shared/model/result'
import { isSampled, SAMPLED_NOTE } from '@shared/model/sampled'
import { formatCount } from '@shared/format/number'
import { formatTick } from '@shared/format/quantity'
import { eventSums } from './closing-sections'
import {
  DIFFERENCES_TITLE,
  FORMULA_HEAD,
  FORMULA_TITLE,
  besideValues,
  formulaSentence
} from './formula-section'
import { HIT_GROUPS, stepsByGroup, stepsText } from './hit-groups'
import { parameterGroups } from './parameter-groups'
import {
  comparisonRows,
  counterRows,
  derivedRows,
  memoryRows,
  setUpRows,
  type ResultRow
} from './result-rows'
import { runTitle, setUpFacts } from './set-up-facts'
import { WALKS_NOTE } from './walks-csv'
import { formatShare, NONE } from '@shared/format/number'

const PATTERN_ROWS = 8

/** Text that Markdown and HTML leave alone, on one line. */
const plain = (text: string): string =>
  text
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .replace(/[\\`*_{}[\]<>#|~&!]/g, (character) => '\\' + character)

const row = (cells: readonly string[]): string => `| ${cells.map(plain).join(' | ')} |`

/** Number columns are aligned to the right: all but the first and those after `numbers`. */
function table(head: readonly string[], rows: readonly (readonly string[])[], numbers: number): string {
  const rule = head.map((_, i) => (i > 0 && i <= numbers ? '---:' : '---'))
  return [row(head), `| ${rule.join(' | ')} |`, ...rows.map(row)].join('\n')
}

function resultTable({ lanes }: RunResult, what: string, rows: readonly ResultRow[]): string {
  const head = [what, ...lanes.map((lane) => lane.id), 'Definition', 'Name in run.json']
  const cells = rows.map(({ id, title, values, meaning }) => [title, ...values, meaning, id])
  return table(head, cells, lanes.length)
}

function warningLines({ partial, partialReason, comparison, source }: RunResult): string[] {
  const first = comparison.firstDifference
  return [
    ...(isSampled(source) ? [`> **${SAMPLED_NOTE}**`] : []),
    ...(partial
      ? [`> **Partial result.** The run ended early: ${plain(partialReason ?? 'no reason was recorded')}.`]
      : []),
    ...(comparison.sameTranslations
      ? []
      : [
          `> **Translations differ.**${first === undefined ? '' : ` First at reference ${formatCount(first)}.`}`
        ])
  ]
}

function hitTable({ lanes }: RunResult): string {
  const sums = lanes.map((lane) => stepsByGroup(lane.walkHistogram))
  const totals = sums.map((steps) => steps.reduce((a, b) => a + b, 0))
  const rows = HIT_GROUPS.map(({ rank, title }) => [
    title,
    ...sums.map((steps, i) => (totals[i] > 0 ? formatShare(steps[rank - 1] / totals[i]) : NONE))
  ])
  return table(['Step answered by', ...lanes.map((lane) => lane.id)], rows, lanes.length)
}

function formulaBlock(run: RunResult): string {
  const { formula } = run
  if (formula === undefined) return ''
  const rows = besideRows(run.lanes, formula).map((row) => [row.title, ...besideValues(row)])
  const text = `${formulaSentence(formula)} ${WHY_FORMULA_DIFFERS}`
  const why = laneDifferences(run.lanes, formula, run.spec.environment)
    .map(({ lane, text }) => `- ${plain(lane)}: ${plain(text)}`)
    .join('\n')
  const beside = table(['Design', ...FORMULA_HEAD], rows, FORMULA_HEAD.length)
  return `${plain(text)}\n\n${beside}\n\n### ${DIFFERENCES_TITLE}\n\n${why}`
}

const patternTable = ({ lanes }: RunResult): string =>
  table(
    ['Lane', 'Walks', 'Steps in order'],
    lanes.flatMap(({ id, walkHistogram }) =>
      [...walkHistogram]
        .sort((a, b) => b.count - a.count)
        .slice(0, PATTERN_ROWS)
        .map(({ steps, count }) => [id, formatCount(count), stepsText(answered(steps))])
    ),
    1
  )

const eventTable = ({ lanes }: RunResult): string =>
  table(
    ['Lane', 'Times', 'Cycles', 'Event'],
    lanes.flatMap(({ id, events }) =>
      eventSums(events).map(({ kind, times, cycles }) => [id, formatCount(times), formatTick(cycles), kind])
    ),
    2
  )

function provenanceLines({ provenance, source, lanes, app }: RunResult): string[] {
  const list = (title: string, items: readonly string[]): string =>
    `- ${title}: ${items.map(plain).join('; ') || 'nothing'}`
  return [
    list('Emulated', provenance.emulated),
    list('Modelled', provenance.modelled),
    list('Imported', provenance.imported),
    `- Source: ${source.kind} ${plain(source.name ?? source.id)}, ${formatCount(source.records)} records`,
    ...(source.sha256 ? [`- SHA-256 of the trace: ${plain(source.sha256)}`] : []),
    ...lanes.map(({ id, digest }) => `- Digest of ${plain(id)}: ${plain(digest)}`),
    `- DMT Lab version ${plain(app.version)}`,
    `- Beside this text: run.json, the whole result; series.csv, the points of the charts; walks.csv, ${WALKS_NOTE}`
  ]
}

export function reportMarkdown(run: RunResult): string {
  const parameters = parameterGroups(run.spec).flatMap(({ rows }) =>
    rows.map(({ path, value }) => [path, value])
  )
  const facts = setUpFacts(run).map(([name, value]) => `- ${name}: ${plain(value)}`)
  const sections: (readonly [title: string, body: string])[] = [
    ['Results', resultTable(run, 'Value', [...derivedRows(run), ...comparisonRows(run)])],
    [FORMULA_TITLE, formulaBlock(run)],
    ['Where walk steps hit', hitTable(run)],
    ['The most frequent walks', patternTable(run)],
    ['Counters', resultTable(run, 'Counter', counterRows(run))],
    ['Memory', resultTable(run, 'Memory', memoryRows(run))],
    ['Set-up', resultTable(run, 'Set-up', setUpRows(run))],
    ['What the system software did', eventTable(run)],
    ['Parameters', table(['Parameter', 'Value'], parameters, 1)],
    ['Where the numbers come from', provenanceLines(run).join('\n')]
  ]
  const opening = [`# ${plain(runTitle(run))}`, warningLines(run).join('\n>\n'), facts.join('\n')]
  const same = run.comparison.sameTranslations ? ['All lanes reached the same translations.'] : []
  const blocks = [
    ...opening,
    ...same,
    ...sections.filter(([, body]) => body !== '').map(([title, body]) => `## ${title}\n\n${body}`)
  ]
  return blocks.filter((block) => block !== '').join('\n\n') + '\n'
}
