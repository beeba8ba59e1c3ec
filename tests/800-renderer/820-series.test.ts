import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SERIES_COLUMNS, SERIES_WIDTH } from '@shared/model/snapshot'
import { LaneRows } from '@renderer/charts/lane-rows'
import { MEASURES } from '@renderer/charts/measures'
import { windowAt, windowsOf } from '@renderer/charts/windows'

/** A row in which every column but the references is a constant times them. */
const row = (
  references: number,
  perReference: Partial<Record<(typeof SERIES_COLUMNS)[number], number>>
): number[] =>
  SERIES_COLUMNS.map((column) =>
    column === 'references' ? references : references * (perReference[column] ?? 0)
  )

const rowsOf = (references: readonly number[], perReference: Parameters<typeof row>[1]): Float64Array =>
  Float64Array.from(references.flatMap((r) => row(r, perReference)))

const every = (step: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (i + 1) * step)

describe('rows of a lane', () => {
  it('keeps the newest row and the whole span, however many rows come', () => {
    const rows = new LaneRows(64)
    for (const reference of every(100, 5000)) rows.push(rowsOf([reference], { walks: 0.1 }))
    expect(rows.length).toBeLessThanOrEqual(64)
    expect(rows.length).toBeGreaterThan(24)
    expect(rows.references(rows.length - 1)).toBe(500_000)
    expect(rows.references(0)).toBeLessThan(50_000)
  })

  it('stays in order and in step with its columns through every thinning', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 400 }), (gaps) => {
        const rows = new LaneRows(16)
        let reference = 0
        for (const gap of gaps) rows.push(rowsOf([(reference += gap)], { walks: 3 }))
        for (let i = 0; i < rows.length; i++) {
          if (i > 0) expect(rows.references(i)).toBeGreaterThan(rows.references(i - 1))
          expect(rows.at(i, 1)).toBe(3 * rows.references(i))
        }
        expect(rows.references(rows.length - 1)).toBe(reference)
      })
    )
  })

  it('goes back to any reference as if what lies beyond had never come', () => {
    const gap = fc.integer({ min: 1, max: 50 })
    fc.assert(
      fc.property(fc.array(gap, { minLength: 1, maxLength: 60 }), fc.nat(2000), (gaps, at) => {
        const rows = new LaneRows()
        let reference = 0
        const all = gaps.map((one) => (reference += one))
        rows.push(rowsOf(all, { walks: 3 }))
        rows.cut(at)
        const kept = all.filter((one) => one <= at)
        expect(Array.from({ length: rows.length }, (_, i) => rows.references(i))).toEqual(kept)
        rows.push(rowsOf([at + 1], { walks: 3 }))
        expect(rows.references(rows.length - 1)).toBe(at + 1)
      })
    )
  })

  it('leaves out rows that do not advance', () => {
    const rows = new LaneRows()
    rows.push(rowsOf([10, 10, 5, 20], {}))
    expect(rows.length).toBe(2)
    expect(SERIES_WIDTH).toBe(SERIES_COLUMNS.length)
  })
})

describe('windows', () => {
  const A = { walks: 0.1, walkReferences: 0.6, walkCycles: 40, walkStallCycles: 26, totalCycles: 52 }
  const B = { walks: 0.1, walkReferences: 0.2, walkCycles: 20, walkStallCycles: 13, totalCycles: 39 }
  const laneRows = (references: readonly number[], perReference: Parameters<typeof row>[1]): LaneRows => {
    const rows = new LaneRows()
    rows.push(rowsOf(references, perReference))
    return rows
  }

  it('gives each measure as a ratio of differences', () => {
    const windows = windowsOf([laneRows(every(1000, 2000), A), laneRows(every(1000, 2000), B)])
    const at = Math.floor(windows.length / 2)
    const value = (lane: number, id: string): number =>
      windows.lanes[lane][MEASURES.findIndex((m) => m.id === id)][at]
    expect(value(0, 'walksPerKiloReference')).toBeCloseTo(100, 9)
    expect(value(0, 'referencesPerWalk')).toBeCloseTo(6, 9)
    expect(value(1, 'cyclesPerWalk')).toBeCloseTo(200, 9)
    expect(value(0, 'walkOverhead')).toBeCloseTo(0.5, 9)
    expect(windows.pageWalk[0][at]).toBeCloseTo(2, 9)
    expect(windows.application[0][at]).toBeCloseTo(52 / 39, 9)
  })

  it('thins to a few hundred windows of a round number of references', () => {
    const windows = windowsOf([laneRows(every(1000, 2000), A)])
    expect(windows.step).toBe(10_000)
    expect(windows.length).toBe(200)
    expect(windows.references[0]).toBe(10_000)
  })

  it('uses only references that all lanes have posted', () => {
    const windows = windowsOf([laneRows([1, 2, 3, 4], A), laneRows([2, 4], B)])
    expect([...windows.references]).toEqual([2, 4])
  })

  it('has a gap, not a zero, where a lane made no walk', () => {
    const windows = windowsOf([laneRows([10, 20], { totalCycles: 1 })])
    expect(windows.lanes[0][1].every(Number.isNaN)).toBe(true)
    expect(windows.lanes[0][0][0]).toBe(0)
  })

  it('is empty before the first row', () => {
    const windows = windowsOf([new LaneRows(), new LaneRows()])
    expect(windows.length).toBe(0)
    expect(windowAt(windows, 5)).toBe(-1)
  })

  it('finds the window nearest to a reference', () => {
    const windows = windowsOf([laneRows([10, 20, 30], A)])
    expect([0, 12, 16, 29, 99].map((r) => windowAt(windows, r))).toEqual([0, 0, 1, 2, 2])
  })
})
