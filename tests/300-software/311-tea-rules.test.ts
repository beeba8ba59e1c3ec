/** The rules of TEAs that need no machine: who is eligible, how long areas are, which of them merge. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { page } from '@shared/address/address'
import { artifactSpanOf, bigSpanOf, isEligible, spanOf } from '@main/software/tea/eligibility'
import { mergesFor, occupancy } from '@main/software/tea/merging'
import { SLOT_LINKED, resize, slotOf, teaEnd, type Tea, type TeaLevel } from '@main/software/tea/tea'
import { TeaSet } from '@main/software/tea/tea-set'
import { anArea } from '../builders/a-machine'
import { REGION } from '../builders/tea-scene'

const MIB = 256
const USER_TOP_4 = 0x7ffffffff
const USER_TOP_5 = 0xfffffffffff

const aTea = (index: number, start: number, slots: number, level: TeaLevel = 1): Tea => ({
  level,
  index,
  start: page(start),
  slots,
  base: 0 as Tea['base'],
  grant: null,
  register: -1,
  slotsUsed: 0,
  deposits: 0,
  lost: 0,
  states: new Uint8Array(slots),
  madeFor: new Set(),
  walks: 0,
  score: 0
})

const setOf = (...teas: Tea[]): TeaSet => {
  const set = new TeaSet()
  for (const tea of teas) set.add(tea)
  return set
}

describe('eligibility', () => {
  it('G39 an area of exactly 64 MiB is eligible, one page less is not', () => {
    const start = 0x7f1234400
    expect(isEligible(anArea({ start, pages: 64 * MIB }), 64, 4)).toBe(true)
    expect(isEligible(anArea({ start, pages: 64 * MIB - 1 }), 64, 4)).toBe(false)
  })

  it('counts whole MiB only', () => {
    expect(isEligible(anArea({ start: 512, pages: 5 * MIB - 1 }), 4, 4)).toBe(true)
    expect(isEligible(anArea({ start: 512, pages: 4 * MIB - 1 }), 4, 4)).toBe(false)
  })

  it.each([
    [4, USER_TOP_4],
    [5, USER_TOP_5]
  ] as const)('G6 with %i levels a stack that ends at the user top is not eligible', (levels, top) => {
    const pages = 128 * MIB
    expect(isEligible(anArea({ start: top - pages, pages }), 64, levels)).toBe(false)
    expect(isEligible(anArea({ start: top - pages - 1, pages }), 64, levels)).toBe(true)
  })
})

describe('how long an area is', () => {
  it('G39 one that ends on a boundary has 32 slots, and 33 as the published kernel rounds', () => {
    const area = anArea({ start: 0x7f1234400, pages: 64 * MIB })
    expect([spanOf(area, 1).slots, artifactSpanOf(area, 1).slots]).toEqual([32, 33])
  })

  it('both roundings agree where the area ends inside a table page', () => {
    const area = anArea({ start: 0x7f1234500, pages: 2 ** 18 })
    expect([spanOf(area, 1).slots, artifactSpanOf(area, 1).slots]).toEqual([513, 513])
    expect(spanOf(area, 1).start).toBe(0x7f1234400)
  })

  it('G38 a big one has 262,145 slots, half of them before the start of its area', () => {
    const area = anArea({ start: 0x7f1234500, pages: 2 ** 18 })
    const big = bigSpanOf(area, 1)
    expect(big.slots).toBe(262_145)
    expect((0x7f1234400 - big.start) / REGION).toBe(131_072)
  })

  it('a big one ends at the first page of the address space', () => {
    const big = bigSpanOf(anArea({ start: 1024 * REGION, pages: 2 ** 18 }), 1)
    expect([big.start, big.slots]).toEqual([0, 1024 + 131_073])
  })
})

describe('merging', () => {
  it('980 slots of a span of 1,000 merge, 979 do not; 98.9 % counts as 98', () => {
    expect(occupancy(480, 500, 1000)).toBe(98)
    expect(occupancy(479, 500, 1000)).toBe(97)
    expect(occupancy(489, 500, 1000)).toBe(98)
    const tea = aTea(0, 0, 500)
    const span = (slots: number): { start: number; slots: number } => ({
      start: (1000 - slots) * REGION,
      slots
    })
    expect(mergesFor(setOf(tea), span(480), 1, 98)).toHaveLength(1)
    expect(mergesFor(setOf(tea), span(479), 1, 98)).toHaveLength(0)
    expect(mergesFor(setOf(tea), span(489), 1, 99)).toHaveLength(0)
  })

  it('areas that touch merge, before and behind, whatever their sizes', () => {
    const tea = aTea(0, 100 * REGION, 10)
    const [behind] = mergesFor(setOf(tea), { start: 110 * REGION, slots: 1 }, 1, 98)
    expect(behind.span).toEqual({ start: 100 * REGION, slots: 11 })
    const [before] = mergesFor(setOf(tea), { start: 0, slots: 100 }, 1, 98)
    expect(before.span).toEqual({ start: 0, slots: 110 })
  })

  it('an area that overlaps extends the existing one', () => {
    const tea = aTea(0, 100 * REGION, 10)
    const [merge] = mergesFor(setOf(tea), { start: 109 * REGION, slots: 20 }, 1, 98)
    expect(merge.span).toEqual({ start: 100 * REGION, slots: 29 })
  })

  it('looks in order of the index up to the first free place, in its own class only', () => {
    const teas = [0, 200, 5000, 1000].map((at, i) => aTea(i, at * REGION, 100))
    const between = { start: 100 * REGION, slots: 100 }
    const set = setOf(...teas)
    expect(mergesFor(set, { start: 1100 * REGION, slots: 5 }, 1, 98)).toHaveLength(1)
    set.remove(teas[2])
    expect(mergesFor(set, between, 1, 98).map((m) => m.tea.index)).toEqual([0, 1])
    expect(mergesFor(set, between, 2, 98)).toEqual([])
    expect(mergesFor(set, { start: 1100 * REGION, slots: 5 }, 1, 98)).toEqual([])
    set.remove(teas[0])
    expect(mergesFor(set, between, 1, 98)).toEqual([])
  })

  it('never reaches over another area', () => {
    const set = setOf(aTea(0, 0, 1000), aTea(1, 1001 * REGION, 1))
    expect(mergesFor(set, { start: 1003 * REGION, slots: 1000 }, 1, 50).map((m) => m.tea.index)).toEqual([1])
  })

  it('takes the union and the whole gap, and nothing more', () => {
    fc.assert(
      fc.property(
        fc.nat(2000),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 400 }),
        (at, n, m) => {
          const tea = aTea(0, 1000 * REGION, n)
          const [merge] = mergesFor(setOf(tea), { start: at * REGION, slots: m }, 1, 1)
          const slots = new Set<number>()
          for (let i = 0; i < n; i++) slots.add(1000 + i)
          for (let i = 0; i < m; i++) slots.add(at + i)
          const first = Math.min(...slots)
          const last = Math.max(...slots)
          if (merge) expect(merge.span).toEqual({ start: first * REGION, slots: last - first + 1 })
          else expect(Math.floor((100 * (n + m)) / (last - first + 1))).toBeLessThan(1)
        }
      )
    )
  })
})

describe('slots of an area that changes', () => {
  it('keep their pages, to whichever side it grows or shrinks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.nat(39), { maxLength: 20 }),
        fc.integer({ min: -10, max: 10 }),
        fc.integer({ min: -10, max: 10 }),
        (slots, linked, front, rear) => {
          fc.pre(slots + front + rear >= 1 && front > -slots && rear > -slots)
          const tea = aTea(0, 100 * REGION, slots)
          for (const n of linked) if (n < slots) tea.states[n] = SLOT_LINKED
          const pages = [...new Set(linked.filter((n) => n < slots))].map((n) => (100 + n) * REGION)
          resize(tea, { start: (100 - front) * REGION, slots: slots + front + rear })
          const kept = pages.filter((p) => p >= tea.start && p < teaEnd(tea))
          expect(kept.every((p) => tea.states[slotOf(tea, p)] === SLOT_LINKED)).toBe(true)
          expect(tea.slotsUsed).toBe(kept.length)
        }
      )
    )
  })
})

describe('a set of areas', () => {
  it('finds the one that covers a page, as a search of all would', () => {
    const spans = fc.uniqueArray(fc.nat(60), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(spans, fc.array(fc.nat(65), { maxLength: 60 }), fc.nat(39), (places, asked, gone) => {
        const set = new TeaSet()
        const teas = places.map((place) => {
          const tea = aTea(set.freeIndex, place * 2 * REGION, 1 + (place % 2))
          set.add(tea)
          return tea
        })
        const left = teas.filter((_, i) => i !== gone)
        if (gone < teas.length) set.remove(teas[gone])
        for (const slot of asked) {
          const p = slot * REGION + 7
          const expected = left.find((t) => p >= t.start && p < teaEnd(t)) ?? null
          expect(set.find(1, p)).toBe(expected)
          expect(set.find(2, p)).toBeNull()
        }
        expect(set.list()).toEqual([...left].sort((a, b) => a.index - b.index))
      })
    )
  })

  it('gives a new area the lowest index that is free', () => {
    const set = setOf(aTea(0, 0, 1), aTea(1, REGION, 1), aTea(2, 2 * REGION, 1))
    expect(set.freeIndex).toBe(3)
    set.remove(set.list()[1])
    expect(set.freeIndex).toBe(1)
  })
})
