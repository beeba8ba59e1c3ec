/** Lines of up to four lanes in one chart: none hides another, and each says whose it is. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { along, COINCIDE_PX, turnOf } from '@renderer/charts/alternate'
import { endRoom } from '@renderer/charts/end-room'
import { BADGE, badgeReach } from '@renderer/charts/lane-mark'
import { columnsOf, middlesOf } from '@renderer/charts/plugin-end-marks'
import { pointWords, stripsOf } from '@renderer/charts/strips'
import { coveredWords } from '@renderer/composables/covered-words'
import { MOST_LANES } from '@renderer/lanes/letters'

/** Whether a dash pattern has ink at a distance along its line; a line without one has ink everywhere. */
function hasInk(turn: ReturnType<typeof turnOf>, at: number): boolean {
  if (turn === null) return true
  const [on, off] = turn.dash
  return (((at + turn.offset) % (on + off)) + on + off) % (on + off) < on
}

describe('lines that coincide', () => {
  const cases = [2, 3, 4].flatMap((count) => [false, true].map((isDashed) => ({ count, isDashed })))

  it.each(cases)('take turns: $count lines, dashed $isDashed', ({ count, isDashed }) => {
    const turns = Array.from({ length: count }, (_, rank) => turnOf(rank, count, isDashed))
    /** Lines above the first that have ink at each distance along it. */
    const above = Array.from({ length: 400 }, (_, half) =>
      turns.flatMap((turn, rank) => (rank > 0 && hasInk(turn, half / 2) ? [rank] : []))
    )
    expect(Math.max(...above.map((ranks) => ranks.length))).toBe(1)
    expect(new Set(above.map(([rank]) => rank ?? 0)).size).toBe(count)
  })

  it('are those that stay near each other from one point to the next', () => {
    const far = 10 * COINCIDE_PX
    expect(along([0, 0, far], [0, 0, far], 1)).toEqual({ rank: 1, count: 2 })
    expect(along([0, 0, 0], [0, far, 0], 2)).toEqual({ rank: 1, count: 2 })
    expect(along([0, 0, 0], [0, far, 0], 1)).toEqual({ rank: 0, count: 1 })
    expect(along([NaN, 0, 0], [0, 0, 0], 1)).toEqual({ rank: 0, count: 2 })
  })
})

describe('badges at the ends', () => {
  const heights = fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: MOST_LANES })
  const columns = (ys: readonly number[]): number[] => columnsOf(ys.map((y) => ({ y })))

  it('cover none of each other', () => {
    fc.assert(
      fc.property(heights, (ys) => {
        const found = columns(ys)
        for (let i = 0; i < ys.length; i++)
          for (let j = 0; j < i; j++)
            if (found[i] === found[j]) expect(Math.abs(ys[i] - ys[j])).toBeGreaterThanOrEqual(BADGE)
      })
    )
  })

  it('stand at the ends of their lines where there is room, else in the order of the lanes', () => {
    expect(columns([0, 30, 60])).toEqual([0, 0, 0])
    expect(columns([10, 10, 10, 10])).toEqual([0, 1, 2, 3])
    expect(columns([20, 40, 70, 25])).toEqual([0, 0, 0, 1])
  })
})

describe('badges side by side', () => {
  const heights = fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: MOST_LANES })
  /** The highest reaches 1.2 halves above its middle and below it. */
  const HIGHEST = 1.2 * BADGE

  it('touch none of each other, whatever their shapes', () => {
    fc.assert(
      fc.property(heights, fc.boolean(), (ys, isSpeedup) => {
        const lanes = ys.map((_, i) => (isSpeedup ? Math.min(3, i + 1) : i))
        const columns = columnsOf(ys.map((y) => ({ y })))
        const { middles } = middlesOf(lanes, columns, 6)
        for (let i = 0; i < ys.length; i++)
          for (let j = 0; j < i; j++) {
            const apart = Math.abs(middles[columns[i]] - middles[columns[j]])
            const isBeside = apart >= badgeReach(lanes[i]) + badgeReach(lanes[j]) + 1
            expect(isBeside || Math.abs(ys[i] - ys[j]) > HIGHEST).toBe(true)
          }
      })
    )
  })

  it.each([1, 2, 3, 4])('of %d lanes leave room for the sign that they are equal', (count) => {
    const lanes = Array.from({ length: count }, (_, i) => i)
    const { afters } = middlesOf(lanes, lanes, 6)
    /** "equal" in the widest font in which it is drawn, or the sign alone. */
    const sign = count > 2 ? 9 : 36
    expect(afters[count - 1] + sign).toBeLessThanOrEqual(endRoom(count) + 16)
  })
})

describe('charts of several lanes', () => {
  it.each([1, 2, 3, 4])('have a line for each of %d, and a name of its own for each line', (lanes) => {
    const strips = stripsOf(lanes)
    for (const strip of strips.filter(({ isOfLanes }) => isOfLanes)) expect(strip.lines).toHaveLength(lanes)
    for (const strip of strips)
      expect(new Set(strip.lines.map(({ label }) => label)).size).toBe(strip.lines.length)
  })

  it('set every lane after the first against the first', () => {
    const windows = {
      length: 1,
      step: 1,
      references: Float64Array.of(1),
      lanes: [],
      pageWalk: [Float64Array.of(1.5), Float64Array.of(2), Float64Array.of(3)],
      application: [Float64Array.of(1.1), Float64Array.of(1.2), Float64Array.of(1.3)]
    }
    const [speedup] = stripsOf(4).slice(-1)
    expect(speedup.lines.map(({ lane, of }) => [lane, of(windows)?.[0]])).toEqual([
      [1, 1.5],
      [1, 1.1],
      [2, 2],
      [2, 1.2],
      [3, 3],
      [3, 1.3]
    ])
  })
})

describe('what a number beside a chart is over', () => {
  const windows = {
    length: 2,
    step: 1000,
    references: Float64Array.of(999, 1_234_567),
    lanes: [],
    pageWalk: [],
    application: []
  }
  const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

  it('of a reading is its point: the one at the crosshair, else the latest', () => {
    expect(pointWords(windows, -1)).toEqual({ short: 'latest', long: 'at the latest point' })
    expect(plain(pointWords(windows, 0).short)).toBe('at 1,000')
    const { short, long } = pointWords(windows, 1)
    expect([plain(short), long]).toEqual(['at 1.2 M', 'at reference 1,234,567'])
    expect(pointWords(windows, 2).short).toBe('latest')
  })

  it('of a tile is every reference since the warm-up, or the warm-up while it lasts', () => {
    const short = (references: number, warmup: number): string => coveredWords({ references, warmup }).short
    expect([short(0, 0), short(7, 0)]).toEqual(['whole run', 'whole run'])
    expect([0, 1, 99, 100, 101].map((done) => short(done, 100))).toEqual([
      'after warm-up',
      'warm-up so far',
      'warm-up so far',
      'after warm-up',
      'after warm-up'
    ])
    expect(coveredWords({ references: 2000, warmup: 1000 }).long).toContain('first 1,000 references')
  })
})
