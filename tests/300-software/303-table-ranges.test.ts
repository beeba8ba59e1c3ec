/** Work on ranges of a page table, against a plain map of pages and of what areas hold. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PhysicalMemory } from '@main/hardware/memory/physical-memory'
import { EntryMemory } from '@main/software/space/entry-memory'
import { PageTable } from '@main/software/space/page-table'
import { clearLeaves, eachLeaf, unitsIn, unlinkTables } from '@main/software/space/table-ranges'
import { pagesPerEntry, pagesPerTable, type Frame } from '@shared/address/address'
import { WRITABLE } from '@shared/arch/entry'

interface Scene {
  readonly table: PageTable
  /** Frames of the table pages in the tree. */
  readonly tables: Set<number>
}

function aTable(levels: 4 | 5): Scene {
  let next = 1
  const tables = new Set<number>()
  const allocateTable = (): Frame => {
    tables.add(next)
    return next++ as Frame
  }
  const table = new PageTable(levels, new EntryMemory(new PhysicalMemory(2 ** 16), null), { allocateTable })
  return { table, tables }
}

/** Table pages other than the root that some mapped page needs. */
function tablesNeeded(pages: Iterable<number>, levels: number): number {
  const needed = new Set<string>()
  for (const p of pages)
    for (let level = 1; level < levels; level++)
      needed.add(`${level}:${Math.floor(p / pagesPerTable(level))}`)
  return needed.size
}

const region = (levels: number): fc.Arbitrary<number> =>
  fc.constantFrom(0, 1, 2, 511, 512, 513, 262_143, 262_144, levels === 5 ? 2 ** 35 : 2 ** 26)

const page = (levels: number): fc.Arbitrary<number> =>
  fc.tuple(region(levels), fc.constantFrom(0, 1, 255, 511)).map(([r, i]) => r * 512 + i)

describe('a range of a page table', () => {
  it.each([4, 5] as const)(
    'of %i levels is cleared exactly, and its tables go when nothing needs them',
    (levels) => {
      fc.assert(
        fc.property(
          fc.uniqueArray(page(levels), { minLength: 1, maxLength: 40 }),
          fc.array(fc.tuple(page(levels), page(levels)), { minLength: 1, maxLength: 6 }),
          (pages, ranges) => {
            const { table, tables } = aTable(levels)
            const model = new Map(pages.map((p, i) => [p, 1000 + i]))
            for (const [p, frame] of model) table.map(p, frame, 1, WRITABLE, false)
            for (const [a, b] of ranges) {
              const [start, end] = a < b ? [a, b + 1] : [b, a + 1]
              const expected = [...model].filter(([p]) => p >= start && p < end).sort(([p], [q]) => p - q)
              const cleared: [number, number][] = []
              clearLeaves(table, start, end, (p, frame) => cleared.push([p, frame]))
              expect(cleared).toEqual(expected)
              for (const [p] of expected) model.delete(p)
              const left = [...model.keys()]
              const floor = Math.max(0, ...left.filter((p) => p < start).map((p) => p + 1))
              const ceiling = Math.min(Infinity, ...left.filter((p) => p >= end))
              unlinkTables(table, { start, end, floor, ceiling }, (_level, _page, frame) => {
                expect(tables.delete(frame)).toBe(true)
              })
              expect(table.tablePages).toBe(tables.size)
              for (const p of pages) expect(table.frameOf(p)).toBe(model.get(p) ?? -1)
            }
            const end = pagesPerTable(levels)
            clearLeaves(table, 0, end, (p) => model.delete(p))
            expect(model.size).toBe(0)
            unlinkTables(table, { start: 0, end, floor: 0, ceiling: Infinity }, (_l, _p, frame) =>
              tables.delete(frame)
            )
            expect([...tables]).toEqual([table.root])
          }
        ),
        { numRuns: 200, seed: 5 }
      )
    }
  )

  it('keeps the tables that its neighbours need, and those alone', () => {
    fc.assert(
      fc.property(fc.uniqueArray(page(4), { minLength: 1, maxLength: 30 }), fc.nat(), (pages, choice) => {
        const { table } = aTable(4)
        for (const p of pages) table.map(p, 7, 1, WRITABLE, false)
        const gone = pages[choice % pages.length]
        const left = pages.filter((p) => p !== gone)
        clearLeaves(table, gone, gone + 1, () => {})
        const floor = Math.max(0, ...left.filter((p) => p < gone).map((p) => p + 1))
        const ceiling = Math.min(Infinity, ...left.filter((p) => p > gone))
        unlinkTables(table, { start: gone, end: gone + 1, floor, ceiling }, () => {})
        expect(table.tablePages).toBe(1 + tablesNeeded(left, 4))
      }),
      { numRuns: 100, seed: 6 }
    )
  })

  it('shows huge leaves whole, and refuses to clear a part of one', () => {
    const { table } = aTable(4)
    table.map(512, 1024, 2, WRITABLE, false)
    table.map(3, 9, 1, WRITABLE, false)
    const seen: [number, number][] = []
    eachLeaf(table, 0, 600, (p, level) => seen.push([p, level]))
    expect(seen).toEqual([
      [3, 1],
      [512, 2]
    ])
    expect(unitsIn(table, 0, 1024)).toEqual([
      { page: 0, level: 1 },
      { page: 512, level: 2 }
    ])
    expect(() => clearLeaves(table, 0, 600, () => {})).toThrow(/larger than the range/)
  })

  it('splits a leaf into 512 of the level below that map the same frames, and joins them again', () => {
    const { table, tables } = aTable(4)
    table.map(pagesPerEntry(3), pagesPerEntry(3) * 2, 3, WRITABLE, true)
    const at = pagesPerEntry(3) + 512 * 7 + 5
    const frame = table.frameOf(at)
    for (const level of [2, 1]) {
      table.splitLeaf(at, (5000 + level) as Frame)
      expect(table.leafLevelOf(at)).toBe(level)
      expect(table.frameOf(at)).toBe(frame)
      expect(table.tablePages).toBe(tables.size + 3 - level)
    }
    const region = at - (at % 512)
    clearLeaves(table, region, region + 512, () => {})
    expect(table.joinLeaves(region, 512 * 9, WRITABLE, true)).toBe(5001)
    expect(table.frameOf(at)).toBe(512 * 9 + 5)
  })
})
