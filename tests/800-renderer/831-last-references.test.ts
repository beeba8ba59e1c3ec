/** Comparison over the last references: differences of running sums, whatever rows are kept. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { LaneRows } from '@renderer/charts/lane-rows'
import { lastReferences } from '@renderer/charts/last-references'
import { LAST_REFERENCES, useComparison } from '@renderer/composables/comparison'
import { SERIES_COLUMNS } from '@shared/model/snapshot'
import { aWindow } from './window-stores'

/** What one reference adds, of the columns that the comparison reads. */
interface Reference {
  readonly walks: number
  readonly walkCycles: number
  readonly walkStallCycles: number
  readonly dataCycles: number
  readonly softwareCycles: number
  readonly instructionCycles: number
}
const cost = fc.integer({ min: 0, max: 300 })
const reference: fc.Arbitrary<Reference> = fc.record({
  walks: fc.integer({ min: 0, max: 1 }),
  walkCycles: cost,
  walkStallCycles: cost,
  dataCycles: cost,
  softwareCycles: cost,
  instructionCycles: cost
})

const sumOf = (stream: readonly Reference[], id: keyof Reference): number =>
  stream.reduce((sum, one) => sum + one[id], 0)
const CLASSES = ['walkStallCycles', 'dataCycles', 'softwareCycles', 'instructionCycles'] as const
const totalOf = (stream: readonly Reference[]): number =>
  CLASSES.reduce((sum, id) => sum + sumOf(stream, id), 0)

/** A row after the first `count` references of a stream. */
const rowAt = (stream: readonly Reference[], count: number): number[] => {
  const done = stream.slice(0, count)
  return SERIES_COLUMNS.map((column) => {
    if (column === 'references') return count
    if (column === 'totalCycles') return totalOf(done)
    return column in (done[0] ?? {}) ? sumOf(done, column as keyof Reference) : 0
  })
}

function rowsOf(stream: readonly Reference[], at: readonly number[]): LaneRows {
  const rows = new LaneRows(16)
  for (const count of at) rows.push(Float64Array.from(rowAt(stream, count)))
  return rows
}

describe('the last references', () => {
  const streams = fc.array(reference, { minLength: 8, maxLength: 60 })
  it('are those that the stream ends with, counted one by one', () => {
    fc.assert(
      fc.property(
        streams,
        streams,
        fc.integer({ min: 1, max: 30 }),
        fc.nat(20),
        (one, other, span, warmup) => {
          const length = Math.min(one.length, other.length)
          const at = Array.from({ length }, (_, i) => i + 1)
          const found = lastReferences([rowsOf(one, at), rowsOf(other, at)], span, warmup)
          if (!found) return
          expect(found.to).toBe(length)
          expect(found.from).toBeGreaterThanOrEqual(warmup)
          expect(found.to - found.from).toBeGreaterThanOrEqual(span)
          for (const [lane, stream] of [one, other].entries()) {
            const last = stream.slice(found.from, found.to)
            const { counters } = found.lanes[lane]
            expect(counters.references).toBe(last.length)
            for (const id of ['walks', 'walkCycles', ...CLASSES] as const)
              expect(counters[id]).toBe(sumOf(last, id))
            expect(counters.totalCycles).toBe(totalOf(last))
          }
        }
      )
    )
  })

  const stream = Array.from({ length: 40 }, (_, i): Reference => ({
    walks: i % 2,
    walkCycles: i,
    walkStallCycles: i,
    dataCycles: 1,
    softwareCycles: 0,
    instructionCycles: 2
  }))

  it('are as many as were asked for where there is a row at their beginning', () => {
    expect(lastReferences([rowsOf(stream, [10, 20, 30])], 10, 0)).toMatchObject({ from: 20, to: 30 })
    expect(lastReferences([rowsOf(stream, [10, 20, 30])], 11, 0)).toMatchObject({ from: 10, to: 30 })
  })

  it('do not reach into the warm-up, nor beyond what is kept', () => {
    expect(lastReferences([rowsOf(stream, [10, 20, 30])], 10, 21)).toBeNull()
    expect(lastReferences([rowsOf(stream, [10, 20, 30])], 25, 0)).toBeNull()
    expect(lastReferences([], 10, 0)).toBeNull()
    expect(lastReferences([new LaneRows()], 10, 0)).toBeNull()
  })

  it('are the same ones in all lanes', () => {
    const [long, short] = [rowsOf(stream, [10, 20, 30]), rowsOf(stream, [10, 20])]
    expect(lastReferences([long, short], 10, 0)).toMatchObject({ from: 10, to: 20 })
    expect(lastReferences([long, rowsOf(stream, [5, 15, 30])], 10, 0)).toBeNull()
  })
})

describe('Comparison', () => {
  it('is over all since the warm-up until the last references lie behind it, and on demand', async () => {
    const { session, lab } = await aWindow()
    await session.prepare()
    const isLast = ref(false)
    const whole = useComparison()
    const chosen = useComparison(() => isLast.value)
    expect(chosen.value).toBeNull()
    lab.advance(lab.spec.warmup + LAST_REFERENCES / 2, 20)
    isLast.value = true
    expect(chosen.value).not.toBeNull()
    expect(chosen.value).toEqual(whole.value)
    lab.advance(10 * LAST_REFERENCES, 40)
    const { stretch, lanes, chosen: pair } = chosen.value ?? { stretch: null, lanes: [], chosen: null }
    const { from, to } = stretch ?? { from: 0, to: 0 }
    expect(to - from).toBeGreaterThanOrEqual(LAST_REFERENCES)
    expect(lanes[0].counters.references).toBe(to - from)
    expect(pair?.application).toBeCloseTo(lanes[0].counters.totalCycles / lanes[1].counters.totalCycles, 12)
  })
})
