import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageFrom, pageHigh, pageLow } from '@shared/address/address'
import { TlbArray } from '@main/hardware/tlb/tlb-array'
import type { PageShift } from '@main/hardware/tlb/tlb-array'
import { NaiveLru } from '../builders/naive-lru'

/** entries / ways, with sets that are powers of two and others. */
const SHAPES = [
  [1, 1],
  [4, 4],
  [24, 12],
  [1536, 12],
  [30, 2],
  [300, 3],
  [96, 1]
] as const
const SHIFTS: PageShift[] = [0, 9, 18]

/** 45-bit page numbers that meet in sets and differ in high bits only. */
const pages = fc
  .tuple(
    fc.constantFrom(0, 2 ** 27, 2 ** 36, 2 ** 45 - 2 ** 20),
    fc.nat(3),
    fc.nat(600),
    fc.constantFrom(1, 512, 2 ** 18)
  )
  .map(([area, far, near, step]) => (area + far * 2 ** 28 + near * step) % 2 ** 45)

const step = fc.record({
  do: fc.constantFrom('lookup', 'lookup', 'fill', 'fill', 'fill', 'invalidate', 'flush'),
  page: pages,
  context: fc.constantFrom(0, 1, -1, 0x7fffffff),
  frame: fc.nat(2 ** 31 - 1)
})

describe.each(SHAPES)('TLB array of %i entries, %i ways', (entries, ways) => {
  it.each(SHIFTS)('finds what lists of whole page numbers find, page shift %i', (shift) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        const array = new TlbArray({ entries, ways }, shift)
        const naive = new NaiveLru<string, number>(entries / ways, ways)
        const [said, wanted]: string[][] = [[], []]
        for (const { do: action, page, context, frame } of steps) {
          const [high, low] = [pageHigh(page), pageLow(page)]
          const number = BigInt(page) >> BigInt(shift)
          const key = `${context} ${number}`
          if (action === 'fill') {
            array.fill(high, low, context, frame, frame ^ 1)
            naive.put(number, key, frame)
          } else if (action === 'invalidate') {
            array.invalidate(high, low, context)
            naive.drop((k) => k === key)
          } else if (action === 'flush') {
            array.flushContext(context)
            naive.drop((k) => k.startsWith(`${context} `))
          }
          const isThere = array.peek(high, low, context) >= 0
          const shouldBeThere = naive.look(number, key) !== undefined
          const expected = action === 'lookup' ? naive.use(number, key) : naive.look(number, key)
          const slot = action === 'lookup' ? array.lookup(high, low, context) : array.peek(high, low, context)
          const [found, meta] = slot >= 0 ? [array.frameAt(slot), array.metaAt(slot)] : []
          said.push(`${isThere} ${found} ${meta}`)
          wanted.push(`${shouldBeThere} ${expected} ${expected === undefined ? expected : expected ^ 1}`)
        }
        expect(said.join('\n')).toBe(wanted.join('\n'))
        const shown = array.entries().map((e) => `${e.context} ${BigInt(e.page) >> BigInt(shift)} ${e.frame}`)
        expect(shown.sort()).toEqual(
          naive
            .all()
            .map((e) => `${e.key} ${e.value}`)
            .sort()
        )
      }),
      { numRuns: 30 }
    )
  })
})

describe('TLB array', () => {
  it('reaches every page of a huge page with one entry', () => {
    const array = new TlbArray({ entries: 4, ways: 4 }, 9)
    const slot = array.fill(pageHigh(512 * 7), pageLow(512 * 7), 1, 1024, 0)
    expect(array.lookup(0, 512 * 7 + 511, 1)).toBe(slot)
    expect(array.lookup(0, 512 * 8, 1)).toBe(-1)
    expect(array.entries()[0].page).toBe(pageFrom(0, 512 * 7))
  })

  it('keeps two page sizes apart in one array, where they compete for ways', () => {
    const base = new TlbArray({ entries: 2, ways: 2 }, 0)
    const huge = new TlbArray({ entries: 2, ways: 2 }, 9, base)
    base.fill(0, 3, 1, 30, 0)
    huge.fill(0, 3 * 512, 1, 512, 0)
    expect(base.frameAt(base.lookup(0, 3, 1))).toBe(30)
    expect(base.lookup(0, 3 * 512, 1)).toBe(-1)
    expect(huge.lookup(0, 3, 1)).toBe(-1)
    base.fill(0, 5, 1, 50, 0)
    expect(huge.entries()).toEqual([])
    expect(base.entries().map((e) => e.page)).toEqual([3, 5])
    huge.flushAll()
    expect(base.entries()).toEqual([])
  })

  it('holds nothing when it has no entries', () => {
    const array = new TlbArray({ entries: 0, ways: 1 }, 18)
    expect(array.isAbsent).toBe(true)
    expect(array.fill(1, 2, 3, 4, 5)).toBe(-1)
    expect(array.lookup(1, 2, 3)).toBe(-1)
    array.invalidate(1, 2, 3)
    array.flushAll()
    expect(array.entries()).toEqual([])
  })

  it('changes meta in place', () => {
    const array = new TlbArray({ entries: 4, ways: 2 }, 0)
    const slot = array.fill(0, 9, 1, 4, 0)
    array.setMeta(slot, 7)
    expect(array.entries()).toMatchObject([{ page: 9, meta: 7, frame: 4, age: 0 }])
  })
})
