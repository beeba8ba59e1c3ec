/** An imported result beside the run's own, both by the paper's formulas: rows for a table and for the clipboard. */
import { PAPER_DESIGNS, type PaperDesign } from '@shared/formulas/designs'
import type { Estimate } from '@shared/formulas/estimate'
import { measuredGroup, type Group, type Measurement } from '@shared/formulas/paper-results'
import type { PaperPages } from '@shared/formulas/places'
import { formatFixed, formatRatio, formatShare, NONE } from '@shared/format/number'
import type { Environment } from '@shared/model/environment'
import type { PaperResult } from '@shared/model/paper-tools'
import type { RunFormula } from '@shared/model/result'

/** The part of an imported result that one page size and one environment has. */
export interface Imported extends Group {
  readonly source: string
}

/** What the session's run says by formula. */
export interface RunSide {
  readonly environment: Environment
  readonly formula: RunFormula
}

/**
 * The estimate for these pages. A nested guest's walks have the vectors of two dimensions, so beside a nested run
 * such walks are taken as its.
 */
export function importedOf(
  result: PaperResult,
  pages: PaperPages,
  measurements: readonly Measurement[],
  run: Environment | null
): Imported {
  const isOf = (environment: Estimate['environment']): Estimate | undefined =>
    result.estimates.find((one) => one.environment === environment && one.pages === pages)
  const estimate = (run === 'nested' ? isOf('nested') : undefined) ?? isOf(result.environment)
  if (estimate === undefined) throw new Error(`importedOf: no estimate for ${pages} pages`)
  return { ...measuredGroup(estimate, measurements), source: result.source }
}

/** Why the run's numbers cannot stand beside the imported ones; null when they can. */
export function whyApart(imported: Imported, run: RunSide | null): string | null {
  if (run === null) return 'This run has no formula result to stand beside it.'
  if (run.environment !== imported.environment)
    return `This run is ${run.environment}, the imported walks are ${imported.environment}.`
  if (run.formula.pages !== imported.pages)
    return `This run’s walks end at ${run.formula.pages} pages, the imported ones are read as ${imported.pages}.`
  return null
}

export interface ImportedRow {
  readonly design: PaperDesign
  readonly title: string
  /** Imported cycles and speedups, then the run's. Text for reading. */
  readonly cycles: string
  readonly speedup: string
  readonly application: string
  readonly runCycles: string
  readonly runSpeedup: string
}

const cyclesText = (value: number | undefined): string => formatFixed(value ?? NaN, 2)
const ratioText = (design: PaperDesign, value: number | undefined): string =>
  design === 'vanilla' ? 'baseline' : formatRatio(value ?? NaN)

export function importedRows(imported: Imported, run: RunSide | null): ImportedRow[] {
  const formula = whyApart(imported, run) === null ? run?.formula : undefined
  return PAPER_DESIGNS.filter(({ id }) => imported.cyclesPerWalk[id] !== undefined).map(({ id, title }) => ({
    design: id,
    title,
    cycles: cyclesText(imported.cyclesPerWalk[id]),
    speedup: ratioText(id, imported.pageWalkSpeedup[id]),
    application: imported.application ? ratioText(id, imported.application.speedup[id]) : NONE,
    runCycles: cyclesText(formula?.cyclesPerWalk[id]),
    runSpeedup: formula?.cyclesPerWalk[id] === undefined ? NONE : ratioText(id, formula.pageWalkSpeedup[id])
  }))
}

/** Absolute cost of the baseline on both sides: stands wherever speedups over it do. */
export function baselineLines(
  imported: Imported,
  measurements: readonly Measurement[],
  run: RunSide | null
): string[] {
  const measured = measurements.filter(({ pages }) => pages.includes(imported.pages))
  const walk = `${cyclesText(imported.cyclesPerWalk.vanilla)} cycles per walk by formula`
  const overhead = measured.map(
    ({ file, cyclesPerWalk, walkOverhead }) =>
      `; measured in ${file}: ${cyclesText(cyclesPerWalk)} cycles per walk, ${formatShare(walkOverhead)} overhead`
  )
  const own =
    run === null || whyApart(imported, run) !== null
      ? []
      : [
          `This run’s baseline: ${cyclesText(run.formula.cyclesPerWalk.vanilla)} cycles per walk by formula, ${formatShare(run.formula.walkOverhead)} overhead emulated.`
        ]
  const none = measured.length === 0 ? ', overhead not measured' : ''
  return [`Imported baseline: ${walk}${overhead.join('')}${none}.`, ...own]
}

/** Tab-separated, with plain numbers that a spreadsheet reads; an empty cell where there is none. */
export function importedTsv(imported: Imported, run: RunSide | null): string {
  const formula = whyApart(imported, run) === null ? run?.formula : undefined
  const head = [
    'Design',
    `Imported cycles per walk (formula, ${imported.environment}, ${imported.pages})`,
    'Imported page-walk speedup',
    'Imported application speedup',
    'This run cycles per walk (formula)',
    'This run page-walk speedup (formula)'
  ]
  const plain = (value: number | undefined): string => value?.toFixed(4) ?? ''
  const rows = PAPER_DESIGNS.filter(({ id }) => imported.cyclesPerWalk[id] !== undefined).map(
    ({ id, title }) => [
      title,
      plain(imported.cyclesPerWalk[id]),
      plain(imported.pageWalkSpeedup[id]),
      plain(imported.application?.speedup[id]),
      plain(formula?.cyclesPerWalk[id]),
      plain(formula?.pageWalkSpeedup[id])
    ]
  )
  return [head, ...rows].map((cells) => cells.join('\t') + '\n').join('')
}
