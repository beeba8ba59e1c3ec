/** Taken pages and holes, beside a set of pages. */
import { Ranges } from '@main/scenarios/ranges'
import fc from 'fast-check'
import { expect, it } from 'vitest'

const [FLOOR, TOP, END] = [8, 56, 64]

const isFree = (taken: ReadonlySet<number>, start: number, end: number): boolean => {
  for (let page = start; page < end; page++) if (taken.has(page)) return false
  return true
}

/** The highest hole that fits, then the upper end of it. */
function naiveHole(taken: ReadonlySet<number>, pages: number, alignment: number): number | undefined {
  for (let start = Math.floor((TOP - pages) / alignment) * alignment; start >= FLOOR; start -= alignment)
    if (isFree(taken, start, start + pages)) return start
  return undefined
}

const change = fc.record({
  takes: fc.boolean(),
  start: fc.integer({ min: 0, max: END - 1 }),
  pages: fc.integer({ min: 1, max: 12 })
})

it('finds what a set of pages finds, after any changes', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const ranges = new Ranges()
      const taken = new Set<number>()
      for (const { takes, start, pages } of changes) {
        const end = Math.min(END, start + pages)
        expect(ranges.isFree(start, end)).toBe(isFree(taken, start, end))
        if (takes && !isFree(taken, start, end)) continue
        if (takes) ranges.take(start, end)
        else ranges.free(start, end)
        for (let page = start; page < end; page++) taken[takes ? 'add' : 'delete'](page)
      }
      for (const pages of [1, 2, 5, 9])
        for (const alignment of [1, 4])
          expect(ranges.highestHole(pages, alignment, FLOOR, TOP)).toBe(naiveHole(taken, pages, alignment))
    }),
    { numRuns: 500 }
  )
})
