import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { WalkRecord } from '@shared/model/walk-record'
import { walkGrid, type GridCell, type WalkGrid } from '@renderer/walk/walk-grid'
import {
  aWalk,
  coverage,
  dmt,
  mixedSizes,
  nativeDmt,
  nativeRadix,
  nestedDmt,
  nestedPvdmt,
  nestedRadix3d,
  nestedShadow,
  pvdmt,
  spared
} from '../builders/walk-records'

const cellsOf = (grid: WalkGrid, lane: number): GridCell[] =>
  grid.sections.flatMap((section) => section.rows.flatMap((row) => [...row.lanes[lane].cells]))

const stepNumbers = (grid: WalkGrid, lane: number): number[] =>
  cellsOf(grid, lane).flatMap((cell) => (cell.kind === 'step' ? [cell.step.n] : []))

const rowTitles = (grid: WalkGrid): string[] =>
  grid.sections.flatMap((section) =>
    section.rows.map((row) => `${row.head.layer ?? ''} ${row.head.title}`.trim())
  )

const oneToN = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)

describe('the walk grid holds every step once', () => {
  const walks: [string, WalkRecord, number][] = [
    ['2-D radix', aWalk(), 24],
    ['2-D radix of five levels', mixedSizes([1, 1], 5), 35],
    ['3-D radix', nestedRadix3d(), 124],
    ['radix over L0 shadow tables', nestedShadow(), 24],
    ['native radix', nativeRadix(), 4],
    ['DMT', dmt(), 3],
    ['pvDMT', pvdmt(), 2],
    ['nested DMT', nestedDmt(), 7],
    ['nested pvDMT', nestedPvdmt(), 3],
    ['native DMT', nativeDmt(), 1],
    ['2 MiB guest pages on a 4 KiB host', mixedSizes([1, 2]), 19],
    ['1 GiB pages in both', mixedSizes([3, 3]), 8],
    ['L0 by registers, the others radix', coverage('DRR'), 49]
  ]
  it.each(walks)('%s', (_, record, references) => {
    expect(record.steps).toHaveLength(references)
    expect(stepNumbers(walkGrid([record]), 0)).toEqual(oneToN(references))
  })

  it('for any mix of registers and radix, beside any other', () => {
    const modes = fc.string({ unit: fc.constantFrom('R', 'D', 'P'), minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(modes, modes, (a, b) => {
        const records = [coverage(a), coverage(b)]
        const grid = walkGrid(records)
        records.forEach((record, lane) => {
          const numbers = stepNumbers(grid, lane).sort((x, y) => x - y)
          expect(numbers).toEqual(oneToN(record.steps.length))
        })
      })
    )
  })

  it('never puts two cells of a lane in one place', () => {
    for (const record of [aWalk(), nestedRadix3d(), nestedDmt(), aWalk({ wasted: true }), coverage('RD')]) {
      for (const row of walkGrid([record]).sections.flatMap((section) => section.rows)) {
        const columns = row.lanes[0].cells.map((cell) => cell.column)
        expect(new Set(columns).size).toBe(columns.length)
        expect(Math.min(0, ...columns)).toBe(0)
      }
    }
  })
})

describe('rows and columns', () => {
  it('a 2-D walk has a row for each guest level and one for the data page', () => {
    const grid = walkGrid([aWalk()])
    expect(grid.shape).toBe('plane')
    expect(rowTitles(grid)).toEqual(['L1 level 4', 'L1 level 3', 'L1 level 2', 'L1 level 1', 'data'])
    expect(grid.lanes[0].columns.map((c) => `${c.layer} ${c.label}`)).toEqual([
      'L0 level 4',
      'L0 level 3',
      'L0 level 2',
      'L0 level 1',
      'L1 entry'
    ])
  })

  it('nested radix names the rows after L2', () => {
    expect(rowTitles(walkGrid([nestedShadow()]))[0]).toBe('L2 level 4')
  })

  it('a 2 MiB guest page has no level 1 row', () => {
    expect(rowTitles(walkGrid([mixedSizes([1, 2])]))).toEqual([
      'L1 level 4',
      'L1 level 3',
      'L1 level 2',
      'data'
    ])
  })

  it('a native walk is one row that ends at the page', () => {
    const grid = walkGrid([nativeRadix(), nativeDmt()])
    expect(grid.shape).toBe('line')
    expect(rowTitles(grid)).toEqual(['data'])
    expect(cellsOf(grid, 0).at(-1)).toEqual({ kind: 'data', column: 4 })
  })

  it('a 3-D walk is one plane of 25 for each read of L2, and one of 24 for the data', () => {
    const grid = walkGrid([nestedRadix3d(), nestedPvdmt()])
    const steps = grid.sections.map(
      (s) => s.rows.flatMap((r) => r.lanes[0].cells.filter((c) => c.kind === 'step')).length
    )
    expect(grid.sections.map((s) => s.head.title)).toEqual([
      'level 4',
      'level 3',
      'level 2',
      'level 1',
      'data'
    ])
    expect(steps).toEqual([25, 25, 25, 25, 24])
    expect(grid.sections.map((s) => s.rows.length)).toEqual([5, 5, 5, 5, 5])
  })

  it('the end of a row says which address it yields', () => {
    const record = aWalk()
    const [section] = walkGrid([record]).sections
    expect(section.rows[0].lanes[0].yields?.text).toBe('next table at guest-physical address')
    expect(section.rows[0].lanes[0].yields?.address).toBe(record.steps[9].tableAddress)
    expect(section.rows[2].lanes[0].yields?.text).toBe('leaf table at guest-physical address')
    expect(section.rows[3].lanes[0].yields?.text).toBe('data page at guest-physical address')
    expect(section.rows[3].lanes[0].yields?.address).toMatch(/abc$/)
    expect(section.rows[4].lanes[0].yields).toBeNull()
  })
})

describe('lanes beside each other', () => {
  const sameSteps = (records: WalkRecord[], lane: number): (number | null)[] =>
    cellsOf(walkGrid(records), lane).flatMap((cell) => (cell.kind === 'step' ? [cell.same?.n ?? null] : []))

  it('pvDMT reads the entries of steps 20 and 24', () => {
    expect(sameSteps([aWalk(), pvdmt()], 1)).toEqual([20, 24])
  })

  it('DMT reads those of 19, 20 and 24', () => {
    expect(sameSteps([aWalk(), dmt()], 1)).toEqual([19, 20, 24])
  })

  it('two radix lanes share every entry, whichever comes first', () => {
    expect(sameSteps([aWalk(), aWalk()], 0)).toEqual(oneToN(24))
    expect(sameSteps([pvdmt(), aWalk()], 0)).toEqual([20, 24])
  })

  it('nested pvDMT shares the entries of L1 and L0 with the 3-D walk alone', () => {
    expect(sameSteps([nestedRadix3d(), nestedPvdmt()], 1)).toEqual([100, 120, 124])
    expect(sameSteps([nestedShadow(), nestedPvdmt()], 1)).toEqual([20, null, null])
  })

  it('a lane without a walk leaves its place empty', () => {
    const grid = walkGrid([null, aWalk()])
    expect(grid.lanes[0].style).toBe('none')
    expect(stepNumbers(grid, 1)).toHaveLength(24)
  })
})

describe('walk caches, faults and attempts', () => {
  const skippedIn = (record: WalkRecord): number[] =>
    walkGrid([record]).sections[0].rows.map(
      (row) => row.lanes[0].cells.filter((c) => c.kind === 'skipped').length
    )

  it('draws what a host walk cache spared in each row', () => {
    const record = spared(aWalk(), (step) => {
      if (step.layer === 'L0' && step.level > 2) return 'left out'
      return step.layer === 'L0' && step.level === 2 ? 'PWC' : step.hit
    })
    expect(skippedIn(record)).toEqual([2, 2, 2, 2, 2])
  })

  it('draws the rows that a guest walk cache spared', () => {
    const record = spared(aWalk(), (step) => {
      if (step.n <= 14) return 'left out'
      return step.n === 15 ? 'PWC' : step.hit
    })
    const grid = walkGrid([record])
    expect(rowTitles(grid)).toEqual(['L1 level 4', 'L1 level 3', 'L1 level 2', 'L1 level 1', 'data'])
    expect(skippedIn(record)).toEqual([5, 5, 4, 0, 0])
  })

  it('a cold walk skips nothing', () => {
    expect(skippedIn(aWalk())).toEqual([0, 0, 0, 0, 0])
  })

  it('a fault ends the walk in its row, and no data page is drawn', () => {
    const grid = walkGrid([aWalk({ faultAt: 13 })])
    expect(rowTitles(grid)).toEqual(['L1 level 4', 'L1 level 3', 'L1 level 2'])
    expect(cellsOf(grid, 0).some((cell) => cell.kind === 'data')).toBe(false)
  })

  it('a fault in the last dimension stands in the data row', () => {
    expect(rowTitles(walkGrid([aWalk({ faultAt: 22 })])).at(-1)).toBe('data')
  })

  it('an attempt that fell back has a row of its own', () => {
    const grid = walkGrid([aWalk({ wasted: true })])
    expect(rowTitles(grid)[0]).toBe('L1 register')
    expect(stepNumbers(grid, 0)).toEqual(oneToN(25))
  })
})
