import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CacheHierarchy, HIT_L1, HIT_L2, HIT_LLC, HIT_MEMORY } from '@main/hardware/cache/hierarchy'
import { tiny } from '@shared/profiles/tiny'
import { NaiveLru } from '../builders/naive-lru'

const parameters = tiny.hardware.cache
const aHierarchy = (): CacheHierarchy => new CacheHierarchy(parameters)

type Geometry = { readonly bytes: number; readonly ways: number }
const naive = (g: Geometry): NaiveLru<bigint, true> => new NaiveLru(g.bytes / 64 / g.ways, g.ways)

/** First level that has the line; it and all above it take the line in. */
function naiveAccess(levels: NaiveLru<bigint, true>[], line: bigint): number {
  const found = levels.findIndex((level) => level.look(line, line))
  const code = found < 0 ? levels.length : found
  levels.slice(0, code + 1).forEach((level) => level.put(line, line, true))
  return code
}

const accesses = fc.array(
  fc.tuple(fc.constantFrom('data' as const, 'fetch' as const, 'walk' as const), fc.nat(12), fc.nat(63)),
  {
    maxLength: 600,
    size: 'max'
  }
)

describe('cache hierarchy', () => {
  it('answers from the first level that has the line and fills those above', () => {
    fc.assert(
      fc.property(accesses, (sequence) => {
        const caches = aHierarchy()
        const [l1i, l1d, l2, llc] = [parameters.l1i, parameters.l1d, parameters.l2, parameters.llc].map(naive)
        for (const [kind, frame, line] of sequence) {
          const expected = naiveAccess([kind === 'fetch' ? l1i : l1d, l2, llc], BigInt(frame * 64 + line))
          expect(kind === 'fetch' ? caches.peekFetch(frame, line) : caches.peekData(frame, line)).toBe(
            expected
          )
          expect(caches[kind](frame, line)).toBe(expected)
        }
      })
    )
  })

  it('serves the walker from the data side, fetches from their own', () => {
    const caches = aHierarchy()
    expect(caches.walk(3, 5)).toBe(HIT_MEMORY)
    expect(caches.data(3, 5)).toBe(HIT_L1)
    expect(caches.fetch(3, 5)).toBe(HIT_L2)
    expect(caches.fetch(3, 5)).toBe(HIT_L1)
  })

  it('keeps in the last level what the second has dropped', () => {
    const caches = aHierarchy()
    for (let n = 0; n < 128; n++) caches.data(n >> 6, n & 63)
    expect(caches.peekData(0, 0)).toBe(HIT_LLC)
  })

  it('has a latency for every code, the first level of fetches its own', () => {
    const caches = new CacheHierarchy({ ...parameters, l1i: { ...parameters.l1i, latencyCycles: 3 } })
    expect([HIT_L1, HIT_L2, HIT_LLC, HIT_MEMORY].map((code) => caches.latency[code])).toEqual([
      4, 14, 54, 200
    ])
    expect([HIT_L1, HIT_L2, HIT_LLC, HIT_MEMORY].map((code) => caches.fetchLatency[code])).toEqual([
      3, 14, 54, 200
    ])
  })
})

describe('a level that is absent', () => {
  it('answers nothing: what the first level lacks the last is asked for', () => {
    fc.assert(
      fc.property(accesses, (sequence) => {
        const caches = new CacheHierarchy({ ...parameters, l2: { ...parameters.l2, bytes: 0 } })
        const [l1i, l1d, llc] = [parameters.l1i, parameters.l1d, parameters.llc].map(naive)
        for (const [kind, frame, line] of sequence) {
          const code = naiveAccess([kind === 'fetch' ? l1i : l1d, llc], BigInt(frame * 64 + line))
          expect(caches[kind](frame, line)).toBe([HIT_L1, HIT_LLC, HIT_MEMORY][code])
        }
      })
    )
  })
})

describe('an access to two lines at once', () => {
  const pairs = fc.array(fc.tuple(fc.boolean(), fc.nat(12), fc.nat(63)), { maxLength: 400, size: 'max' })

  /** Cachegrind's rule, written down plainly: a level that lacks a line has missed, and takes in both. */
  function naiveBoth(levels: NaiveLru<bigint, true>[], lines: readonly bigint[]): number {
    for (const [code, level] of levels.entries()) {
      const held = lines.map((line) => {
        const had = level.use(line, line) !== undefined
        level.put(line, line, true)
        return had
      })
      if (held.every(Boolean)) return code
    }
    return levels.length
  }

  it('misses a level that lacks one of them, and asks the next for both', () => {
    fc.assert(
      fc.property(pairs, (sequence) => {
        const caches = aHierarchy()
        const [l1i, l1d, l2, llc] = [parameters.l1i, parameters.l1d, parameters.l2, parameters.llc].map(naive)
        for (const [isFetch, frame, line] of sequence) {
          const at = BigInt(frame * 64 + line)
          const expected = naiveBoth([isFetch ? l1i : l1d, l2, llc], [at, at + 1n])
          const next = line === 63 ? ([frame + 1, 0] as const) : ([frame, line + 1] as const)
          expect(caches.both(isFetch, frame, line, ...next)).toBe(expected)
        }
      })
    )
  })
})
