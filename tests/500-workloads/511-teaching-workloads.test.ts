import { pointerChase } from '@main/workloads/pointer-chase'
import { sequential } from '@main/workloads/sequential'
import { strided } from '@main/workloads/strided'
import { ZIPF_EXPONENT, zipf } from '@main/workloads/zipf'
import { ZipfRanks } from '@main/workloads/zipf-ranks'
import { pageHigh } from '@shared/address/address'
import { RandomWords } from '@shared/random/random-words'
import { describe, expect, it } from 'vitest'
import { aStreamSpec, areaNamed, skip, take } from '../builders/a-stream'

const byteIn = (area: { start: number }, a: { page: number; offset: number }): number =>
  (a.page - area.start) * 4096 + a.offset

describe('sequential', () => {
  it.each([1, 3, 100])('reads word k of %i pages at byte 8 k, round and round', async (pages) => {
    const source = sequential.open(aStreamSpec({ footprint: pages * 4096 + 100 }))
    const array = areaNamed(source, 'array')
    const accesses = await take(source, pages * 512 * 2 + 7, 1000)
    expect(accesses.findIndex((a, k) => byteIn(array, a) !== (8 * k) % (4096 * pages))).toBe(-1)
  })
})

describe('strided', () => {
  it.each([1, 2, 63, 64, 1000])('reads byte 4160 k of %i pages, round and round', async (pages) => {
    const source = strided.open(aStreamSpec({ footprint: pages * 4096 }))
    const array = areaNamed(source, 'array')
    const accesses = await take(source, 10_000, 777)
    expect(accesses.findIndex((a, k) => byteIn(array, a) !== (4160 * k) % (4096 * pages))).toBe(-1)
  })

  it('goes on over the border between the halves of a page number', async () => {
    const source = strided.open(aStreamSpec({ footprint: '513GiB' }))
    const array = areaNamed(source, 'array')
    const before = 2 ** 35 - 2 ** 27 - array.start - 5000
    skip(source, before)
    const accesses = await take(source, 10_000)
    expect(pageHigh(accesses[accesses.length - 1].page)).toBe(pageHigh(array.start) + 1)
    expect(accesses.findIndex((a, k) => byteIn(array, a) !== 4160 * (before + k))).toBe(-1)
  })

  it('touches every line of a power of two of pages before any again', async () => {
    const accesses = await take(strided.open(aStreamSpec({ footprint: 64 * 4096 })), 64 * 64)
    expect(new Set(accesses.map((a) => a.page * 64 + a.offset / 64)).size).toBe(64 * 64)
  })
})

describe('pointer-chase', () => {
  it.each([1, 2, 1000, 4097])(
    'visits each of %i nodes once a round, in the same order every round',
    async (nodes) => {
      const source = pointerChase.open(aStreamSpec({ footprint: nodes * 4096 }))
      const accesses = await take(source, 2 * nodes, 333)
      const round = accesses.slice(0, nodes)
      expect(new Set(round.map((a) => a.page)).size).toBe(nodes)
      expect(accesses.slice(nodes)).toEqual(round)
    }
  )

  it('spreads its nodes over the sets of a data cache', async () => {
    const nodes = 6400
    const counts = new Array<number>(64).fill(0)
    const accesses = await take(pointerChase.open(aStreamSpec({ footprint: nodes * 4096 })), nodes)
    for (const a of accesses) counts[a.offset / 64]++
    expect(Math.min(...counts)).toBeGreaterThan(50)
    expect(Math.max(...counts)).toBeLessThan(150)
  })
})

/** Exact probabilities of ranks 1..count. */
function zipfProbabilities(count: number): number[] {
  const weights = Array.from({ length: count }, (_, i) => (i + 1) ** -ZIPF_EXPONENT)
  const total = weights.reduce((a, b) => a + b)
  return weights.map((w) => w / total)
}

const chiSquare = (counts: number[], probabilities: number[], draws: number): number =>
  counts.reduce((sum, n, i) => sum + (n - draws * probabilities[i]) ** 2 / (draws * probabilities[i]), 0)

describe('zipf', () => {
  it.each([1, 2, 3, 700, 1024, 1025])('draws %i ranks with their exact probabilities', (count) => {
    const draws = 400_000
    const ranks = new ZipfRanks(count, ZIPF_EXPONENT, new RandomWords(11))
    const counts = new Array<number>(count).fill(0)
    for (let i = 0; i < draws; i++) counts[ranks.next() - 1]++
    const freedom = count - 1
    // Four standard deviations of the chi-square distribution above its mean.
    expect(chiSquare(counts, zipfProbabilities(count), draws)).toBeLessThanOrEqual(
      freedom + 4 * Math.sqrt(2 * freedom)
    )
  })

  it('is as skewed over its pages as over the ranks, the hottest not side by side', async () => {
    const pages = 1000
    const accesses = await take(zipf.open(aStreamSpec({ footprint: pages * 4096 })), 200_000)
    const counts = new Map<number, number>()
    for (const a of accesses) counts.set(a.page, (counts.get(a.page) ?? 0) + 1)
    const hottest = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 10)
    const expected = zipfProbabilities(pages)
    hottest.slice(0, 3).forEach(([, n], rank) => expect(n / 200_000).toBeCloseTo(expected[rank], 2))
    const byPage = hottest.map(([page]) => page).sort((a, b) => a - b)
    expect(byPage.slice(1).filter((page, i) => page - byPage[i] === 1).length).toBeLessThan(3)
  })

  it('reads aligned words all over a page', async () => {
    const accesses = await take(zipf.open(aStreamSpec({ footprint: '1MiB' })), 100_000)
    expect(accesses.every((a) => a.offset % 8 === 0)).toBe(true)
    expect(new Set(accesses.map((a) => a.offset)).size).toBe(512)
  })
})
