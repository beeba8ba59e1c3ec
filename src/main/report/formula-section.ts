/** The paper's formula on the run's own walks, beside what the lanes emulated, and why they differ. */
import { besideRows, laneDifferences, type BesideRow } from '@shared/formulas/beside'
import { FORMULA_LABEL, WHY_FORMULA_DIFFERS } from '@shared/formulas/formula-rows'
import { formatCount, formatShare } from '@shared/format/number'
import type { RunFormula, RunResult } from '@shared/model/result'
import { html, type Markup } from './html'

export const FORMULA_TITLE = 'The paper’s formula on this run’s walks'
export const DIFFERENCES_TITLE = 'Why emulated and formula differ'

export const FORMULA_HEAD = [
  'Cycles per walk',
  'Page-walk speedup',
  'Application speedup',
  'Emulated cycles per walk',
  'Emulated page-walk speedup',
  'Emulated application speedup'
] as const

/** One text for each of FORMULA_HEAD. */
export const besideValues = ({ formula, emulated }: BesideRow): string[] => [...formula, ...emulated]

/** What was read, with what the speedups rest on. */
export const formulaSentence = ({ lane, pages, walks, walkOverhead }: RunFormula): string =>
  `${FORMULA_LABEL}: computed from the steps of ${formatCount(walks)} walks of ${lane}, ${pages} pages. ` +
  `Application speedups take the walk overhead that ${lane} emulated, ${formatShare(walkOverhead)}.`

export function formulaSection(run: RunResult): Markup {
  const { formula } = run
  if (formula === undefined) return html``
  const differences = laneDifferences(run.lanes, formula, run.spec.environment)
  return html`<section>
    <h2>${FORMULA_TITLE}</h2>
    <p>${formulaSentence(formula)} ${WHY_FORMULA_DIFFERS}</p>
    <div class="scroll">
      <table class="natural">
        <thead>
          <tr>
            <th scope="col">Design</th>
            ${FORMULA_HEAD.map((head) => html`<th scope="col" class="number">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${besideRows(run.lanes, formula).map(
            (row) =>
              html`<tr>
                <th scope="row">${row.title}</th>
                ${besideValues(row).map((value) => html`<td class="number">${value}</td>`)}
              </tr>`
          )}
        </tbody>
      </table>
    </div>
    <h3>${DIFFERENCES_TITLE}</h3>
    <dl class="differences">
      ${differences.map(
        ({ lane, text }) =>
          html`<dt>${lane}</dt>
            <dd>${text}</dd>`
      )}
    </dl>
  </section>`
}
