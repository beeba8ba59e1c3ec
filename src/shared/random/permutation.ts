import { RandomWords } from './random-words'

const ROUNDS = 4

/**
 * A pseudo-random order of 0..count-1 that is computed, not stored: `at` is a bijection of that range.
 * Each round multiplies by an odd number and folds the upper bits down, both bijections of k-bit words; a value
 * beyond the range is mapped again until it falls inside (cycle walking: J. Black, P. Rogaway, "Ciphers with
 * Arbitrary Finite Domains", 2002), fewer than twice on average.
 */
export class Permutation {
  private readonly mask: number
  private readonly fold: number
  private readonly multipliers = new Int32Array(ROUNDS)
  private readonly increments = new Int32Array(ROUNDS)

  /** `count` is 1..2^31. */
  constructor(
    readonly count: number,
    seed: number
  ) {
    const bits = count === 1 ? 1 : 32 - Math.clz32(count - 1)
    this.mask = 2 ** bits - 1
    this.fold = (bits + 1) >> 1
    const random = new RandomWords(seed)
    for (let round = 0; round < ROUNDS; round++) {
      this.multipliers[round] = random.next() | 1
      this.increments[round] = random.next()
    }
  }

  at(index: number): number {
    let value = index
    do value = this.scramble(value)
    while (value >= this.count)
    return value
  }

  private scramble(index: number): number {
    let x = index
    for (let round = 0; round < ROUNDS; round++) {
      x = (Math.imul(x, this.multipliers[round]) + this.increments[round]) & this.mask
      x ^= x >>> this.fold
    }
    return x
  }
}
