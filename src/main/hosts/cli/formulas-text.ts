/** What the paper's formulas say, as tables for a terminal and as dmt-lab/formulas@1. */
import { PAPER_DESIGNS, type PaperDesign } from '@shared/formulas/designs'
import { FORMULA_LABEL } from '@shared/formulas/formula-rows'
import { formatCount, formatFixed, formatRatio, formatShare, NONE } from '@shared/format/number'
import type { Group, HistogramResult, Measurement, PaperResults } from '@shared/formulas/paper-results'
import { textTable } from './text-table'

interface Row {
  readonly title: string
  readonly environment: Group['environment']
  readonly design: PaperDesign
}

/** Designs of the histogram's own environment, and the one the paper has for a nested guest. */
function rowsOf({ environment, groups }: HistogramResult): Row[] {
  const own = PAPER_DESIGNS.filter(({ id }) => groups[0].cyclesPerWalk[id] !== undefined).map(
    ({ id, title }): Row => ({ title, environment, design: id })
  )
  const hasNested = groups.some((group) => group.environment === 'nested')
  return hasNested ? [...own, { title: 'pvDMT, nested', environment: 'nested', design: 'pvdmt' }] : own
}

/** A column of the table: its heading and what it holds for a design. */
interface Column {
  readonly head: string
  readonly cell: (row: Row) => string
}

function columnsOf({ groups, environment }: HistogramResult): Column[] {
  return groups
    .filter((group) => group.environment === environment)
    .flatMap(({ pages, application }) => {
      const at = ({ environment: of }: Row): Group | undefined =>
        groups.find((group) => group.environment === of && group.pages === pages)
      const column = (head: string, cell: (group: Group, design: PaperDesign) => string): Column => ({
        head: `${pages} ${head}`,
        cell: (row) => {
          const group = at(row)
          return group === undefined ? NONE : cell(group, row.design)
        }
      })
      const ratio = (value: number | undefined, design: PaperDesign): string =>
        design === 'vanilla' ? 'baseline' : formatRatio(value ?? NaN)
      return [
        column('cycles/walk', (group, design) => formatFixed(group.cyclesPerWalk[design] ?? NaN, 2)),
        column('speedup', (group, design) => ratio(group.pageWalkSpeedup[design], design)),
        ...(application === undefined
          ? []
          : [
              column('application', (group, design) => ratio(group.application?.speedup[design], design)),
              column('overhead', (group, design) =>
                design === 'vanilla' ? formatShare(group.application?.walkOverhead ?? NaN) : ''
              )
            ])
      ]
    })
}

/** What a reader would otherwise take for more than it is. */
const remarks = ({ environment }: HistogramResult): string =>
  'The 2M group reads the same walks without their level 4.' +
  (environment === 'native' ? '' : ' Nested counts three reads for two; no exit is in it.')

function histogramText(histogram: HistogramResult): string {
  const { file, environment, walks, rows } = histogram
  const columns = columnsOf(histogram)
  const table = textTable(
    [
      [FORMULA_LABEL, ...columns.map(({ head }) => head)],
      ...rowsOf(histogram).map((row) => [row.title, ...columns.map(({ cell }) => cell(row))])
    ],
    ['left', ...columns.map(() => 'right' as const)]
  )
  const head = `${file}: histogram, ${environment}, ${formatCount(walks)} walks in ${formatCount(rows.length)} patterns`
  return `${head}\n\n${table}\n${remarks(histogram)}\n`
}

function measurementText({ file, pages, walkOverhead, cyclesPerWalk }: Measurement): string {
  const walk = `${formatFixed(cyclesPerWalk, 1)} cycles per walk`
  return `${file}: perf counts, ${pages.join(' and ')} pages, walk overhead ${formatShare(walkOverhead)}, ${walk} (measured)\n`
}

export const formulasText = ({ histograms, measurements }: PaperResults): string =>
  [
    ...(measurements.length > 0 ? [measurements.map(measurementText).join('')] : []),
    ...histograms.map(histogramText)
  ].join('\n')

/** The same as dmt-lab/formulas@1; vectors themselves stay in their file. */
export function formulasJson({ histograms, measurements }: PaperResults): string {
  const value = {
    schema: 'dmt-lab/formulas@1',
    label: FORMULA_LABEL,
    histograms: histograms.map(({ file, environment, walks, rows, groups }) => ({
      file,
      environment,
      walks,
      distinct: rows.length,
      groups
    })),
    measurements: measurements.map(({ file, pages, walkOverhead, cyclesPerWalk }) => ({
      file,
      pages,
      walkOverhead,
      cyclesPerWalk
    }))
  }
  return JSON.stringify(value, null, 2) + '\n'
}
