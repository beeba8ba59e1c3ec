import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SERIES_COLUMNS } from '@shared/model/snapshot'
import { happeningsOf } from '@renderer/charts/happenings'
import { LaneRows } from '@renderer/charts/lane-rows'
import { chipWith, railChips } from '@renderer/charts/rail-chips'
import { rowEvents } from '@renderer/charts/row-events'

type Columns = Partial<Record<(typeof SERIES_COLUMNS)[number], number>>

/** Rows 100 references apart, in which columns rise by as much as said. */
function rowsOf(rises: readonly Columns[], capacity = 4096): LaneRows {
  const rows = new LaneRows(capacity)
  const sums: Record<string, number> = {}
  for (const rise of rises) {
    for (const [id, by] of Object.entries({ references: 100, ...rise })) sums[id] = (sums[id] ?? 0) + by
    rows.push(Float64Array.from(SERIES_COLUMNS, (id) => sums[id] ?? 0))
  }
  return rows
}
const quiet = (count: number): Columns[] => Array.from({ length: count }, () => ({ pageFaults: 1 }))

describe('what happened', () => {
  it('says between which references it was, and how often', () => {
    const rows = rowsOf([
      ...quiet(3),
      { teaMigrations: 1 },
      ...quiet(2),
      { hypercallsDenied: 2 },
      { hypercallsDenied: 1 }
    ])
    expect(happeningsOf(rows, 1)).toEqual([
      { lane: 1, from: 300, reference: 400, words: 'TEA migrated', event: 'tea-migrate' },
      { lane: 1, from: 600, reference: 800, words: '3 hypercalls denied', event: 'gtea-deny' }
    ])
  })

  it('finds a storm of faults by the run’s own median, and none in a run that faults evenly', () => {
    const storm = rowsOf([...quiet(20), { pageFaults: 60, eptViolations: 20 }, ...quiet(20)])
    expect(happeningsOf(storm, 0).map(({ from, reference, words }) => [from, reference, words])).toEqual([
      [2000, 2100, 'storm of 80 faults']
    ])
    const even = rowsOf(Array.from({ length: 40 }, () => ({ pageFaults: 60 })))
    expect(happeningsOf(even, 0)).toEqual([])
  })

  it('loses no count when rows are thinned', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 300 }), (splits) => {
        const rows = rowsOf(
          splits.map((hugeSplits) => ({ hugeSplits })),
          16
        )
        const found = happeningsOf(rows, 0).filter(({ event }) => event === 'huge-split')
        const counted = found.map(({ words }) => (words.startsWith('huge') ? 1 : Number.parseInt(words, 10)))
        expect(counted.reduce((sum, count) => sum + count, 0)).toBe(
          splits.reduce((sum, count) => sum + count, 0)
        )
      })
    )
  })
})

describe('chips of the event rail', () => {
  it('are found by one of their marks, also when it has become one of several', () => {
    const marks = [100, 200].map((reference) => ({
      lane: 0,
      from: 0,
      reference,
      words: 'TEA migrated',
      event: 'tea-migrate' as const
    }))
    const wide = railChips(marks, { from: 0, to: 300 }, 1500)
    const [, second] = wide
    expect(chipWith(wide, second.key)).toBe(second)
    const narrow = railChips(marks, { from: 0, to: 3000 }, 1500)
    expect(narrow).toHaveLength(1)
    expect(chipWith(narrow, second.key)).toBe(narrow[0])
    expect(chipWith(railChips(marks, { from: 0, to: 150 }, 1500), second.key)).toBeNull()
    expect(chipWith(wide, null)).toBeNull()
  })

  it('never lie on each other, and stand for every mark in view', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 60 }),
        fc.integer({ min: 100, max: 1600 }),
        (places, width) => {
          const marks = places
            .toSorted((a, b) => a - b)
            .map((reference) => ({
              lane: 0,
              from: 0,
              reference,
              words: 'TEA migrated',
              event: 'tea-migrate' as const
            }))
          const chips = railChips(marks, { from: 200, to: 800 }, width)
          for (let i = 1; i < chips.length; i++) expect(chips[i].left - chips[i - 1].left).toBeGreaterThan(90)
          const inView = places.filter((at) => at >= 200 && at <= 800)
          expect(chips.flatMap((chip) => chip.marks)).toHaveLength(inView.length)
        }
      )
    )
  })
})

describe('rows of a chart’s table', () => {
  const mark = (reference: number, lane: number | null = 1) => ({
    lane,
    from: reference,
    reference,
    words: `at ${reference}`,
    event: 'dmt-off' as const
  })

  it('tell what happened up to their end, and what no row has reached yet in the last', () => {
    const rows = Float64Array.of(100, 200, 300)
    const marks = [mark(100), mark(101, null), mark(200, 0), mark(450), mark(501)]
    expect(rowEvents(rows, { from: 0, to: 500 }, marks)).toEqual([
      'B: at 100',
      'at 101; A: at 200',
      'B: at 450'
    ])
    expect(rowEvents(new Float64Array(), { from: 0, to: 500 }, marks)).toEqual([])
  })

  it('tell every mark in view once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { maxLength: 40 }), (places) => {
        const rows = Float64Array.from({ length: 10 }, (_, i) => 100 * (i + 1))
        const told = rowEvents(
          rows,
          { from: 200, to: 800 },
          places.map((at) => mark(at))
        )
          .filter(Boolean)
          .flatMap((text) => text.split('; '))
        const inView = places.filter((at) => at >= 200 && at <= 800)
        expect(told.toSorted()).toEqual(inView.map((at) => `B: at ${at}`).toSorted())
      })
    )
  })
})
