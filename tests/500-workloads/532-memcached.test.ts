import { memcached } from '@main/workloads/memcached'
import { chunkFor } from '@main/workloads/memcached/slab-pages'
import { describe, expect, it } from 'vitest'
import type { LabSpec } from '@shared/model/spec'
import { aStreamSpec, areaNamed, take } from '../builders/a-stream'
import { dataOf, instructionsPerDataReference, missesOf, storeShare } from '../builders/workload-facts'

const ITEMS = 100_000_000
const BUCKETS = 2 ** 26
const PER_PAGE = Math.floor(2 ** 20 / 1184)

describe('memcached', () => {
  const PAPER = memcached.info.presets?.paper ?? 0
  const open = (footprint: number | string, knobs: Partial<LabSpec['memcached']> = {}) => {
    const spec = aStreamSpec({ footprint })
    return memcached.open({ ...spec, memcached: { ...spec.memcached, ...knobs } })
  }

  it('puts items in classes, each a quarter larger than the last', () => {
    expect([1, 96, 97, 1082].map(chunkFor)).toEqual([96, 96, 120, 1184])
    for (const bytes of [100, 1000, 10_000, 100_000]) {
      expect(chunkFor(bytes)).toBeGreaterThanOrEqual(bytes)
      expect(chunkFor(bytes)).toBeLessThan(1.26 * bytes + 8)
    }
  })

  it('has 10^8 records and a bucket for one and a half of them at the paper’s footprint', () => {
    const source = open(PAPER)
    expect(PAPER / 2 ** 30).toBeGreaterThan(105)
    expect(PAPER / 2 ** 30).toBeLessThan(128)
    expect(areaNamed(source, 'buckets').pages * 4096).toBe(BUCKETS * 8)
    // 65,536 slab pages with a page each for malloc, the rest in the heap.
    expect(areaNamed(source, 'slabs').pages).toBe(65_536 * 257)
    const rest = Math.ceil(ITEMS / PER_PAGE) - 65_536
    expect(areaNamed(source, 'heap').pages).toBe(Math.ceil((rest * (2 ** 20 + 16)) / 4096) + 1)
  })

  it('takes the pages of a bucket and of each item in the chain up to the one asked for', async () => {
    const source = open(PAPER)
    const accesses = await take(source, 500_000)
    const buckets = areaNamed(source, 'buckets')
    const inTable = dataOf(accesses).filter(
      (a) => a.page >= buckets.start && a.page < buckets.start + buckets.pages
    )
    // Of a random chain at this load half of the others stand in front; some heads of items cross into a page.
    const chain = 1 + (ITEMS - 1) / BUCKETS / 2
    expect(missesOf(accesses, 1536) / inTable.length / (1 + chain)).toBeGreaterThan(0.9)
    expect(missesOf(accesses, 1536) / inTable.length / (1 + chain)).toBeLessThan(1.1)
  })

  it('fetches about three instructions for each data reference', async () => {
    const accesses = await take(open('4GiB'), 200_000)
    expect(instructionsPerDataReference(accesses)).toBeGreaterThan(2.5)
    expect(instructionsPerDataReference(accesses)).toBeLessThan(3.5)
    expect(storeShare(accesses)).toBeGreaterThan(0.15)
    expect(storeShare(accesses)).toBeLessThan(0.4)
  })

  it('copies each value through a socket where it is told to, every byte once', async () => {
    const source = open('64MiB', { kernelCopy: true })
    const socket = areaNamed(source, 'socket')
    const inSocket = (page: number): boolean => page >= socket.start && page < socket.start + socket.pages
    const accesses = dataOf(await take(source, 300_000))
    const operations = accesses.filter(
      (a) => a.page === areaNamed(source, 'data').start && a.offset === 0x140
    ).length
    const bytes = accesses.filter(({ page }) => inSocket(page)).reduce((sum, a) => sum + a.size, 0)
    expect(bytes / operations / 1002).toBeCloseTo(1, 1)
  })

  it('asks for few records often where the distribution is skewed', async () => {
    const misses = async (distribution: 'uniform' | 'zipfian'): Promise<number> =>
      missesOf(await take(open('1GiB', { distribution }), 300_000), 1536)
    expect(await misses('zipfian')).toBeLessThan(0.8 * (await misses('uniform')))
  })
})
