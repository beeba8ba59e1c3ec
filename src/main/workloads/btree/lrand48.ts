/** The C library's lrand48, of which btree.c has a copy: X <- 0x5deece66d * X + 11 modulo 2^48, its upper 31 bits. */
const MULTIPLIER_UPPER = 0x5de
const MULTIPLIER_LOWER = 0xece66d
const INCREMENT = 11
/** The state is kept in halves of 24 bits, whose products are exact. */
const HALF = 2 ** 24
/** What srand48 puts below the seed. */
const SEED_LOWER = 0x330e

export class Lrand48 {
  private upper: number
  private lower: number

  /** As srand48 does with 32 bits. */
  constructor(seed: number) {
    this.upper = (seed >>> 8) % HALF
    this.lower = (seed & 0xff) * 2 ** 16 + SEED_LOWER
  }

  /** 0..2^31-1. */
  next(): number {
    const product = this.lower * MULTIPLIER_LOWER + INCREMENT
    const carry = Math.floor(product / HALF)
    this.upper = (this.upper * MULTIPLIER_LOWER + ((this.lower * MULTIPLIER_UPPER + carry) % HALF)) % HALF
    this.lower = product % HALF
    return this.upper * 2 ** 7 + (this.lower >>> 17)
  }
}
