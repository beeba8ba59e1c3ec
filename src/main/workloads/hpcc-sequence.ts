/**
 * The pseudo-random sequence of HPCC RandomAccess: the powers of x modulo x^64 + x^2 + x + 1 over GF(2), period
 * about 1.3e18, each kept as (upper, lower) int32 words. HPC Challenge 1.5, RandomAccess/utility.c.
 */

export interface Word64 {
  readonly upper: number
  readonly lower: number
}

/** x^2 + x + 1: what comes back when the bit shifted out was set. */
const FEEDBACK = 7

export const nextUpper = (upper: number, lower: number): number => (upper << 1) | (lower >>> 31)
export const nextLower = (upper: number, lower: number): number => (lower << 1) ^ (upper < 0 ? FEEDBACK : 0)

const next = ({ upper, lower }: Word64): Word64 => ({
  upper: nextUpper(upper, lower),
  lower: nextLower(upper, lower)
})

const bitOf = ({ upper, lower }: Word64, bit: number): number =>
  bit < 32 ? (lower >>> bit) & 1 : (upper >>> (bit - 32)) & 1

/** The squares of x^0, x^1, ... x^63: squaring is linear, so a word's square is the sum of those of its bits. */
function squaresOfBits(): Word64[] {
  const squares: Word64[] = [{ upper: 0, lower: 1 }]
  while (squares.length < 64) squares.push(next(next(squares[squares.length - 1])))
  return squares
}

function square(word: Word64, squares: readonly Word64[]): Word64 {
  let upper = 0
  let lower = 0
  squares.forEach((term, bit) => {
    if (bitOf(word, bit) === 0) return
    upper ^= term.upper
    lower ^= term.lower
  })
  return { upper, lower }
}

/**
 * The element at `position` (0..2^53), by squaring and doubling along the binary digits of the position:
 * what the benchmark calls HPCC_starts.
 */
export function elementAt(position: number): Word64 {
  const squares = squaresOfBits()
  let element: Word64 = { upper: 0, lower: 1 }
  for (const digit of position.toString(2)) {
    element = square(element, squares)
    if (digit === '1') element = next(element)
  }
  return element
}
