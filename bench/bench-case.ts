/** What a case of the bench is, and the figures that it may give. */

/** Figures that are compared with a baseline: unit, and whether more is better. The first one present leads. */
export const FIGURES = {
  referencesPerSecond: { unit: 'references/s', moreIsBetter: true },
  recordsPerSecond: { unit: 'records/s', moreIsBetter: true },
  pagesPerSecond: { unit: 'pages/s', moreIsBetter: true },
  microseconds: { unit: 'µs', moreIsBetter: false },
  milliseconds: { unit: 'ms', moreIsBetter: false },
  residentBytes: { unit: 'bytes resident', moreIsBetter: false },
  peakResidentBytes: { unit: 'bytes resident at most', moreIsBetter: false }
} as const

export type Figure = keyof typeof FIGURES
export const FIGURE_NAMES = Object.keys(FIGURES) as Figure[]

export interface Measured extends Partial<Record<Figure, number>> {
  /** Every run behind the leading figure, which is their median. */
  readonly runs: readonly number[]
  /** How fast memory was populated beforehand; beside the point of the case. */
  readonly pagesPopulatedPerSecond?: number
}

/** Named workload-footprint-environment-design, in short what is measured on which machine. */
export interface BenchCase {
  readonly name: string
  measure(): Promise<Measured>
}

export interface BenchResult extends Measured {
  readonly name: string
}
