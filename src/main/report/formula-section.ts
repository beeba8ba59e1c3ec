/** The paper's formula on the run's own walks, beside what the lanes emulated. */
import type { PaperDesign } from '@shared/formulas/designs'
import {
  FORMULA_LABEL,
  WHY_FORMULA_DIFFERS,
  formulaRows,
  type FormulaRow
} from '@shared/formulas/formula-rows'
import { formatCount, formatFixed, formatRatio, formatShare, NONE } from '@shared/format/number'
import type { LaneResult, RunFormula, RunResult } from '@shared/model/result'
import { html, type Markup } from './html'

export const FORMULA_TITLE = 'The paper’s formula on this run’s walks'

export const FORMULA_HEAD = [
  'Cycles per walk',
  'Page-walk speedup',
  'Application speedup',
  'Emulated cycles per walk',
  'Emulated page-walk speedup',
  'Emulated application speedup'
] as const

export interface BesideRow {
  readonly title: string
  /** One text for each of FORMULA_HEAD. */
  readonly values: readonly string[]
}

const laneOf = ({ lanes }: RunResult, { lane }: RunFormula, design: PaperDesign): LaneResult | undefined =>
  lanes.find(({ id, design: own }) => (design === 'vanilla' ? id === lane : own === design))

/** The lane of the same design against the lane whose walks the formula read. */
function emulatedTexts(run: RunResult, formula: RunFormula, design: PaperDesign): string[] {
  const [base, own] = [laneOf(run, formula, 'vanilla'), laneOf(run, formula, design)]
  if (base === undefined || own === undefined) return [NONE, NONE, NONE]
  const ratio = (of: (lane: LaneResult) => number): string =>
    own === base ? 'baseline' : formatRatio(of(base) / of(own))
  return [
    formatFixed(own.derived.cyclesPerWalk, 1),
    ratio(({ derived }) => derived.cyclesPerWalk),
    ratio(({ counters }) => counters.totalCycles)
  ]
}

export function besideRows(run: RunResult, formula: RunFormula): BesideRow[] {
  const texts = ({ cyclesPerWalk, pageWalkSpeedup, applicationSpeedup }: FormulaRow): string[] => [
    cyclesPerWalk,
    pageWalkSpeedup,
    applicationSpeedup
  ]
  return formulaRows(formula).map((row) => ({
    title: row.title,
    values: [...texts(row), ...emulatedTexts(run, formula, row.design)]
  }))
}

/** What was read, with what the speedups rest on. */
export const formulaSentence = ({ lane, pages, walks, walkOverhead }: RunFormula): string =>
  `${FORMULA_LABEL}: computed from the steps of ${formatCount(walks)} walks of ${lane}, ${pages} pages. ` +
  `Application speedups take the walk overhead that ${lane} emulated, ${formatShare(walkOverhead)}.`

export function formulaSection(run: RunResult): Markup {
  const { formula } = run
  if (formula === undefined) return html``
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
          ${besideRows(run, formula).map(
            ({ title, values }) =>
              html`<tr>
                <th scope="row">${title}</th>
                ${values.map((value) => html`<td class="number">${value}</td>`)}
              </tr>`
          )}
        </tbody>
      </table>
    </div>
  </section>`
}
