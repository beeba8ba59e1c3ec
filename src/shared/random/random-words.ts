import { mix32 } from './mix32'

const GOLDEN_RATIO = 0x9e3779b9
const rotateLeft = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits))

/**
 * A seeded sequence of 32-bit words: xoshiro128** 1.1 (D. Blackman, S. Vigna, "Scrambled linear pseudorandom
 * number generators", 2021), period 2^128 - 1. The same seed gives the same words on every machine.
 */
export class RandomWords {
  private readonly state = new Int32Array(4)

  constructor(seed: number) {
    for (let i = 0; i < 4; i++) this.state[i] = mix32(seed + Math.imul(i + 1, GOLDEN_RATIO))
  }

  /** The next word, 0..2^32-1. */
  next(): number {
    const s = this.state
    const word = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9)
    const shifted = s[1] << 9
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= shifted
    s[3] = rotateLeft(s[3], 11)
    return word >>> 0
  }

  /** A number in [0, 1), a multiple of 2^-32. */
  fraction(): number {
    return this.next() * 2 ** -32
  }
}
