import { xsbench } from '@main/workloads/xsbench'
import { UnionizedGrid } from '@main/workloads/xsbench/grids'
import { materialFor, materialsOf } from '@main/workloads/xsbench/materials'
import { UserError } from '@shared/model/user-error'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aStreamSpec, areaNamed, take, type Access } from '../builders/a-stream'
import { bytesIn, distinctPages, instructionsPerDataReference, storeShare } from '../builders/workload-facts'

const NUCLIDES = 355
const PAPER = { footprint: 170_000 * NUCLIDES * (48 + 16 + 4 * NUCLIDES) }
const pagesFor = (bytes: number): number => Math.ceil(bytes / 4096)

/** Bounds of the three tables in the area that they share, in bytes, for so many grid points a nuclide. */
function tables(points: number) {
  const rows = points * NUCLIDES
  const union = 4096 * pagesFor(rows * NUCLIDES * 4)
  return { rows, union, points: union + 4096 * pagesFor(rows * 16) }
}

interface Lookup {
  readonly probes: number[]
  readonly row: number
  readonly nuclides: number[]
  readonly lows: number[]
  readonly pages: number
}

/** The lookups in the stream, read back from addresses alone; the first and the last may be cut. */
function lookupsIn(source: ReturnType<typeof xsbench.open>, accesses: Access[], points: number): Lookup[] {
  const { rows, union, points: pointsAt } = tables(points)
  const lookups: Lookup[] = []
  let pages = new Set<number>()
  let current = { probes: [] as number[], row: -1, nuclides: [] as number[], lows: [] as number[] }
  let pointLoads = 0
  for (const byte of bytesIn(source, 'grids', accesses)) {
    if (byte >= union && byte < pointsAt && (byte - union) % 16 === 0) {
      if (current.row >= 0) {
        lookups.push({ ...current, pages: pages.size })
        current = { probes: [], row: -1, nuclides: [], lows: [] }
        pages = new Set()
      }
      current.probes.push((byte - union) / 16)
    } else if (byte < union) {
      current.row = Math.floor(byte / 4 / NUCLIDES)
      current.nuclides.push((byte / 4) % NUCLIDES)
      pointLoads = 0
    } else if (byte >= pointsAt) {
      pointLoads++
      if (pointLoads === 2) current.lows.push((byte - pointsAt) / 48)
    }
    pages.add(Math.floor(byte / 4096))
  }
  expect(rows).toBeGreaterThan(0)
  return lookups
}

/** XSBench's grid_search over energies that are their own row numbers. */
function searchFor(quarry: number, rows: number): { probes: number[]; found: number } {
  let [lower, upper] = [0, rows - 1]
  const probes: number[] = []
  while (upper - lower > 1) {
    const middle = lower + Math.floor((upper - lower) / 2)
    probes.push(middle)
    if (middle > quarry) upper = middle
    else lower = middle
  }
  return { probes, found: lower }
}

describe('the materials', () => {
  it('hold as many nuclides as those of the large reactor, each once', () => {
    const sizes = materialsOf(355).map((material) => new Set(material).size)
    expect(sizes).toEqual([321, 5, 4, 4, 27, 21, 21, 21, 21, 21, 9, 9])
    expect(materialsOf(68)[0]).toHaveLength(34)
  })

  it('name nuclides that there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1024 }), (nuclides) => {
        for (const material of materialsOf(nuclides)) {
          expect(material.length).toBeGreaterThan(0)
          expect(material.every((nuclide) => nuclide >= 0 && nuclide < nuclides)).toBe(true)
        }
      })
    )
  })

  it('are drawn with their shares of the volume, fuel with what is left of 1', () => {
    const draws = 100_000
    const counts = new Array<number>(12).fill(0)
    for (let i = 0; i < draws; i++) counts[materialFor((i + 0.5) / draws)]++
    const expected = [0.139, 0.052, 0.275, 0.134, 0.154, 0.064, 0.066, 0.055, 0.008, 0.015, 0.025, 0.013]
    counts.forEach((count, material) => expect(count / draws).toBeCloseTo(expected[material], 4))
  })
})

describe('the unionized grid', () => {
  it('points into every grid in the order of its rows, to a point with one behind it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5000 }), fc.integer({ min: 1, max: 40 }), (points, nuclides) => {
        const grid = new UnionizedGrid(nuclides, points, 3)
        for (let nuclide = 0; nuclide < nuclides; nuclide += 7) {
          let last = 0
          for (let row = 0; row < grid.rows; row += Math.ceil(grid.rows / 300)) {
            const pointer = grid.pointer(nuclide, row)
            expect(pointer).toBeGreaterThanOrEqual(last)
            expect(pointer).toBeLessThanOrEqual(points - 2)
            last = pointer
          }
        }
      }),
      { numRuns: 15 }
    )
  })

  it('strays from an even spread as far as random points do', () => {
    const points = 170_000
    const grid = new UnionizedGrid(NUCLIDES, points, 1)
    for (const share of [0.1, 0.5, 0.75]) {
      let squares = 0
      for (let n = 0; n < NUCLIDES; n++) {
        squares += (grid.pointer(n, Math.floor(share * grid.rows)) - share * points) ** 2
      }
      // Binomial; the deviation of 355 samples' deviation is 3.8 %.
      const expected = Math.sqrt(points * share * (1 - share))
      expect(Math.sqrt(squares / NUCLIDES) / expected).toBeGreaterThan(0.85)
      expect(Math.sqrt(squares / NUCLIDES) / expected).toBeLessThan(1.15)
    }
  })

  it('has a row for every point: those before a row, of all nuclides, are as many as rows', () => {
    const grid = new UnionizedGrid(NUCLIDES, 10_000, 1)
    for (const share of [0.03, 0.3, 0.6, 0.97]) {
      const row = Math.floor(share * grid.rows)
      let before = 0
      for (let n = 0; n < NUCLIDES; n++) before += grid.pointer(n, row) + 1
      // Nuclides are drawn one by one: their sum is right but for four deviations.
      expect(Math.abs(before - row)).toBeLessThan(4 * Math.sqrt(grid.rows * share * (1 - share)) + NUCLIDES)
    }
  })
})

