import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { EVENT_KINDS, type LabEvent } from '@shared/model/lab-event'
import { ALL_EVENTS, eventPage, eventRows } from '@renderer/events/event-rows'
import { EVENT_TITLES, kindsIn } from '@renderer/events/event-words'

const event = (n: number, changes: Partial<LabEvent> = {}): LabEvent => ({
  n,
  reference: n * 10,
  layer: 'L0',
  kind: 'page-fault',
  text: `page ${n} mapped`,
  frames: 1,
  cycles: 100,
  times: 1,
  ...changes
})
const many = (count: number): LabEvent[] => Array.from({ length: count }, (_, i) => event(i + 1))

describe('rows of the Events table', () => {
  it('bring the lanes into one order', () => {
    const rows = eventRows([[event(1), event(3)], [event(2)]], ALL_EVENTS)
    expect(rows.map((row) => row.key)).toEqual(['0-1', '1-2', '0-3'])
  })

  it('make one row of same events in a row, and add up what they cost', () => {
    const same = { text: 'shadow entry filled', kind: 'shadow-fill' as const }
    const rows = eventRows(
      [[event(1, same), event(2, { ...same, times: 3, cycles: 300 }), event(3)]],
      ALL_EVENTS
    )
    expect(rows.map((row) => [row.times, row.cycles])).toEqual([
      [4, 400],
      [1, 100]
    ])
  })

  it('never make one row of two lanes', () => {
    const same = { text: 'shadow entry filled', reference: 5 }
    expect(eventRows([[event(1, same)], [event(1, same)]], ALL_EVENTS)).toHaveLength(2)
  })

  it('lose nothing, whatever the events', () => {
    const some = fc.array(
      fc.record({
        kind: fc.constantFrom(...EVENT_KINDS),
        text: fc.constantFrom('a', 'b'),
        times: fc.integer({ min: 1, max: 5 })
      })
    )
    fc.assert(
      fc.property(some, some, (a, b) => {
        const lanes = [a, b].map((list) => list.map((changes, i) => event(i + 1, changes)))
        const times = eventRows(lanes, ALL_EVENTS).reduce((sum, row) => sum + row.times, 0)
        expect(times).toBe(lanes.flat().reduce((sum, e) => sum + e.times, 0))
      })
    )
  })

  it('are filtered by lane, layer and kind', () => {
    const lanes = [[event(1), event(2, { layer: 'L1', kind: 'hypercall' })], [event(3, { layer: 'L1' })]]
    const keys = (filter: Partial<typeof ALL_EVENTS>): string[] =>
      eventRows(lanes, { ...ALL_EVENTS, ...filter }).map((row) => row.key)
    expect(keys({ lane: 0 })).toEqual(['0-1', '0-2'])
    expect(keys({ layer: 'L1' })).toEqual(['0-2', '1-3'])
    expect(keys({ layer: 'L1', kind: 'hypercall' })).toEqual(['0-2'])
  })
})

describe('pages of events', () => {
  const rows = eventRows([many(250)], ALL_EVENTS)
  const numbers = (end: number | null): number[] => eventPage(rows, end, 100).rows.map((row) => row.event.n)

  it('begin with the newest', () => {
    expect(numbers(null)[0]).toBe(250)
    expect(numbers(null)).toHaveLength(100)
    expect(eventPage(rows, null, 100)).toMatchObject({ from: 1, to: 100, hasNewer: false, hasOlder: true })
  })

  it('end with the oldest', () => {
    expect(numbers(50).at(-1)).toBe(1)
    expect(eventPage(rows, 50, 100)).toMatchObject({ from: 201, to: 250, hasNewer: true, hasOlder: false })
  })

  it('stand still while newer events arrive', () => {
    const later = eventRows([many(400)], ALL_EVENTS)
    const before = eventPage(rows, 150, 100).rows.map((row) => row.key)
    expect(eventPage(later, 150, 100).rows.map((row) => row.key)).toEqual(before)
  })

  it('of nothing are empty', () => {
    expect(eventPage([], null, 100)).toEqual({ rows: [], from: 0, to: 0, hasNewer: false, hasOlder: false })
  })
})

describe('words for kinds', () => {
  it('every kind has its own', () => {
    expect(new Set(EVENT_KINDS.map((kind) => EVENT_TITLES[kind])).size).toBe(EVENT_KINDS.length)
  })

  it('are offered for what has occurred, in the order of the model', () => {
    expect(kindsIn(new Set(['hypercall', 'page-fault'] as const))).toEqual(['page-fault', 'hypercall'])
  })
})
