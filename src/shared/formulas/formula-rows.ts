/** The paper's formula on a run, in words and numbers for reading: the same in terminal, report and window. */
import { formatFixed, formatRatio, formatShare } from '../format/number'
import type { LaneResult, RunFormula } from '../model/result'
import { PAPER_DESIGNS, type PaperDesign } from './designs'

export const FORMULA_LABEL = 'formula (paper), not emulated'

/** Why the formula's numbers are not the emulated ones. */
export const WHY_FORMULA_DIFFERS =
  'The formula gives every design the latencies that the baseline’s own steps met, in the caches as the baseline’s walks left them; an emulated lane reads its own tables through its own caches.'

export interface FormulaRow {
  readonly design: PaperDesign
  readonly title: string
  readonly cyclesPerWalk: string
  readonly pageWalkSpeedup: string
  readonly applicationSpeedup: string
}

const speedupText = (design: PaperDesign, value: number | undefined): string =>
  design === 'vanilla' ? 'baseline' : formatRatio(value ?? NaN)

export const formulaRows = (formula: RunFormula): FormulaRow[] =>
  PAPER_DESIGNS.filter(({ id }) => formula.cyclesPerWalk[id] !== undefined).map(({ id, title }) => ({
    design: id,
    title,
    cyclesPerWalk: formatFixed(formula.cyclesPerWalk[id] ?? NaN, 1),
    pageWalkSpeedup: speedupText(id, formula.pageWalkSpeedup[id]),
    applicationSpeedup: speedupText(id, formula.applicationSpeedup[id])
  }))

/** What a lane cost per walk, and the share of its time: stands wherever a speedup over it does. */
export const baselineText = ({
  cyclesPerWalk,
  walkOverhead
}: Pick<LaneResult['derived'], 'cyclesPerWalk' | 'walkOverhead'>): string =>
  `${formatFixed(cyclesPerWalk, 1)} cycles per walk, ${formatShare(walkOverhead)} walk overhead`
