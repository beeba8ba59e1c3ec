import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SERIES_COLUMNS } from '@shared/model/snapshot'
import { barAt, latencyBars, quantile } from '@renderer/charts/latency-bars'
import { LaneRows } from '@renderer/charts/lane-rows'
import { followed, holding, isWhole, LEAST_SPAN, panned, spanOf, zoomed } from '@renderer/charts/view-range'
import { WHOLE_RUN, windowsOf, type Look } from '@renderer/charts/windows'
import { ALL_MEASURES } from '@renderer/charts/measures'
import { CYCLE_BINS, cycleBin, cycleBinStart, type WalkHistogram } from '@shared/model/walk-histogram'

const END = 1_000_000
const range = fc
  .tuple(fc.integer({ min: 0, max: END - LEAST_SPAN }), fc.integer({ min: LEAST_SPAN, max: END }))
  .map(([from, span]) => ({
    from,
    to: Math.min(END, from + Math.max(LEAST_SPAN, Math.min(span, END - from)))
  }))

describe('the part of a run that is shown', () => {
  it('stays within the run, however it is zoomed and moved', () => {
    fc.assert(
      fc.property(
        range,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.integer({ min: -2 * END, max: 2 * END }),
        (view, factor, by) => {
          for (const next of [
            zoomed(view, factor, (view.from + view.to) / 2, END),
            panned(view, by, END),
            holding(view, Math.abs(by) % END, END)
          ]) {
            expect(next.from).toBeGreaterThanOrEqual(0)
            expect(next.to).toBeLessThanOrEqual(END + 1e-6)
            expect(spanOf(next)).toBeGreaterThanOrEqual(LEAST_SPAN * (1 - 1e-9))
          }
          expect(spanOf(panned(view, by, END))).toBeCloseTo(spanOf(view), 6)
        }
      )
    )
  })

  it('keeps what lies under the pointer where it is when it is zoomed in', () => {
    fc.assert(
      fc.property(
        range,
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (view, factor, share) => {
          const at = view.from + share * spanOf(view)
          const next = zoomed(view, factor, at, END)
          if (spanOf(next) > LEAST_SPAN) expect((at - next.from) / spanOf(next)).toBeCloseTo(share, 6)
        }
      )
    )
  })

  it('goes along with a run only when the run leaves it, and then holds its end', () => {
    const view = { from: 100, to: 200 }
    expect(followed(view, 150, END)).toBe(view)
    expect(followed(view, 201, END)).toEqual({ from: 126, to: 226 })
    expect(isWhole(zoomed(view, 1e9, 150, END), END)).toBe(true)
  })
})

/** A lane whose walks and cycles rise unevenly. */
function lane(gaps: readonly number[], capacity: number): { rows: LaneRows; total: readonly number[] } {
  const rows = new LaneRows(capacity)
  const sums = SERIES_COLUMNS.map(() => 0)
  for (const [n, gap] of gaps.entries()) {
    SERIES_COLUMNS.forEach((_, i) => (sums[i] += i === 0 ? gap : (gap * ((n * (i + 3)) % 7)) / 4))
    rows.push(Float64Array.from(sums))
  }
  return { rows, total: sums }
}
const gaps = fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 500 })
const missesOf = (look: Look, rows: LaneRows) => {
  const windows = windowsOf([rows], look)
  const at = ALL_MEASURES.findIndex(({ id }) => id === 'walksPerKiloReference')
  return { references: windows.references, misses: windows.lanes[0][at] }
}

describe('series of a run that has no end', () => {
  it('need the same memory after any number of points, and keep sums exact at the points kept', () => {
    fc.assert(
      fc.property(gaps, (all) => {
        const { rows, total } = lane(all, 32)
        expect(rows.length).toBeLessThanOrEqual(32)
        const { references, misses } = missesOf(WHOLE_RUN, rows)
        const walks = misses.reduce(
          (sum, rate, i) => sum + (rate * (references[i] - (references[i - 1] ?? 0))) / 1000,
          0
        )
        expect(walks).toBeCloseTo(total[1], 4)
      })
    )
  })

  it('are, smoothed over the whole run, its mean at its end', () => {
    fc.assert(
      fc.property(gaps, (all) => {
        const { rows, total } = lane(all, 64)
        const { misses } = missesOf({ ...WHOLE_RUN, smoothing: 'run' }, rows)
        expect(misses[misses.length - 1]).toBeCloseTo((1000 * total[1]) / total[0], 6)
      })
    )
  })

  it('show closer windows of a part than of the whole, with the same numbers', () => {
    const { rows } = lane(
      Array.from({ length: 4000 }, () => 100),
      8192
    )
    const whole = missesOf(WHOLE_RUN, rows)
    const near = missesOf({ ...WHOLE_RUN, from: 100_000, to: 120_000 }, rows)
    expect(near.references.length).toBeGreaterThan(
      4 * whole.references.filter((r) => r > 100_000 && r <= 120_000).length
    )
    expect(near.references[0]).toBeLessThanOrEqual(100_000)
    expect(near.references[near.references.length - 1]).toBeGreaterThanOrEqual(120_000)
  })
})

describe('bars of walk latencies', () => {
  it('hold whole buckets of the histogram, so that no walk is counted twice or lost', () => {
    for (let bin = 0; bin < CYCLE_BINS - 1; bin++) {
      const [from, to] = [cycleBinStart(bin), cycleBinStart(bin + 1)]
      const bar = barAt(from)
      expect(bar.from <= from && to <= bar.to).toBe(true)
    }
  })

  it('count the walks of each lane in the same bins', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 80 }), (cycles) => {
        const counts = new Map<number, number>()
        for (const one of cycles) counts.set(cycleBin(one), (counts.get(cycleBin(one)) ?? 0) + 1)
        const buckets = [...counts].sort(([a], [b]) => a - b)
        const histogram: WalkHistogram = {
          walks: cycles.length,
          cycles: buckets.map(([bin, walks]) => ({
            from: cycleBinStart(bin),
            to: cycleBinStart(bin + 1),
            walks,
            share: walks / cycles.length,
            hasSample: true
          })),
          patterns: [],
          walksOfOtherPatterns: 0
        }
        for (const bar of latencyBars([histogram, null])) {
          expect(bar.lanes[0].walks).toBe(cycles.filter((one) => one >= bar.from && one < bar.to).length)
          expect(bar.lanes[1].walks).toBe(0)
        }
        const middle = quantile(histogram, 0.5)
        expect(cycles.filter((one) => one <= middle).length).toBeGreaterThanOrEqual(cycles.length / 2)
      })
    )
  })
})
