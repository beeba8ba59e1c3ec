/** What a case of the bench is, and the figures that it may give. */

/**
 * Figures that are compared with a baseline, the leading one first: the unit they are shown in, how many of the
 * recorded make one of it, and whether more is better.
 */
export const FIGURES = {
  referencesPerSecond: { unit: 'M references/s', scale: 1e6, decimals: 2, moreIsBetter: true },
  recordsPerSecond: { unit: 'M records/s', scale: 1e6, decimals: 2, moreIsBetter: true },
  pagesPerSecond: { unit: 'M pages/s', scale: 1e6, decimals: 2, moreIsBetter: true },
  microseconds: { unit: 'µs', scale: 1, decimals: 1, moreIsBetter: false },
  milliseconds: { unit: 'ms', scale: 1, decimals: 1, moreIsBetter: false },
  residentBytes: { unit: 'MiB resident', scale: 2 ** 20, decimals: 0, moreIsBetter: false },
  peakResidentBytes: { unit: 'MiB at most', scale: 2 ** 20, decimals: 0, moreIsBetter: false }
} as const

export type Figure = keyof typeof FIGURES
export const FIGURE_NAMES = Object.keys(FIGURES) as Figure[]

export interface Measured extends Partial<Record<Figure, number>> {
  /** What the leading figure is the median of, where it is few. */
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
