import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Cache } from '@main/hardware/cache/cache'
import { NaiveLru } from '../builders/naive-lru'

/** sets and ways: powers of two, the last-level cache's shape, and sets that cut frames in two. */
const SHAPES = [
  [1, 1],
  [1, 64],
  [6, 3],
  [8, 2],
  [16, 4],
  [63, 2],
  [64, 8],
  [96, 3],
  [100, 2],
  [128, 12],
  [192, 3],
  [320, 11],
  [1000, 5]
] as const

/** A few frames, all over the 31 bits, that meet in the same sets. */
const frames = fc.oneof(
  fc.nat(40),
  fc.nat(40).map((n) => n * 12_345),
  fc.nat(20).map((n) => 2 ** 31 - 1 - n),
  fc.nat(20).map((n) => 2 ** 25 + n)
)
const access = fc.tuple(frames, fc.oneof(fc.constantFrom(0, 1, 31, 32, 63), fc.nat(63)))

const aCache = (sets: number, ways: number): Cache =>
  new Cache({ bytes: sets * ways * 64, ways, latencyCycles: 1 })

describe.each(SHAPES)('cache of %i sets and %i ways', (sets, ways) => {
  it('hits exactly where lists of whole line numbers do', () => {
    fc.assert(
      fc.property(fc.array(access, { maxLength: 400, size: 'max' }), (accesses) => {
        const cache = aCache(sets, ways)
        const naive = new NaiveLru<bigint, true>(sets, ways)
        const [said, expected]: boolean[][] = [[], []]
        for (const [frame, line] of accesses) {
          const number = BigInt(frame) * 64n + BigInt(line)
          const isHere = naive.look(number, number) === true
          said.push(cache.contains(frame, line), cache.access(frame, line))
          expected.push(isHere, isHere)
          naive.put(number, number, true)
        }
        expect(said.join()).toBe(expected.join())
      }),
      { numRuns: 40 }
    )
  })
})

describe('cache', () => {
  it('tells apart lines whose numbers are equal in 32 bits', () => {
    const cache = aCache(16, 4)
    cache.access(5, 9)
    expect(cache.contains(5 + 2 ** 26, 9)).toBe(false)
    expect(cache.contains(5, 9)).toBe(true)
  })

  it('holds as many lines as it has bytes for, and the least recently used leaves', () => {
    const cache = aCache(64, 2)
    expect(Array.from({ length: 128 }, (_, n) => cache.access(n >> 6, n & 63))).not.toContain(true)
    expect(Array.from({ length: 128 }, (_, n) => cache.contains(n >> 6, n & 63))).not.toContain(false)
    cache.access(0, 7)
    cache.access(2, 7)
    expect([cache.contains(0, 7), cache.contains(1, 7), cache.contains(2, 7)]).toEqual([true, false, true])
  })

  it('is not moved by looking', () => {
    const cache = aCache(1, 2)
    cache.access(0, 0)
    cache.access(0, 1)
    for (let i = 0; i < 5; i++) cache.contains(0, 0)
    cache.access(0, 2)
    expect(cache.contains(0, 0)).toBe(false)
  })

  it('refuses bytes that are no whole number of sets', () => {
    expect(() => new Cache({ bytes: 1000, ways: 4, latencyCycles: 1 })).toThrow('whole number of sets')
  })
})
