/** All numbers of all lanes, each with what it means. */
import type { RunResult } from '@shared/model/result'
import { html, type Markup } from './html'
import { laneLetter } from './lane-mark'
import {
  comparisonRows,
  counterRows,
  derivedRows,
  memoryRows,
  setUpRows,
  type ResultRow
} from './result-rows'

function rowMarkup({ group, id, title, values, meaning }: ResultRow): Markup {
  const heading = group
    ? html`<tr class="group">
        <th scope="rowgroup" colspan="${values.length + 3}">${group}</th>
      </tr>`
    : null
  return html`${heading}
    <tr>
      <th scope="row">${title}</th>
      ${values.map((value) => html`<td class="number">${value}</td>`)}
      <td class="meaning">${meaning}</td>
      <td><code>${id}</code></td>
    </tr>`
}

function resultTable({ lanes }: RunResult, what: string, rows: readonly ResultRow[]): Markup {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">${what}</th>
          ${lanes.map((lane, i) => html`<th scope="col" class="number">${laneLetter(i)} ${lane.id}</th>`)}
          <th scope="col" class="meaning">Definition</th>
          <th scope="col">Name in run.json</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(rowMarkup)}
      </tbody>
    </table>
  </div>`
}

const section = (title: string, sentence: string, body: Markup): Markup =>
  html`<section>
    <h2>${title}</h2>
    <p>${sentence}</p>
    ${body}
  </section>`

export const tablesSections = (run: RunResult): Markup[] => [
  section(
    'Results',
    'Ratios of counters. A ratio over zero is 0.',
    resultTable(run, 'Value', [...derivedRows(run), ...comparisonRows(run)])
  ),
  section(
    'Counters',
    'Everything after the warm-up. A walk that ends in a fault is counted apart from the walks.',
    resultTable(run, 'Counter', counterRows(run))
  ),
  section('Memory', 'Emulated memory in use at the end.', resultTable(run, 'Memory', memoryRows(run))),
  section(
    'Set-up',
    'Memory is populated before the first reference, outside all counters.',
    resultTable(run, 'Set-up', setUpRows(run))
  )
]
