/** What hardware knows of cuckoo tables: where lines may be, whose they are, and what the walk caches keep. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CuckooWalkCache } from '@main/hardware/cuckoo/cuckoo-walk-cache'
import { SideBySide } from '@main/hardware/cuckoo/side-by-side'
import { CuckooWays } from '@main/hardware/registers/cuckoo-ways'
import { Walk } from '@main/hardware/walker/walk'
import { pageFrom, pageHigh, pageLow } from '@shared/address/address'
import { contextOf, machineContext } from '@shared/arch/context'
import { TAG_MASK, clusterOf, tagAt } from '@shared/arch/cuckoo-line'
import { ANY_WAY, HINT_2M, HINT_4K, hintOf, hintedWay } from '@shared/arch/cuckoo-hint'
import { NO_EXECUTE_HIGH } from '@shared/arch/entry'
import { hashWords } from '@shared/random/hash-words'
import { NaiveLru } from '../builders/naive-lru'

const aPage = fc.oneof(fc.nat(1000), fc.nat(2 ** 45 - 1), fc.constantFrom(2 ** 27 - 1, 2 ** 27, 2 ** 45 - 1))

describe('the tag of a line', () => {
  it('is the whole number of its cluster, in bits that entries leave to software', () => {
    fc.assert(
      fc.property(aPage, (cluster) => {
        const tags = Array.from({ length: 8 }, (_, i) => tagAt(i, pageHigh(cluster), pageLow(cluster)))
        expect(tags.every((tag) => (tag & ~TAG_MASK) === 0)).toBe(true)
        const { high, low } = clusterOf((i) => tags[i] | NO_EXECUTE_HIGH | 0xfffff)
        expect(pageFrom(high, low)).toBe(cluster)
      })
    )
  })
})

describe('hints', () => {
  it('say which sizes there are, and the way of a huge page', () => {
    expect(hintOf(false, false)).toBe(0)
    expect(hintOf(true, false) & (HINT_4K | HINT_2M)).toBe(HINT_4K)
    for (const way of [0, 1, 2]) expect(hintedWay(hintOf(false, true, way))).toBe(way)
    expect(hintedWay(hintOf(true, true))).toBe(ANY_WAY)
  })
})

describe('the place of a line in a way', () => {
  const grown = (lines: number, scale: number, moved: number): CuckooWays => {
    const ways = new CuckooWays(1, 7)
    ways.now = [{ base: 1000, lines }]
    ways.next = [{ base: 5000, lines: lines * scale }]
    ways.moved[0] = moved
    return ways
  }

  it('is one: in the old way behind the pointer of the move, else in the larger one', () => {
    fc.assert(
      fc.property(
        aPage,
        fc.constantFrom(64, 192, 1024),
        fc.constantFrom(2, 3, 4),
        fc.nat(1024),
        (cluster, lines, scale, n) => {
          const [high, low] = [pageHigh(cluster), pageLow(cluster)]
          const placeIn = (ways: CuckooWays): number => {
            ways.locate(0, high, low)
            return ways.frame * 64 + ways.index / 8
          }
          const old = placeIn(grown(lines, scale, 0)) - 1000 * 64
          const larger = placeIn(grown(lines, scale, lines)) - 5000 * 64
          expect(old >= 0 && old < lines && larger >= 0 && larger < lines * scale).toBe(true)
          const moved = n % (lines + 1)
          expect(placeIn(grown(lines, scale, moved))).toBe(old < moved ? 5000 * 64 + larger : 1000 * 64 + old)
        }
      )
    )
  })

  it('is spread evenly, and differently in each way and for numbers that differ in any bit', () => {
    const ways = new CuckooWays(3, 1)
    ways.now = [0, 1, 2].map((n) => ({ base: n * 1000, lines: 64 }))
    const counts = [0, 1, 2].map(() => new Array<number>(64).fill(0))
    let together = 0
    for (let cluster = 0; cluster < 6400; cluster++) {
      const places = [0, 1, 2].map((way) => {
        ways.locate(way, 0, cluster)
        counts[way][ways.index / 8]++
        return ways.index
      })
      if (places[0] === places[1]) together++
    }
    for (const count of counts.flat()) expect(Math.abs(count - 100)).toBeLessThan(50)
    expect(together).toBeLessThan(2 * (6400 / 64))
    for (let bit = 0; bit < 18; bit++) expect(hashWords(1, 1 << bit, 5)).not.toBe(hashWords(1, 0, 5))
  })
})

describe('cuckoo walk caches', () => {
  const step = fc.record({
    do: fc.constantFrom('fill', 'fill', 'lookup', 'lookup', 'drop', 'flush', 'vpid'),
    region: fc.oneof(fc.nat(12), fc.constantFrom(2 ** 18, 2 ** 36 - 1)),
    offset: fc.nat(511),
    context: fc.constantFrom(machineContext(1), machineContext(2), contextOf(2, 1)),
    hint: fc.integer({ min: 1, max: 63 })
  })

  it.each([1, 4, 16, 0])('of %i entries for lines of regions of 2 MiB agree with a list', (entries) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        const cache = new CuckooWalkCache(entries, 2)
        const naive = new NaiveLru<string, number[]>(1, entries)
        for (const { do: action, region, offset, context, hint } of steps) {
          const key = `${context} ${Math.floor(region / 8)}`
          const line = Array.from({ length: 8 }, (_, i) => (hint + i) % 64)
          const page = region * 512 + offset
          const [high, low] = [pageHigh(page), pageLow(page)]
          if (action === 'fill' && entries > 0) naive.put(0n, key, line)
          if (action === 'fill') cache.regions.fill(high, low, context, line)
          if (action === 'lookup')
            expect(cache.regions.lookup(high, low, context)).toBe(naive.use(0n, key)?.[region % 8] ?? 0)
          if (action === 'drop') naive.drop((k) => k === key)
          if (action === 'drop') cache.drop(high, low, context)
          if (action === 'flush') naive.drop((k) => k.startsWith(`${context} `))
          if (action === 'flush') cache.flushContext(context)
          if (action === 'vpid') naive.drop((k) => Number(k.split(' ')[0]) >>> 12 === 2)
          if (action === 'vpid') cache.flushVpid(2)
        }
      })
    )
  })
})

describe('reads side by side', () => {
  it('all count, and the longest chain is what the walk waits for', () => {
    const chains = fc.array(fc.array(fc.nat(200), { maxLength: 4 }), { maxLength: 6 })
    fc.assert(
      fc.property(chains, fc.boolean(), (all, waits) => {
        const walk = new Walk()
        walk.begin()
        walk.read(0, 1, 1, 1, 0, 0, 7, 0, 0, 0)
        const side = new SideBySide(walk)
        side.begin()
        for (const chain of all) {
          for (const latency of chain) walk.read(0, 1, 1, 1, 0, 0, latency, 0, 0, 0)
          side.next()
        }
        side.end(waits)
        const longest = Math.max(0, ...all.map((chain) => chain.reduce((sum, n) => sum + n, 0)))
        const deepest = Math.max(0, ...all.map(({ length }) => length))
        expect(walk.references).toBe(1 + all.flat().length)
        expect(walk.cycles).toBe(7 + (waits ? longest : 0))
        expect(walk.criticalReferences).toBe(1 + (waits ? deepest : 0))
      })
    )
  })
})
