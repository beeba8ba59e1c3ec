/** Five charts over one axis of references, and the table that holds their numbers. */
import { baselineText } from '@shared/formulas/formula-rows'
import type { RunResult } from '@shared/model/result'
import { formatCount } from '@shared/format/number'
import { formatTick } from '@shared/format/quantity'
import { scaleLinear, type ScaleLinear } from 'd3-scale'
import { html, type Markup } from './html'
import { laneBadge, laneLetter } from './lane-mark'
import { mergeWindows } from './merge-windows'
import { MEASURES, type Line, type Measure } from './measures'
import { PLOT, plotMarkup } from './plot'

const TABLE_ROWS = 20
const MOST_WINDOWS = 150

type ReferenceScale = ScaleLinear<number, number>

function summaryOf(measure: Measure, lines: readonly Line[], { lanes }: RunResult): string {
  const values = lines.map((one) => `${lanes[one.lane].id} ${measure.format(one.overall)}`)
  return `${measure.title} along the run. Over the whole run: ${values.join(', ')}.`
}

/** Said beside every speedup: what the baseline itself cost. */
function overWhat({ lanes, comparison }: RunResult): string {
  const baseline = lanes.find((lane) => lane.id === comparison.baseline)
  return baseline === undefined ? '' : `: ${baselineText(baseline.derived)}`
}

function strip(measure: Measure, run: RunResult, x: ReferenceScale): Markup {
  const lines = measure.lines(run)
  if (lines.length === 0) return html``
  return html`<div class="strip">
    <div class="strip-caption">
      <h3>${measure.title}</h3>
      <span class="micro">${measure.unit}${measure.isRatio ? overWhat(run) : ''}</span>
      <div class="strip-values">
        ${lines.map(
          (one) =>
            html`<span
              >${laneBadge(one.lane)}<span class="number">${measure.format(one.overall)}</span></span
            >`
        )}
      </div>
    </div>
    ${plotMarkup(measure, lines, x, summaryOf(measure, lines, run))}
  </div>`
}

function axis(x: ReferenceScale): Markup {
  return html`<div class="strip">
    <span class="micro">references</span>
    <svg width="${PLOT.width}" height="18" viewBox="0 0 ${PLOT.width} 18" aria-hidden="true">
      ${x.ticks(6).map((tick) => html`<text x="${x(tick)}" y="13" text-anchor="middle">${formatTick(tick)}</text>`)}
    </svg>
  </div>`
}

/** Evenly spread positions, the last one always among them. */
function samplePositions(length: number): number[] {
  const rows = Math.min(length, TABLE_ROWS)
  return Array.from({ length: rows }, (_, i) => Math.ceil(((i + 1) * length) / rows) - 1)
}

interface Column {
  readonly measure: Measure
  readonly line: Line
}

const tableRow = (columns: readonly Column[], references: readonly number[], at: number): Markup =>
  html`<tr>
    <th scope="row" class="number">${formatCount(references[at])}</th>
    ${columns.map(({ measure, line }) => html`<td class="number">${measure.format(line.values[at] ?? NaN)}</td>`)}
  </tr>`

function numbersTable(run: RunResult, references: readonly number[]): Markup {
  const columns = MEASURES.flatMap((measure) => measure.lines(run).map((line): Column => ({ measure, line })))
  const positions = samplePositions(references.length)
  return html`<details>
    <summary>The numbers behind these charts</summary>
    <div class="scroll">
      <table>
        <caption>
          ${positions.length} of ${formatCount(references.length)} points; series.csv holds them all. Axes
          whose range lies far from 0 do not start at 0.
        </caption>
        <thead>
          <tr>
            <th scope="col" class="number">Reference</th>
            ${columns.map(
              ({ measure, line }) =>
                html`<th scope="col" class="number">${measure.title} ${laneLetter(line.lane)}</th>`
            )}
          </tr>
        </thead>
        <tbody>
          ${positions.map((at) => tableRow(columns, references, at))}
        </tbody>
      </table>
    </div>
  </details>`
}

const withMergedSeries = (run: RunResult): RunResult => ({
  ...run,
  lanes: run.lanes.map((lane) => ({ ...lane, series: mergeWindows(lane.series, MOST_WINDOWS) }))
})

export function seriesSection(run: RunResult): Markup {
  const references = run.lanes[0].series.references
  const intro = html`<h2>Over the run</h2>
    <p>
      All lanes get the same accesses in the same order. The values at the left are those of the whole run; a
      line breaks where there was no walk.
    </p>`
  if (references.length === 0)
    return html`<section>
      ${intro}
      <p>No point was recorded.</p>
    </section>`
  const drawnRun = withMergedSeries(run)
  const x = scaleLinear()
    .domain([0, references[references.length - 1]])
    .range([PLOT.left, PLOT.right])
  return html`<section>
    ${intro}
    <div class="charts">${MEASURES.map((measure) => strip(measure, drawnRun, x))}${axis(x)}</div>
    ${numbersTable(run, references)}
  </section>`
}
