/** Results and comparisons as a person reads them. */
import { textTable } from '@main/hosts/cli/text-table'
import { formatFixed, formatRatio, formatShare, withUnit } from '@shared/format/number'
import { FIGURES, FIGURE_NAMES, type BenchResult, type Figure } from './bench-case'
import { NOISE, type ComparedFigure } from './compare'

export function resultLine(result: BenchResult): string {
  const figures = FIGURE_NAMES.flatMap((figure) => {
    const value = result[figure]
    return value === undefined ? [] : [figureText(figure, value)]
  })
  return `${result.name.padEnd(40)} ${figures.join('   ')}\n`
}

function figureText(figure: Figure, value: number): string {
  const { unit, scale, decimals } = FIGURES[figure]
  return withUnit(formatFixed(value / scale, decimals), unit).padStart(20)
}

export function comparisonTable(rows: readonly ComparedFigure[]): string {
  const cells = rows.map(({ name, figure, baseline, now, ratio, verdict }) => [
    name,
    figureText(figure, baseline).trim(),
    figureText(figure, now).trim(),
    formatRatio(ratio),
    verdict === 'same' ? '' : verdict
  ])
  return (
    textTable(
      [['case', 'baseline', 'now', 'now / baseline', ''], ...cells],
      ['left', 'right', 'right', 'right', 'left']
    ) + `Ratios within ${formatShare(NOISE, 0)} are noise.\n`
  )
}