describe('xsbench', () => {
  const open = (footprint: number | string, seed = 1) => xsbench.open(aStreamSpec({ footprint, seed }))

  it('has the paper’s 170,000 grid points at the paper’s footprint, in one area', () => {
    expect(xsbench.info.presets?.paper).toBe(PAPER.footprint)
    const { points } = tables(170_000)
    expect(areaNamed(open(PAPER.footprint), 'grids').pages).toBe(
      points / 4096 + pagesFor(170_000 * NUCLIDES * 48)
    )
    // 42,700 slots of 2 MiB.
    expect(areaNamed(open(PAPER.footprint), 'grids').pages / 512).toBeCloseTo(42_706, -1)
  })

  it('searches as XSBench does, then reads the row it found, for all nuclides of one material', async () => {
    const source = open(PAPER.footprint)
    const rows = 170_000 * NUCLIDES
    const lookups = lookupsIn(source, await take(source, 600_000), 170_000)
    expect(lookups.length).toBeGreaterThan(40)
    for (const { probes, row, nuclides } of lookups) {
      expect(searchFor(row + 0.5, rows)).toEqual({ probes, found: row })
      expect(materialsOf(NUCLIDES)).toContainEqual(nuclides)
      expect(probes.length === 25 || probes.length === 26).toBe(true)
    }
  })

  it('reads the same points whenever it reads the same row', async () => {
    const points = 3
    const source = open(points * NUCLIDES * (64 + 4 * NUCLIDES))
    const lows = new Map<string, number>()
    let again = 0
    for (const lookup of lookupsIn(source, await take(source, 1_000_000), points)) {
      lookup.nuclides.forEach((nuclide, i) => {
        const key = `${lookup.row}/${nuclide}`
        const low = lookup.lows[i] - nuclide * points
        if (lows.has(key)) again++
        expect(lows.get(key) ?? low).toBe(low)
        expect(low >= 0 && low <= points - 2).toBe(true)
        lows.set(key, low)
      })
    }
    expect(again).toBeGreaterThan(10)
  })

  it('touches 20 to 340 pages in a lookup', async () => {
    const source = open(PAPER.footprint)
    const lookups = lookupsIn(source, await take(source, 1_500_000), 170_000)
    // 235,742 pages of energies: 17.8 halvings lead to one of them.
    const searched = Math.log2((170_000 * NUCLIDES * 16) / 4096) + 1
    // Of two points side by side, 96 bytes, a few cross into the next page, and a row of the index as many as it is long.
    const perNuclide = 1 + 88 / 4096
    for (const [size, rowBytes] of [
      [321, 4 * 355],
      [4, 4 * 37]
    ]) {
      const pages = lookups.filter(({ nuclides }) => nuclides.length === size).map((lookup) => lookup.pages)
      expect(pages.length).toBeGreaterThan(15)
      const mean = pages.reduce((a, b) => a + b) / pages.length
      expect(mean / (searched + 1 + rowBytes / 4096 + size * perNuclide)).toBeCloseTo(1, 1)
      expect(mean).toBeGreaterThan(0.9 * 20)
      expect(mean).toBeLessThan(1.1 * 340)
    }
  })

  it('fetches about three instructions for each data reference, and stores a fifth of them or less', async () => {
    const accesses = await take(open('4GiB'), 400_000)
    expect(instructionsPerDataReference(accesses)).toBeGreaterThan(2.5)
    expect(instructionsPerDataReference(accesses)).toBeLessThan(3.5)
    // Of a nuclide's 27 references 5 store sums.
    expect(storeShare(accesses)).toBeGreaterThan(0.12)
    expect(storeShare(accesses)).toBeLessThan(5 / 27 + 0.02)
  })

  it('runs about 20 KiB of code', async () => {
    const source = open('4GiB')
    const text = areaNamed(source, 'text')
    const fetches = (await take(source, 200_000)).filter(({ page }) => page < text.start + text.pages)
    expect(distinctPages(fetches)).toBeGreaterThanOrEqual(4)
    expect(distinctPages(fetches)).toBeLessThanOrEqual(8)
  })

  it('goes where its results lead: other seeds, other lookups', async () => {
    const [one, other] = [1, 2].map((seed) => open('64MiB', seed))
    expect(await take(one, 5000)).not.toEqual(await take(other, 5000))
  })

  it('says how much two grid points take', () => {
    expect(() => open('1MiB')).toThrow(UserError)
    expect(() => open('1MiB')).toThrow(/give at least 1053640 bytes/)
    expect(() => open(1_053_640)).not.toThrow()
  })
})
