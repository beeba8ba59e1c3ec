import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SeriesPoints } from '../../src/main/lab/series-points'

/** The points up to `end`, and those of them that results hold. */
function pointsOf(every: number, end: number): { all: number[]; ofResult: number[] } {
  const points = new SeriesPoints(every)
  const all: number[] = []
  const ofResult: number[] = []
  for (; points.next <= end; points.pass()) {
    all.push(points.next)
    if (points.isOfResult) ofResult.push(points.next)
  }
  return { all, ofResult }
}

/** Naive: what a result holds, point after point. */
function naive(every: number, end: number): number[] {
  const found: number[] = []
  for (let at = 1; at <= end; at = Math.min(at + Math.max(1, at >> 4), (Math.floor(at / every) + 1) * every))
    found.push(at)
  return found
}

describe('points of a series', () => {
  it('are, for a result, the same as without the finer ones of the window', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 400_000 }), (every, end) => {
        expect(pointsOf(every, end).ofResult).toEqual(naive(every, end))
      })
    )
  })

  it('ascend, and stay few: a run of any length has some thousands', () => {
    for (const total of [500, 200_000, 2_000_000, 1_000_000_000]) {
      const { all } = pointsOf(Math.max(1, Math.round(total / 500)), total)
      expect(all.every((at, i) => i === 0 || at > all[i - 1])).toBe(true)
      expect(all[all.length - 1]).toBe(total)
      expect(all.length).toBeLessThan(4500)
    }
  })

  it('lie eight times as close for the window of a long run', () => {
    const { all } = pointsOf(4000, 2_000_000)
    expect(all[all.length - 1] - all[all.length - 2]).toBe(500)
  })
})
