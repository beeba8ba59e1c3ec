import { PhysicalMemory } from '@main/hardware/memory/physical-memory'
import { gapAround } from '@main/software/ranges/gap'
import { EntryMemory } from '@main/software/space/entry-memory'
import { PageTable } from '@main/software/space/page-table'
import { pagesPerEntry, type Frame } from '@shared/address/address'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** Mapped pages lie in 8 GiB from here on. */
const ORIGIN = 512 ** 3
const REGIONS = 12

function aTable(): PageTable {
  let next = 1
  const memory = new EntryMemory(new PhysicalMemory(2 ** 12), null)
  return new PageTable(4, memory, { allocateTable: () => next++ as Frame })
}

const aLeaf = fc.record({
  region: fc.nat(REGIONS - 1),
  index: fc.constantFrom(0, 1, 100, 511),
  isHuge: fc.boolean(),
  goes: fc.boolean()
})

describe('the gap around a page', () => {
  it('reaches to the next leaf, and for huge leaves to the next table', () => {
    fc.assert(
      fc.property(
        fc.array(aLeaf, { maxLength: 10 }),
        fc.nat(REGIONS * 512 - 1),
        fc.constantFrom(1, 2),
        fc.tuple(fc.nat(REGIONS), fc.nat(REGIONS)),
        (leaves, at, level, bounds) => {
          const table = aTable()
          const taken = new Set<number>()
          for (const { region, index, isHuge, goes } of leaves) {
            const start = ORIGIN + region * 512
            if (table.tableOf(start, 1) >= 0 ? isHuge : table.leafLevelOf(start) > 0) continue
            const page = isHuge ? start : start + index
            table.map(page, 512, isHuge ? 2 : 1, 0, false)
            if (goes) table.unmap(page)
            const leavesATable = !isHuge && level === 2
            if (goes && !leavesATable) {
              taken.delete(page)
              continue
            }
            const first = leavesATable ? start : page
            for (let p = first; p < first + (isHuge || leavesATable ? 512 : 1); p++) taken.add(p)
          }
          const size = pagesPerEntry(level)
          const page = ORIGIN + at
          const own = page - (page % size)
          const start = Math.min(own, ORIGIN + Math.min(...bounds) * 512)
          const end = Math.max(own + size, ORIGIN + Math.max(...bounds) * 512)
          const isFree = (p: number): boolean => {
            for (let i = 0; i < size; i++) if (taken.has(p + i)) return false
            return true
          }
          let [low, high] = [own, own]
          while (low - size >= start && isFree(low - size)) low -= size
          while (high < end && isFree(high)) high += size
          const expected = isFree(own) ? { start: low, end: high } : null
          expect(gapAround(table, page, level, { start, end })).toEqual(expected)
        }
      ),
      { numRuns: 400 }
    )
  })
})
