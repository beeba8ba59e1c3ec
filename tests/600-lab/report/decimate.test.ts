import { decimate, type Point } from '@main/report/decimate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const points = fc
  .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 400 })
  .map((values) => values.map((y, x): Point => [x, y]))

describe('decimate()', () => {
  it('keeps ends, extremes and order, and no more than asked for', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 6, max: 60 }), (all, limit) => {
        const kept = decimate(all, limit)
        const ys = (some: readonly Point[]): number[] => some.map(([, y]) => y)
        expect(kept.length).toBeLessThanOrEqual(Math.max(limit, 1))
        expect(kept[0]).toEqual(all[0])
        expect(kept.at(-1)).toEqual(all.at(-1))
        expect(Math.max(...ys(kept))).toBe(Math.max(...ys(all)))
        expect(Math.min(...ys(kept))).toBe(Math.min(...ys(all)))
        for (let i = 1; i < kept.length; i++) expect(kept[i][0]).toBeGreaterThan(kept[i - 1][0])
      })
    )
  })
})
