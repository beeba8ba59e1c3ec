/**
 * The tables of XSBench's unionized grid. Every nuclide has its own grid of energies; the unionized grid holds all
 * of them in order, and its row of the index says for every nuclide which of its grid points lies at or below.
 *
 * Nothing of it is stored. Energies are uniform, so the number of a nuclide's points below a row is a bridge of
 * random steps between none and all. It is kept at every row that ends a stretch, and points are spread evenly
 * over a stretch: a pointer is a function of its row, and never falls from one row to the next.
 */
import { hashWords } from '@shared/random/hash-words'
import { RandomWords } from '@shared/random/random-words'

/** 2^10 stretches: their counts of 355 nuclides are 1.4 MiB. */
const STRETCH_LEVELS = 10

export class UnionizedGrid {
  readonly rows: number
  private readonly stretches: number
  /** Points of nuclide n before stretch s, at n * (stretches + 1) + s. */
  private readonly before: Int32Array

  constructor(
    readonly nuclides: number,
    /** Points of each nuclide's grid. */
    readonly points: number,
    private readonly seed: number
  ) {
    this.rows = nuclides * points
    this.stretches = 2 ** Math.min(STRETCH_LEVELS, Math.floor(Math.log2(points)))
    this.before = new Int32Array(nuclides * (this.stretches + 1))
    const random = new RandomWords(seed)
    for (let nuclide = 0; nuclide < nuclides; nuclide++) this.spreadPoints(nuclide, random)
  }

  /** The grid point of a nuclide that lies at or below row `row`, and has another one above. */
  pointer(nuclide: number, row: number): number {
    const stretch = Math.floor((row * this.stretches) / this.rows)
    const along = (row * this.stretches) / this.rows - stretch
    const base = nuclide * (this.stretches + 1) + stretch
    const here = this.before[base + 1] - this.before[base]
    // Of nuclides with equal counts each steps at rows of its own.
    const phase = hashWords(this.seed, nuclide, stretch) * 2 ** -32
    const below = this.before[base] + Math.floor(here * along + phase)
    return Math.min(Math.max(below - 1, 0), this.points - 2)
  }

  /** Halves a range of stretches again and again: half of its points, give or take, fall into either half. */
  private spreadPoints(nuclide: number, random: RandomWords): void {
    const { before, stretches } = this
    const base = nuclide * (stretches + 1)
    before[base + stretches] = this.points
    for (let width = stretches; width > 1; width /= 2) {
      for (let s = 0; s < stretches; s += width) {
        const first = before[base + s]
        const points = before[base + s + width] - first
        before[base + s + width / 2] = first + halfOf(points, random)
      }
    }
  }
}

/** How many of `points` fall into the lower half: binomial, as its normal approximation has it. */
function halfOf(points: number, random: RandomWords): number {
  // Twelve uniform numbers: their sum is all but normal, with mean 6 and deviation 1.
  let sum = 0
  for (let i = 0; i < 12; i++) sum += random.fraction()
  const half = Math.round(points / 2 + ((sum - 6) * Math.sqrt(points)) / 2)
  return Math.min(Math.max(half, 0), points)
}
