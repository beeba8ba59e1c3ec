import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageHigh, pageLow } from '@shared/address/address'
import { WRITABLE } from '@shared/arch/entry'
import { contextOf } from '@shared/arch/context'
import { skylake } from '@shared/profiles/skylake'
import { tiny } from '@shared/profiles/tiny'
import type { WalkCacheGeometry } from '@shared/model/hardware-profile'
import { PageWalkCache } from '@main/hardware/pwc/page-walk-cache'
import { NaiveLru } from '../builders/naive-lru'

const CONTEXT = contextOf(1, 0)
const OTHER = contextOf(1, 7)
const deepest = (pwc: PageWalkCache, page: number, context = CONTEXT): number =>
  pwc.deepest(pageHigh(page), pageLow(page), context)

/** A walk of `levels` levels: reads made, and what it leaves in the cache. The table of a level is named by level. */
function readsOfWalk(pwc: PageWalkCache, levels: number, page: number): number {
  const hit = deepest(pwc, page)
  const from = hit === 0 ? levels : hit - 1
  for (let level = from; level >= 2; level--)
    pwc.fill(level, pageHigh(page), pageLow(page), CONTEXT, 1000 + level - 1, WRITABLE)
  return from
}

/** An address of each distance from `page`: the first that shares only the entries of a level and above. */
const neighbour = (page: number, level: number): number => page + 512 ** (level - 2)

describe.each([4, 5] as const)('page-walk cache of a %i-level table', (levels) => {
  const page = 0x1234 * 512 ** 3

  it('leaves k - 1 reads after a hit at level k', () => {
    for (let level = 2; level <= levels; level++) {
      const pwc = new PageWalkCache(tiny.hardware.pwc.guest, levels)
      expect(readsOfWalk(pwc, levels, page)).toBe(levels)
      expect(readsOfWalk(pwc, levels, neighbour(page, level))).toBe(level - 1)
    }
  })

  it('names the table to read next', () => {
    const pwc = new PageWalkCache(tiny.hardware.pwc.guest, levels)
    readsOfWalk(pwc, levels, page)
    for (let level = 2; level <= levels; level++) {
      expect(deepest(pwc, neighbour(page, level))).toBe(level)
      expect(pwc.frameOf()).toBe(1000 + level - 1)
    }
  })

  it('reaches as far as the table entries it holds', () => {
    const pwc = new PageWalkCache(skylake.hardware.pwc.guest, levels)
    for (let n = 0; n < 32; n++) readsOfWalk(pwc, levels, page + n * 512)
    const hits = Array.from({ length: 32 * 512 }, (_, n) => deepest(pwc, page + n))
    expect(hits.every((level) => level === 2)).toBe(true)
    expect(deepest(pwc, page + 32 * 512)).toBe(3)
  })

  it('touches the entry it answers from and no other', () => {
    const pwc = new PageWalkCache(tiny.hardware.pwc.guest, levels)
    const gib = 512 ** 2
    readsOfWalk(pwc, levels, page)
    readsOfWalk(pwc, levels, page + gib)
    expect(deepest(pwc, page)).toBe(2)
    const ages = (level: number): number[][] =>
      pwc
        .entries()
        .filter((e) => e.level === level)
        .map((e) => [(e.page - page) / gib, e.age])
    expect(ages(2)).toEqual([
      [0, 0],
      [1, 1]
    ])
    expect(ages(3)).toEqual([
      [0, 1],
      [1, 0]
    ])
  })

  it('forgets the whole way to an invalidated page, and a flushed context only', () => {
    const pwc = new PageWalkCache(tiny.hardware.pwc.guest, levels)
    readsOfWalk(pwc, levels, page)
    pwc.fill(2, pageHigh(page), pageLow(page), OTHER, 5, WRITABLE)
    pwc.invalidate(pageHigh(page), pageLow(page), CONTEXT)
    expect([deepest(pwc, page), deepest(pwc, page, OTHER)]).toEqual([0, 2])
    readsOfWalk(pwc, levels, page)
    pwc.flushContext(OTHER)
    expect([deepest(pwc, page), deepest(pwc, page, OTHER)]).toEqual([2, 0])
    pwc.fill(2, pageHigh(page), pageLow(page), contextOf(2, 0), 5, WRITABLE)
    pwc.flushVpid(1)
    expect([deepest(pwc, page), deepest(pwc, page, contextOf(2, 0))]).toEqual([0, 2])
    pwc.flushAll()
    expect(pwc.entries()).toEqual([])
  })
})

describe('page-walk cache', () => {
  it('does not look at level 5 in a 4-level table', () => {
    const pwc = new PageWalkCache(tiny.hardware.pwc.guest, 4)
    readsOfWalk(pwc, 4, 0)
    expect(deepest(pwc, 2 ** 36)).toBe(0)
  })

  it('always misses at a level without entries', () => {
    const absent = { ...tiny.hardware.pwc.guest, level2: { entries: 0, ways: 1 } }
    const pwc = new PageWalkCache(absent, 4)
    readsOfWalk(pwc, 4, 7)
    expect(deepest(pwc, 7)).toBe(3)
  })

  it('agrees with lists of table entries on random walks', () => {
    const geometry: WalkCacheGeometry = { ...tiny.hardware.pwc.guest, level2: { entries: 12, ways: 2 } }
    const arrays = [geometry.level2, geometry.level3, geometry.level4, geometry.level5]
    const steps = fc
      .tuple(fc.nat(2), fc.nat(5), fc.nat(9))
      .map(([a, b, c]) => a * 512 ** 4 + b * 512 ** 2 + c * 512)
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 300, size: 'max' }), (walks) => {
        const pwc = new PageWalkCache(geometry, 5)
        const naive = arrays.map((g) => new NaiveLru<bigint, true>(g.entries / g.ways, g.ways))
        for (const page of walks) {
          const numbers = naive.map((_, i) => BigInt(page) >> BigInt(9 * (i + 1)))
          const hit = naive.findIndex((lists, i) => lists.use(numbers[i], numbers[i]))
          const peeked = pwc.peek(pageHigh(page), pageLow(page), CONTEXT)
          expect(readsOfWalk(pwc, 5, page)).toBe(hit < 0 ? 5 : hit + 1)
          expect(peeked).toBe(hit < 0 ? 0 : hit + 2)
          for (let i = hit < 0 ? 3 : hit - 1; i >= 0; i--) naive[i].put(numbers[i], numbers[i], true)
        }
      }),
      { numRuns: 50 }
    )
  })
})
