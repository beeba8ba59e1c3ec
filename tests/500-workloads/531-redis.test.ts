import { Chains } from '@main/workloads/hashing/chains'
import { redis } from '@main/workloads/redis'
import { LOAD, STORE } from '@shared/model/access'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aStreamSpec, areaNamed, take } from '../builders/a-stream'
import {
  byteIn,
  dataOf,
  instructionsPerDataReference,
  missesOf,
  storeShare
} from '../builders/workload-facts'

describe('chains', () => {
  it('hold every key once, in the bucket of its hash, the last first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.integer(), (keys, seed) => {
        const buckets = 2 ** Math.ceil(Math.log2(keys))
        const chains = new Chains(keys, buckets, seed)
        const found: number[] = []
        for (let bucket = 0; bucket < buckets; bucket++) {
          const chain = chains.chain(bucket)
          expect(chain).toEqual([...chain].sort((a, b) => b - a))
          for (const key of chain) expect(chains.bucketOf(key)).toBe(bucket)
          found.push(...chain)
        }
        expect(found.sort((a, b) => a - b)).toEqual(Array.from({ length: keys }, (_, key) => key))
      }),
      { numRuns: 12 }
    )
  })

  it('are as long as those of a random hash at load factor 1', () => {
    const chains = new Chains(2 ** 29, 2 ** 29, 1)
    const samples = 20_000
    const lengths = [0, 0, 0, 0]
    for (let i = 0; i < samples; i++) lengths[Math.min(3, chains.chain(i * 26_000).length)]++
    const poisson = [1, 1, 1 / 2].map((share) => share / Math.E)
    // At least 32 slots a bucket make a share a thirtieth off at most; samples add one in fifty.
    poisson.forEach((share, length) => expect(lengths[length] / samples / share).toBeCloseTo(1, 1))
  })
})

describe('redis', () => {
  const open = (footprint: number | string, writes = 0.5) =>
    redis.open({ ...aStreamSpec({ footprint }), redis: { writes } })
  const PAPER = 132 * 2 ** 30

  it('has 2^29 keys of 256 bytes and as many buckets at the paper’s footprint', () => {
    expect(redis.info.presets?.paper).toBe(PAPER)
    const source = open(PAPER)
    expect(areaNamed(source, 'buckets').pages).toBe(2 ** 20)
    // And 64 MiB for what is written.
    expect(Math.floor(areaNamed(source, 'heap').pages / 2 ** 14)).toBe(128 * 16 + 1)
  })

  it('takes 2.5 to 3 pages in an operation that are not among the 1536 used last', async () => {
    const source = open(PAPER)
    const accesses = await take(source, 600_000)
    const buckets = areaNamed(source, 'buckets')
    const operations = dataOf(accesses).filter(
      ({ page }) => page >= buckets.start && page < buckets.start + buckets.pages
    )
    const pages = missesOf(accesses, 1536) / operations.length
    expect(pages).toBeGreaterThan(0.9 * 2.5)
    expect(pages).toBeLessThan(1.1 * 3)
  })

  it('compares one key and a half in an operation, and ends at the entry of the one it asked for', async () => {
    const source = open(PAPER)
    const heap = areaNamed(source, 'heap')
    const accesses = dataOf(await take(source, 600_000)).filter(
      ({ page }) => byteIn(heap, { kind: LOAD, size: 1, page, offset: 0 }) < 128 * 2 ** 30
    )
    const inBlock = accesses.map((access) => byteIn(heap, access)).map((byte) => ({ byte, at: byte % 256 }))
    const entries = inBlock.filter(({ byte, at }) => byte >= 0 && at === 240).length
    const values = inBlock.filter(({ byte, at }, i) => byte >= 0 && at === 248 && accesses[i].kind === LOAD)
    expect(entries / values.length).toBeGreaterThan(1.45)
    expect(entries / values.length).toBeLessThan(1.55)
  })

  it('writes as often as it is told, each time to what is next behind the keys', async () => {
    const count = async (writes: number): Promise<number> => {
      const source = open('64MiB', writes)
      const heap = areaNamed(source, 'heap')
      const data = dataOf(await take(source, 200_000)).filter(
        (a) => a.page >= heap.start && a.page < heap.start + heap.pages
      )
      const pointers = data.filter((a) => a.kind === STORE && byteIn(heap, a) % 256 === 248 && a.size === 8)
      return pointers.filter((a) => byteIn(heap, a) < 0.95 * heap.pages * 4096).length
    }
    expect(await count(0)).toBe(0)
    const [half, all] = [await count(0.5), await count(1)]
    expect(half).toBeGreaterThan(100)
    expect(all).toBeGreaterThan(1.5 * half)
  })

  it('fetches about three instructions for each data reference; a quarter or so are stores', async () => {
    const accesses = await take(open('4GiB'), 300_000)
    expect(instructionsPerDataReference(accesses)).toBeGreaterThan(2.5)
    expect(instructionsPerDataReference(accesses)).toBeLessThan(3.5)
    expect(storeShare(accesses)).toBeGreaterThan(0.15)
    expect(storeShare(accesses)).toBeLessThan(0.45)
  })
})
