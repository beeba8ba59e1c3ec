import { mix32 } from '@shared/random/mix32'
import { Permutation } from '@shared/random/permutation'
import { RandomWords } from '@shared/random/random-words'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const MASK = 0xffffffffn
const rotate = (x: bigint, bits: bigint): bigint => ((x << bits) | (x >> (32n - bits))) & MASK

/** xoshiro128** as its authors define it, on big integers. */
function referenceWords(seed: number, count: number): number[] {
  const s = [0, 1, 2, 3].map((i) => BigInt(mix32(seed + Math.imul(i + 1, 0x9e3779b9))))
  return Array.from({ length: count }, () => {
    const word = (rotate((s[1] * 5n) & MASK, 7n) * 9n) & MASK
    const shifted = (s[1] << 9n) & MASK
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= shifted
    s[3] = rotate(s[3], 11n)
    return Number(word)
  })
}

describe('random words', () => {
  it('are those of xoshiro128**', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
        const random = new RandomWords(seed)
        expect(Array.from({ length: 40 }, () => random.next())).toEqual(referenceWords(seed, 40))
      })
    )
  })
})

describe('permutation', () => {
  it('takes every value of its range once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        (count, seed) => {
          const order = new Permutation(count, seed)
          const seen = new Set(Array.from({ length: count }, (_, i) => order.at(i)))
          expect(seen.size).toBe(count)
          expect([...seen].every((value) => value >= 0 && value < count)).toBe(true)
        }
      )
    )
  })

  it('stays in the largest range', () => {
    const order = new Permutation(2 ** 31, 5)
    for (let i = 0; i < 1000; i++) expect(order.at(2 ** 31 - 1 - i)).toBeGreaterThanOrEqual(0)
  })

  it('hardly ever leaves neighbours next to each other', () => {
    const count = 100_000
    const order = new Permutation(count, 1)
    let close = 0
    for (let i = 1; i < count; i++) if (Math.abs(order.at(i) - order.at(i - 1)) <= 8) close++
    // 16 of 100,000 values lie that close, so 16 are expected.
    expect(close).toBeLessThan(60)
  })

  it('depends on its seed', () => {
    const one = new Permutation(1000, 1)
    const two = new Permutation(1000, 2)
    const same = Array.from({ length: 1000 }, (_, i) => one.at(i) === two.at(i)).filter(Boolean).length
    expect(same).toBeLessThan(30)
  })
})
