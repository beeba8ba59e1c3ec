/** The paper's formulas over a whole histogram: average cycles of a walk by design, and speedups. */
import { formulasIn, type PaperDesign, type PaperEnvironment } from './designs'
import { placeCycles, type PaperPages, type PlacedWalks } from './places'

export type ByDesign = Partial<Record<PaperDesign, number>>

/** All of it by formula; nothing here was emulated. */
export interface Estimate {
  readonly environment: PaperEnvironment
  readonly pages: PaperPages
  /** Average of a walk, weighted by count; `vanilla` is the baseline. */
  readonly cyclesPerWalk: ByDesign
  /** Vanilla's cycles / the design's. */
  readonly pageWalkSpeedup: ByDesign
}

const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b)

const others = (cycles: ByDesign, of: (own: number, vanilla: number) => number): ByDesign =>
  Object.fromEntries(
    Object.entries(cycles).flatMap(([design, own]) =>
      design === 'vanilla' ? [] : [[design, of(own, cycles.vanilla ?? 0)]]
    )
  )

/** @param walks native vectors in `native`, two-dimensional ones elsewhere */
export function estimate(
  walks: readonly PlacedWalks[],
  environment: PaperEnvironment,
  pages: PaperPages
): Estimate {
  const formulas = formulasIn(environment)
  const sums = formulas.map(() => 0)
  let count = 0
  for (const walk of walks) {
    const cycles = placeCycles(walk.places, pages)
    formulas.forEach(([, formula], i) => (sums[i] += walk.count * formula(cycles)))
    count += walk.count
  }
  const cyclesPerWalk: ByDesign = Object.fromEntries(
    formulas.map(([design], i) => [design, ratio(sums[i], count)])
  )
  const pageWalkSpeedup = others(cyclesPerWalk, (own, vanilla) => ratio(vanilla, own))
  return { environment, pages, cyclesPerWalk, pageWalkSpeedup }
}

/**
 * Speedup of the whole program when a share `overhead` of its time went to walks of the baseline:
 * 1 / ((1 - o) + o L_design / L_vanilla).
 */
export const applicationSpeedups = (cyclesPerWalk: ByDesign, overhead: number): ByDesign =>
  others(cyclesPerWalk, (own, vanilla) =>
    vanilla === 0 ? 0 : ratio(1, 1 - overhead + (overhead * own) / vanilla)
  )
