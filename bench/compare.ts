/** Results beside those of the baseline: every figure that both have. */
import { FIGURES, FIGURE_NAMES, type BenchResult, type Figure } from './bench-case'

/** Ratios this close to 1 are noise: repeated runs of one version differ by so much. */
export const NOISE = 0.25

export interface ComparedFigure {
  readonly name: string
  readonly figure: Figure
  readonly baseline: number
  readonly now: number
  /** now / baseline. */
  readonly ratio: number
  readonly verdict: 'better' | 'worse' | 'same'
}

export function compared(
  results: readonly BenchResult[],
  baseline: readonly BenchResult[]
): ComparedFigure[] {
  return results.flatMap((result) => {
    const before = baseline.find(({ name }) => name === result.name)
    return before ? FIGURE_NAMES.flatMap((figure) => comparedFigure(result, before, figure) ?? []) : []
  })
}

function comparedFigure(result: BenchResult, before: BenchResult, figure: Figure): ComparedFigure | null {
  const [now, baseline] = [result[figure], before[figure]]
  if (now === undefined || baseline === undefined) return null
  const ratio = now / baseline
  return { name: result.name, figure, baseline, now, ratio, verdict: verdictOn(ratio, figure) }
}

/** The band is as wide upwards as downwards: a quarter less is as far as a third more. */
function verdictOn(ratio: number, figure: Figure): ComparedFigure['verdict'] {
  if (ratio >= 1 - NOISE && ratio <= 1 / (1 - NOISE)) return 'same'
  return ratio > 1 === FIGURES[figure].moreIsBetter ? 'better' : 'worse'
}
