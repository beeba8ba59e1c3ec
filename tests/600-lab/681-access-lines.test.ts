/** What an access asks the caches for, where it counts once. */
import { describe, expect, it } from 'vitest'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import type { Counters } from '@shared/stats/counters'
import { namedCounters } from '@shared/stats/counters'
import { aMachine, DrivenLane, MAIN, type Touch } from '../builders/a-machine'

const PAGE = MAIN.start
const CODE = { start: 0x400, pages: 16, executable: true, writable: false, name: 'code' }

function countersAfter(touches: readonly Touch[], cache: Record<string, unknown>): Counters {
  const machine = aMachine({ environment: 'native', lanes: ['ideal'], cache }, [CODE, MAIN])
  const driven = new DrivenLane(machine)
  for (const touch of touches) driven.touch(touch)
  return namedCounters(machine.ledger.counters)
}

const accessesOf = (c: Counters): number => c.dataL1 + c.dataL2 + c.dataLlc + c.dataMemory

describe('cache.straddle', () => {
  const twoLines: Touch[] = [
    { page: PAGE, offset: 60, size: 8 },
    { page: PAGE, offset: 124, size: 8 }
  ]

  it('makes two accesses of each line by line, and one once', () => {
    expect(accessesOf(countersAfter(twoLines, {}))).toBe(4)
    const once = countersAfter(twoLines, { straddle: 'once' })
    // The line that both share was there, but a level has all lines or has missed.
    expect([accessesOf(once), once.dataMemory]).toEqual([2, 2])
  })

  it('asks once for both pages of an access, which are looked up apart as ever', () => {
    const crossing: Touch[] = [{ page: PAGE, offset: 4092, size: 8 }]
    const once = countersAfter(crossing, { straddle: 'once' })
    expect([once.splits, once.dtlbMisses, accessesOf(once)]).toEqual([1, 2, 1])
    const both = [...crossing, { page: PAGE, offset: 4090, size: 4 }, { page: PAGE + 1 }]
    expect(countersAfter(both, { straddle: 'once' }).dataL1).toBe(2)
  })

  it('takes of a wide access no more than a line', () => {
    const wide: Touch[] = [
      { page: PAGE, offset: 0, size: 255 },
      { page: PAGE, offset: 64 }
    ]
    expect(countersAfter(wide, { straddle: 'once' }).dataMemory).toBe(2)
    expect(countersAfter(wide, {}).dataL1).toBe(1)
    const crossing: Touch[] = [{ page: PAGE, offset: 4096 - 64, size: 255 }, { page: PAGE + 1 }]
    expect(countersAfter(crossing, { straddle: 'once' })).toMatchObject({ dataMemory: 2, splits: 1 })
  })

  it('holds for fetches, which are counted apart too', () => {
    const fetches: Touch[] = [
      { page: CODE.start, offset: 62, size: 4, kind: FETCH },
      { page: CODE.start, offset: 64, size: 4, kind: FETCH }
    ]
    const once = countersAfter(fetches, { straddle: 'once' })
    expect(once).toMatchObject({ fetchMemory: 1, fetchL1: 1, dataMemory: 1, dataL1: 1 })
  })
})

describe('cache.modify', () => {
  const load: Touch = { page: PAGE, offset: 8, kind: LOAD }
  const store: Touch = { ...load, kind: STORE }
  const fetch: Touch = { page: CODE.start, size: 4, kind: FETCH }
  const dataOf = (touches: readonly Touch[], modify: string): number => {
    const c = countersAfter(touches, { modify })
    return accessesOf(c) - c.fetchL1 - c.fetchL2 - c.fetchLlc - c.fetchMemory
  }

  it('spares the store that follows its load at once', () => {
    expect(dataOf([load, store], 'twice')).toBe(2)
    expect(dataOf([load, store], 'once')).toBe(1)
    expect(countersAfter([load, store], { modify: 'once' })).toMatchObject({
      loads: 1,
      stores: 1,
      dtlbMisses: 1
    })
  })

  it.each([
    ['another instruction', [load, fetch, store], 2],
    ['another place', [load, { ...store, offset: 16 }], 2],
    ['another size', [load, { ...store, size: 4 }], 2],
    ['another page', [load, { ...store, page: PAGE + 1 }], 2],
    ['a store already', [load, store, store], 2],
    ['a load', [load, load], 2]
  ] as const)('does not take %s for one', (_, touches, asked) => {
    expect(dataOf(touches, 'once')).toBe(asked)
  })

  it('spares all lines of the store where lines are asked for one by one', () => {
    const wide = { page: PAGE, offset: 60, size: 8 }
    expect(dataOf([wide, { ...wide, kind: STORE }], 'once')).toBe(2)
  })
})
