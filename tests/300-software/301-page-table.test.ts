import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PhysicalMemory } from '@main/hardware/memory/physical-memory'
import { EntryMemory } from '@main/software/space/entry-memory'
import { PageTable } from '@main/software/space/page-table'
import { DIRTY, PRESENT, WRITABLE } from '@shared/arch/entry'
import type { Frame } from '@shared/address/address'

const memory = (): EntryMemory => new EntryMemory(new PhysicalMemory(2 ** 16), null)

const aTable = (levels: 4 | 5): { table: PageTable; entries: EntryMemory; take: () => Frame } => {
  let next = 1
  const entries = memory()
  const take = (): Frame => next++ as Frame
  return { table: new PageTable(levels, entries, { allocateTable: take }), entries, take }
}

/** Regions of 512 pages, near and far, above 2^47 with five levels. */
const region = (levels: number): fc.Arbitrary<number> =>
  fc.constantFrom(0, 1, 2, 511, 512, 262_144, levels === 5 ? 2 ** 35 : 2 ** 26)

const operation = (
  levels: number
): fc.Arbitrary<{
  kind: 'map' | 'unmap' | 'repoint' | 'huge'
  region: number
  index: number
  frame: number
}> =>
  fc.record({
    kind: fc.constantFrom('map', 'map', 'unmap', 'repoint', 'huge'),
    region: region(levels),
    index: fc.constantFrom(0, 1, 255, 511),
    frame: fc.integer({ min: 1, max: 2 ** 31 - 1 })
  })

describe('PageTable', () => {
  it.each([4, 5] as const)(
    'of %i levels says what a map of pages says, whatever is mapped, moved and unmapped',
    (levels) => {
      fc.assert(
        fc.property(fc.array(operation(levels), { maxLength: 60 }), (operations) => {
          const { table, entries, take } = aTable(levels)
          const model = new Map<number, number>()
          const huge = new Map<number, number>()
          const tables = new Set<number>()
          for (const { kind, region: r, index, frame } of operations) {
            const page = r * 512 + index
            if (kind === 'map' && !huge.has(r)) {
              table.map(page, frame, 1, WRITABLE, false)
              model.set(page, frame)
              tables.add(r)
            } else if (kind === 'huge' && !tables.has(r)) {
              const aligned = frame - (frame % 512)
              table.map(r * 512, aligned, 2, WRITABLE | DIRTY, true)
              huge.set(r, aligned)
            } else if (kind === 'unmap' && !huge.has(r)) {
              table.unmap(page)
              model.delete(page)
            } else if (kind === 'repoint' && tables.has(r)) {
              const from = table.tableOf(page, 1) as Frame
              const to = take()
              entries.copyFrame(from, to)
              table.repoint(page, 1, to)
              entries.clear(from)
              expect(table.tableOf(page, 1)).toBe(to)
            }
            for (const { region: seen, index: i } of operations) {
              const p = seen * 512 + i
              const expected = model.get(p) ?? (huge.has(seen) ? (huge.get(seen) as number) + i : -1)
              if (table.frameOf(p) !== expected)
                throw new Error(`page ${p}: ${table.frameOf(p)}, not ${expected}`)
              const found = table.find(p)
              if (((found.low & PRESENT) !== 0) !== expected >= 0) throw new Error(`page ${p}: present`)
            }
          }
        }),
        { numRuns: 60, seed: 11 }
      )
    }
  )

  it('refuses a leaf where a table stands, and a table where a leaf stands', () => {
    const { table } = aTable(4)
    table.map(0, 7, 1, WRITABLE, false)
    expect(() => table.map(0, 512, 2, WRITABLE, false)).toThrow(/a table stands/)
    table.map(512, 1024, 2, WRITABLE, false)
    expect(() => table.map(513, 7, 1, WRITABLE, false)).toThrow(/a leaf stands/)
  })
})
