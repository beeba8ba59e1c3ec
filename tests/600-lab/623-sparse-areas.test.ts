import { designOf } from '@main/designs'
import { mustHold } from '@main/lab/invariants'
import { asVma } from '@main/lab/area-vma'
import { Machine } from '@main/lab/machine'
import { checkMemory, lanePages, leafTables } from '@main/lab/memory-need'
import { Population } from '@main/lab/populate'
import { backedPages } from '@main/workloads/area-runs'
import { dataPages, type Area } from '@main/workloads/workload'
import { page } from '@shared/address/address'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aSpec } from '../builders/spec'
import { checkTranslations } from '../builders/stack-laws'

const START = 0x7f1234500
const PAGES = 40_000

/** Ascending runs of at most 600 pages, with holes of at most 3000 between them. */
const runs = fc
  .array(fc.tuple(fc.nat({ max: 3000 }), fc.integer({ min: 1, max: 600 })), { minLength: 1, maxLength: 11 })
  .map((pairs) => {
    const backed: number[] = []
    let at = 0
    for (const [hole, pages] of pairs) {
      backed.push(at + hole, pages)
      at += hole + pages
    }
    return Int32Array.from(backed)
  })

const sparse = (backed: Int32Array): Area => ({
  name: 'pool',
  start: page(START),
  pages: PAGES,
  writable: true,
  executable: false,
  origin: 'workload',
  backed
})

function pagesOf({ start, backed = new Int32Array() }: Area): Set<number> {
  const pages = new Set<number>()
  for (let i = 0; i < backed.length; i += 2)
    for (let p = 0; p < backed[i + 1]; p++) pages.add(start + backed[i] + p)
  return pages
}

const machineOf = (design: string, area: Area): Machine => {
  const spec = aSpec({ profile: 'tiny', lanes: [design], verify: true, tea: { minVmaMiB: 1 } })
  return new Machine(spec, designOf(design), [asVma(area)], lanePages(designOf(design), { areas: [area] }))
}

describe.each(['radix', 'dmt', 'pvdmt', 'ecpt', 'fpt'])('a sparse area under %s', (design) => {
  it('has frames for the runs that are backed, and for nothing else', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 5000 }), (backed, slice) => {
        const area = sparse(backed)
        const machine = machineOf(design, area)
        const population = new Population(machine.stack, [area])
        expect(population.pagesTotal).toBe(backedPages(area))
        while (population.pagesDone < population.pagesTotal) population.advance(slice)
        const pages = pagesOf(area)
        expect(population.pagesDone).toBe(pages.size)
        const { table } = machine.stack.inner.space
        const wrong: number[] = []
        for (let p = START; p < START + PAGES; p++) if (table.frameOf(p) >= 0 !== pages.has(p)) wrong.push(p)
        expect(wrong).toEqual([])
        mustHold(machine)
        checkTranslations(machine, [...pages].slice(0, 50))
      }),
      { numRuns: 6 }
    )
  })
})

describe('a sparse area under rmm', () => {
  it('is backed as a whole where there is memory, which the lane is given', () => {
    const area = sparse(Int32Array.of(100, 1, 30_000, 5))
    const machine = machineOf('rmm', area)
    const population = new Population(machine.stack, [area])
    population.advance(population.pagesTotal)
    let backed = 0
    for (let p = START; p < START + PAGES; p++) if (machine.stack.inner.space.table.frameOf(p) >= 0) backed++
    expect(backed).toBeGreaterThan(PAGES / 2)
    mustHold(machine)
  })
})

describe('the memory that a sparse area needs', () => {
  it('is that of its data and of the tables that its runs touch', () => {
    fc.assert(
      fc.property(runs, (backed) => {
        const area = sparse(backed)
        const machine = machineOf('radix', area)
        const population = new Population(machine.stack, [area])
        population.advance(population.pagesTotal)
        const regions = new Set([...pagesOf(area)].map((p) => Math.floor(p / 512)))
        const dense = leafTables(machine.spec, designOf('radix'), backedPages(area))
        const sparseTables = regions.size - Math.ceil(backedPages(area) / 512)
        const estimate = leafTables(machine.spec, designOf('radix'), backedPages(area), sparseTables)
        expect(estimate - dense).toBe(sparseTables)
        expect(machine.stack.memory.framesInUse).toBeGreaterThanOrEqual(estimate)
        expect(machine.stack.memory.framesInUse - estimate).toBeLessThanOrEqual(4 * 6)
      }),
      { numRuns: 10 }
    )
  })

  it('does not count what is only reserved', () => {
    const area: Area = { ...sparse(Int32Array.of(0, 512)), pages: 2 ** 28 }
    const spec = aSpec({ lanes: ['radix'] })
    expect(() => checkMemory(spec, { areas: [area] }, 2 ** 30)).not.toThrow()
  })
})

describe('populating with huge pages', () => {
  it('backs each run once, also where a huge page reaches into the next', () => {
    const area = sparse(Int32Array.of(10, 5, 20, 5, 5000, 700))
    const spec = aSpec({ profile: 'tiny', lanes: ['radix'], pageSize: 'thp', verify: true })
    const machine = new Machine(spec, designOf('radix'), [asVma(area)], dataPages({ areas: [area] }))
    const population = new Population(machine.stack, [area])
    population.advance(population.pagesTotal)
    const { table } = machine.stack.inner.space
    expect([...pagesOf(area)].filter((p) => table.frameOf(p) < 0)).toEqual([])
  })
})
