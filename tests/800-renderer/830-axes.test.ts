import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisEnd, axisTicks, decimalsOf, growRange, niceStep, type Range } from '@renderer/charts/nice'
import { lonePoints } from '@renderer/charts/plugin-lone-points'
import { bandsOf, marksOf } from '@renderer/charts/scene'
import { sparkPaths } from '@renderer/charts/spark'
import type { Marker } from '@shared/model/snapshot'

describe('ranges', () => {
  it('steps by 1, 2 or 5 times a power of ten', () => {
    expect([0.3, 1, 1.1, 2.5, 7, 30].map(niceStep)).toEqual([0.5, 1, 2, 5, 10, 50])
  })

  it('holds every value and never shrinks', () => {
    const pair = fc.tuple(
      fc.double({ noNaN: true, min: 0, max: 1e6 }),
      fc.double({ noNaN: true, min: 0, max: 1e6 })
    )
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 20 }), (pairs) => {
        let range: Range | null = null
        for (const [x, y] of pairs) {
          const next: Range = growRange(range, Math.min(x, y), Math.max(x, y))
          expect(next.low).toBeLessThanOrEqual(Math.min(x, y) + 1e-6)
          expect(next.high).toBeGreaterThanOrEqual(Math.max(x, y) * (1 - 1e-9))
          if (range) expect(next.low).toBeLessThanOrEqual(range.low)
          if (range) expect(next.high).toBeGreaterThanOrEqual(range.high * (1 - 1e-9))
          range = next
        }
      })
    )
  })

  it('keeps its head over values that are only rounding', () => {
    expect(growRange(null, 0, 5e-324)).toEqual({ low: 0, high: 1, step: 1 })
  })

  it('writes as many decimals as tell neighbouring ticks apart', () => {
    expect([0.05, 0.2, 1, 500].map(decimalsOf)).toEqual([2, 1, 0, 0])
  })

  it('stands still while the values stay within it', () => {
    const first = growRange(null, 0.34, 0.61)
    expect(growRange(first, 0.36, 0.6)).toBe(first)
  })

  it('leaves no more than about a third of itself empty', () => {
    for (const high of [0.61, 0.45, 5.9, 117, 2.1, 412]) {
      expect(high / growRange(null, 0, high).high).toBeGreaterThan(0.55)
    }
  })

  it('starts at 0 unless that would hide how the values differ', () => {
    expect(growRange(null, 2, 6).low).toBe(0)
    expect(growRange(null, 80, 100).low).toBeGreaterThan(0)
  })

  it('ends the reference axis beyond what is done, never beyond the planned end', () => {
    expect(axisEnd(0, 2_000_000)).toBe(10)
    expect(axisEnd(4_800_000, 10_000_000)).toBe(5_000_000)
    expect(axisEnd(1_990_000, 2_000_000)).toBe(2_000_000)
  })

  it('sets about six ticks, all on the axis', () => {
    for (const end of [10, 100, 15_000, 2_000_000, 8_000_000, 1_234_567]) {
      const ticks = axisTicks(end)
      expect(ticks.length).toBeGreaterThanOrEqual(4)
      expect(ticks.length).toBeLessThanOrEqual(9)
      expect(ticks[ticks.length - 1]).toBeLessThanOrEqual(end)
    }
  })
})

describe('gaps', () => {
  it('finds the values that no line reaches', () => {
    expect(lonePoints([NaN, 3, NaN, 4, 5, NaN, 6])).toEqual([1, 6])
    expect(lonePoints([])).toEqual([])
  })
})

describe('event rail', () => {
  const switched = (reference: number, lane: number, on: boolean): Marker => ({
    reference,
    lane,
    kind: on ? 'dmt-on' : 'dmt-off'
  })

  it('shades from each switching off to the next switching on of the same lane', () => {
    const markers = [
      switched(10, 1, false),
      switched(12, 0, true),
      switched(20, 1, true),
      switched(30, 1, false)
    ]
    expect(bandsOf(markers, 40)).toEqual([
      { lane: 1, from: 10, to: 20 },
      { lane: 1, from: 30, to: 40 }
    ])
  })

  it('marks what a person did, not the end of the warm-up, which has its hatch', () => {
    expect(marksOf([{ reference: 5, lane: null, kind: 'warm-up-end' }, switched(9, 0, true)])).toEqual([
      { lane: 0, from: 9, reference: 9, words: 'DMT on', event: 'dmt-on' }
    ])
  })
})

describe('sparklines', () => {
  it('share their range, so that a lower line is drawn lower', () => {
    const [high, low] = sparkPaths([
      [4, 4],
      [2, 2]
    ])
    expect(high).toBe('M0.0,2.0 100.0,2.0')
    expect(low).toBe('M0.0,18.0 100.0,18.0')
  })

  it('are empty before there are two values', () => {
    expect(sparkPaths([[1], [NaN, 2, NaN]])).toEqual(['', ''])
  })
})
