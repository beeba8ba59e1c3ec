/** How many latencies a formula of the paper adds for a walk, and what it adds to them: found by evaluating it. */
import { formulasIn, PAPER_DESIGNS, type PaperDesign, type PaperEnvironment } from './designs'
import { PLACE_LEVELS, type PaperPages, type PlaceCycles } from './places'

export interface FormulaTerms {
  /** Latencies on the formula's longest chain. */
  readonly terms: number
  /** Cycles whatever the walk met. */
  readonly constant: number
}

/** A walk whose steps all took as long. */
function evenWalk(environment: PaperEnvironment, pages: PaperPages, cycles: number): PlaceCycles {
  const depth = pages === '4K' ? PLACE_LEVELS : PLACE_LEVELS - 1
  const levels = Array.from({ length: depth }, () => cycles)
  return environment === 'native'
    ? { guest: levels, host: [], data: [] }
    : { guest: levels, host: levels.map(() => levels), data: levels }
}

/** Null where the paper has no formula for the design. */
export function formulaTerms(
  design: PaperDesign,
  environment: PaperEnvironment,
  pages: PaperPages
): FormulaTerms | null {
  const formula = formulasIn(environment).find(([id]) => id === design)?.[1]
  if (formula === undefined) return null
  const constant = formula(evenWalk(environment, pages, 0))
  return { terms: formula(evenWalk(environment, pages, 1)) - constant, constant }
}

/** The paper's name of a design of the lab; null for one that its evaluation does not have. */
export function paperDesignOf(design: string): PaperDesign | null {
  if (design === 'radix') return 'vanilla'
  return PAPER_DESIGNS.find(({ id }) => id === design)?.id ?? null
}

/** The other way: the design of the lab that the paper's evaluation calls this. */
export const ownDesignOf = (design: PaperDesign): string => (design === 'vanilla' ? 'radix' : design)
