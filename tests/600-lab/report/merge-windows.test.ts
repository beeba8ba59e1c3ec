import { mergeWindows } from '@main/report/merge-windows'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

interface Window {
  readonly walks: number
  readonly cycles: number
}

/** Windows of 1000 references each, as a lane's series. */
function seriesOf(windows: readonly Window[]) {
  const ratio = ({ walks, cycles }: Window): number => (walks === 0 ? 0 : cycles / walks)
  return {
    references: windows.map((_, i) => 1000 * (i + 1)),
    cyclesPerWalk: windows.map(ratio),
    referencesPerWalk: windows.map(({ walks }) => (walks === 0 ? 0 : 2)),
    walkOverhead: windows.map(() => 0.25),
    walksPerKiloReference: windows.map(({ walks }) => walks)
  }
}

const someWindows = fc.array(
  fc.record({ walks: fc.integer({ min: 0, max: 9 }), cycles: fc.integer({ min: 0, max: 5000 }) }),
  { minLength: 1, maxLength: 80 }
)

describe('mergeWindows()', () => {
  it('gives the ratio of all walks when all windows become one', () => {
    fc.assert(
      fc.property(someWindows, (windows) => {
        const { cyclesPerWalk, references } = mergeWindows(seriesOf(windows), 1)
        const walked = windows.filter(({ walks }) => walks > 0)
        const total = (of: (w: Window) => number): number => walked.reduce((sum, w) => sum + of(w), 0)
        if (walked.length === 0) expect(cyclesPerWalk).toEqual([NaN])
        else expect(cyclesPerWalk[0]).toBeCloseTo(total((w) => w.cycles) / total((w) => w.walks), 6)
        expect(references).toEqual([1000 * windows.length])
      })
    )
  })

  it('keeps the end and the total of walks, and makes no more windows than asked for', () => {
    fc.assert(
      fc.property(someWindows, fc.integer({ min: 1, max: 90 }), (windows, limit) => {
        const merged = mergeWindows(seriesOf(windows), limit)
        expect(merged.references).toHaveLength(Math.min(limit, windows.length))
        expect(merged.references.at(-1)).toBe(1000 * windows.length)
        const spans = merged.references.map((end, i) => end - (merged.references[i - 1] ?? 0))
        const walks = merged.walksPerKiloReference.reduce((sum, rate, i) => sum + (rate * spans[i]) / 1000, 0)
        expect(walks).toBeCloseTo(
          windows.reduce((sum, w) => sum + w.walks, 0),
          6
        )
      })
    )
  })

  it('says that nothing was measured where there was no walk', () => {
    const { cyclesPerWalk } = mergeWindows(
      seriesOf([
        { walks: 0, cycles: 0 },
        { walks: 2, cycles: 10 }
      ]),
      5
    )
    expect(cyclesPerWalk).toEqual([NaN, 5])
  })
})
