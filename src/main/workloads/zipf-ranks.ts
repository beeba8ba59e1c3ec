import type { RandomWords } from '@shared/random/random-words'

/**
 * Random ranks 1..count with probability proportional to rank^-exponent, exact for any count and without a
 * table of them: rejection from a staircase above the curve (L. Devroye, "Non-Uniform Random Variate
 * Generation", 1986, II.3). A stair covers the ranks 2^k..2^(k+1)-1 at the height of the first of them, so a
 * draw is a stair by its area, a rank on it, and a trial with the ratio of curve to stair; some 70 % succeed.
 */
export class ZipfRanks {
  /** Area of the stairs up to and with k. */
  private readonly areas: Float64Array

  /** `count` is 1..2^30, `exponent` 0..1. */
  constructor(
    private readonly count: number,
    private readonly exponent: number,
    private readonly random: RandomWords
  ) {
    const stairs = Math.floor(Math.log2(count)) + 1
    this.areas = new Float64Array(stairs)
    let total = 0
    for (let k = 0; k < stairs; k++) this.areas[k] = total += 2 ** (k * (1 - exponent))
  }

  next(): number {
    for (;;) {
      const first = 1 << this.stair()
      const rank = first + Math.floor(this.random.fraction() * first)
      if (rank <= this.count && this.accepts(first / rank)) return rank
    }
  }

  private stair(): number {
    const areas = this.areas
    const point = this.random.fraction() * areas[areas.length - 1]
    let k = 0
    while (areas[k] <= point) k++
    return k
  }

  /** True with probability ratio^exponent. Bernoulli's inequality bounds it on both sides and spares most powers. */
  private accepts(ratio: number): boolean {
    const trial = this.random.fraction()
    if (trial < ratio) return true
    if (trial >= 1 - this.exponent * (1 - ratio)) return false
    return trial < ratio ** this.exponent
  }
}
