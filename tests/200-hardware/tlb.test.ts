import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageHigh, pageLow } from '@shared/address/address'
import { skylake } from '@shared/profiles/skylake'
import { tiny } from '@shared/profiles/tiny'
import { TLB_FIRST_LEVEL, TLB_MISS, TLB_SHARED, Tlb } from '@main/hardware/tlb/tlb'
import type { PageShift } from '@main/hardware/tlb/tlb-array'
import { NaiveTlb } from '../builders/naive-tlb'
import type { NaiveAnswer } from '../builders/naive-tlb'

const odd = {
  ...tiny.hardware.tlb,
  data: { ...tiny.hardware.tlb.data, '1G': { entries: 0, ways: 1 } },
  shared: { ...tiny.hardware.tlb.shared, '4K2M': { entries: 15, ways: 3 } }
}

const often = <T>(weight: number, value: T): fc.WeightedArbitrary<T> => ({
  weight,
  arbitrary: fc.constant(value)
})

/** Few enough that one step meets what another left, spread over sizes and halves of the page number. */
const pages = fc.oneof(
  fc.nat(5),
  fc.nat(5).map((n) => n * 512 + 511),
  fc.tuple(fc.constantFrom(0, 2 ** 27, 2 ** 44), fc.nat(3)).map(([area, n]) => area + n * 2 ** 18)
)

const step = fc.record({
  do: fc.oneof(
    ...[often(30, 'lookup'), often(20, 'repeat'), often(10, 'fill'), often(10, 'meta')],
    ...[often(5, 'invalidate'), often(3, 'context'), often(1, 'all')]
  ),
  isFetch: fc.oneof(often(3, false), often(1, true)),
  page: pages,
  context: fc.oneof(often(8, 1), often(1, 2), often(1, -7)),
  shift: fc.oneof(often<PageShift>(4, 0), often<PageShift>(1, 9), often<PageShift>(1, 18)),
  frame: fc.nat(2 ** 31 - 1),
  meta: fc.nat(255)
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function lookUp(tlb: Tlb, s: Step): NaiveAnswer {
  const isHit = tlb.lookup(s.isFetch, pageHigh(s.page), pageLow(s.page), s.context)
  expect(isHit).toBe(tlb.hit !== TLB_MISS)
  return isHit
    ? { hit: tlb.hit, frame: tlb.frame, meta: tlb.meta, pageShift: tlb.pageShift }
    : { hit: TLB_MISS }
}

function change(tlb: Tlb, naive: NaiveTlb, s: Step): void {
  const [high, low] = [pageHigh(s.page), pageLow(s.page)]
  if (s.do === 'meta') {
    tlb.setMeta(high, low, s.context, s.shift, s.meta)
    naive.setMeta(s.page, s.context, s.shift, s.meta)
  } else if (s.do === 'invalidate') {
    tlb.invalidatePage(high, low, s.context)
    naive.invalidatePage(s.page, s.context)
  } else if (s.do === 'context') {
    tlb.flushContext(s.context)
    naive.flushContext(s.context)
  } else if (s.do === 'all') {
    tlb.flushAll()
    naive.flushAll()
  } else {
    tlb.fill(s.isFetch, high, low, s.context, s.frame, s.shift, s.meta)
    naive.fill(s.isFetch, s.page, s.context, s.frame, s.shift, s.meta)
  }
}

describe.each([
  ['tiny', tiny.hardware.tlb],
  ['skylake', skylake.hardware.tlb],
  ['three-way shared level, no 1 GiB entries for data', odd]
])('TLBs: %s', (_, parameters) => {
  it('answer like lists of whole page numbers through fills, changes and invalidations', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400, size: 'max' }), (steps) => {
        const tlb = new Tlb(parameters)
        const naive = new NaiveTlb(parameters)
        let last: Step | undefined
        for (const now of steps) {
          const s: Step = now.do === 'repeat' && last ? { ...last, do: 'lookup' } : now
          if (s.do !== 'lookup' && s.do !== 'repeat') change(tlb, naive, s)
          const peeked = tlb.peek(s.isFetch, pageHigh(s.page), pageLow(s.page), s.context)
          const answer = lookUp(tlb, s)
          expect(answer).toEqual(naive.lookup(s.isFetch, s.page, s.context))
          expect(peeked).toBe(answer.hit)
          if (answer.hit === TLB_MISS) change(tlb, naive, { ...s, do: 'fill' })
          last = s
        }
      }),
      { numRuns: 60 }
    )
  })
})

describe('TLBs', () => {
  const aTlb = (): Tlb => new Tlb(tiny.hardware.tlb)

  it('translate every page of a huge page to its own frame', () => {
    const tlb = aTlb()
    tlb.fill(false, 1, 512 * 5 + 100, 1, 512 * 9 + 100, 9, 0)
    expect(tlb.lookup(false, 1, 512 * 5 + 511, 1)).toBe(true)
    expect([tlb.frame, tlb.pageShift]).toEqual([512 * 9 + 511, 9])
    expect(tlb.lookup(false, 1, 512 * 6, 1)).toBe(false)
  })

  it('find in the shared level what the first has dropped, and bring it back', () => {
    const tlb = aTlb()
    for (let low = 0; low < 6; low++) tlb.fill(false, 0, low, 1, 100 + low, 0, 0)
    const hits = [0, 0].map(() => {
      tlb.lookup(false, 0, 0, 1)
      return tlb.hit
    })
    expect(hits).toEqual([TLB_SHARED, TLB_FIRST_LEVEL])
  })

  it('share the second level between fetches and data', () => {
    const tlb = aTlb()
    tlb.fill(false, 0, 8, 1, 80, 0, 0)
    tlb.lookup(true, 0, 8, 1)
    expect(tlb.hit).toBe(TLB_SHARED)
  })

  it('never answer for another context', () => {
    const tlb = aTlb()
    tlb.fill(false, 0, 8, 1, 80, 0, 0)
    expect(tlb.lookup(false, 0, 8, 1)).toBe(true)
    expect(tlb.lookup(false, 0, 8, 2)).toBe(false)
  })

  it('list what they hold', () => {
    const tlb = aTlb()
    tlb.fill(false, 0, 512, 1, 1024, 9, 3)
    const entry = { page: 512, pageShift: 9, context: 1, frame: 1024, meta: 3 }
    expect(tlb.entries()).toMatchObject({ instruction: [], data: [entry], shared: [entry] })
  })
})
