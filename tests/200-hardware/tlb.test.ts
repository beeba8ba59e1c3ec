import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageHigh, pageLow } from '@shared/address/address'
import { contextOf, vpidOf } from '@shared/arch/context'
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

/** A first level without any entries for huge pages. */
const base = {
  ...tiny.hardware.tlb,
  data: { ...tiny.hardware.tlb.data, '2M': { entries: 0, ways: 1 }, '1G': { entries: 0, ways: 1 } },
  instruction: { ...tiny.hardware.tlb.instruction, '2M': { entries: 0, ways: 1 } },
  shared: { ...tiny.hardware.tlb.shared, '1G': { entries: 0, ways: 1 } }
}

/** Two processes of one virtual machine, and one of another. */
const [OWN, OTHER, FOREIGN] = [contextOf(1, 0), contextOf(1, 4095), contextOf(65535, 0)]

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
    ...[often(5, 'invalidate'), often(3, 'context'), often(2, 'vpid'), often(1, 'all')]
  ),
  isFetch: fc.oneof(often(3, false), often(1, true)),
  page: pages,
  context: fc.oneof(often(8, OWN), often(1, OTHER), often(1, FOREIGN)),
  shift: fc.oneof(often<PageShift>(4, 0), often<PageShift>(1, 9), often<PageShift>(1, 18)),
  frame: fc.nat(2 ** 31 - 1),
  meta: fc.nat(255)
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function lookUp(tlb: Tlb, s: Step): NaiveAnswer {
  const isHit = tlb.lookup(s.isFetch, pageHigh(s.page), pageLow(s.page), s.context)
  if (isHit !== (tlb.hit !== TLB_MISS)) throw new Error(`it says ${isHit} and hit ${tlb.hit}`)
  return isHit
    ? { hit: tlb.hit, frame: tlb.frame, meta: tlb.meta, pageShift: tlb.pageShift }
    : { hit: TLB_MISS }
}

/** Thousands of answers are compared at once, as lines. */
const asText = ({ hit, ...rest }: NaiveAnswer): string =>
  [hit, ...('frame' in rest ? [rest.frame, rest.meta, rest.pageShift] : [])].join()

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
  } else if (s.do === 'vpid') {
    tlb.flushVpid(vpidOf(s.context))
    naive.flushVpid(vpidOf(s.context))
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
  ['three-way shared level, no 1 GiB entries for data', odd],
  ['no huge pages in the first level, no 1 GiB entries at all', base]
])('TLBs: %s', (_, parameters) => {
  it('answer like lists of whole page numbers through fills, changes and invalidations', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400, size: 'max' }), (steps) => {
        const tlb = new Tlb(parameters)
        const naive = new NaiveTlb(parameters)
        let last: Step | undefined
        const [said, expected]: string[][] = [[], []]
        for (const now of steps) {
          const s: Step = now.do === 'repeat' && last ? { ...last, do: 'lookup' } : now
          if (s.do !== 'lookup' && s.do !== 'repeat') change(tlb, naive, s)
          const peeked = tlb.peek(s.isFetch, pageHigh(s.page), pageLow(s.page), s.context)
          const answer = lookUp(tlb, s)
          const theirs = naive.lookup(s.isFetch, s.page, s.context)
          said.push(`${peeked} ${asText(answer)}`)
          expected.push(`${theirs.hit} ${asText(theirs)}`)
          if (answer.hit === TLB_MISS) change(tlb, naive, { ...s, do: 'fill' })
          last = s
        }
        expect(said.join('\n')).toBe(expected.join('\n'))
      }),
      { numRuns: 60 }
    )
  })
})

describe('TLBs', () => {
  const aTlb = (parameters = tiny.hardware.tlb): Tlb => new Tlb(parameters)

  it('translate every page of a huge page to its own frame', () => {
    const tlb = aTlb()
    tlb.fill(false, 1, 512 * 5 + 100, OWN, 512 * 9 + 100, 9, 0)
    expect(tlb.lookup(false, 1, 512 * 5 + 511, OWN)).toBe(true)
    expect([tlb.frame, tlb.pageShift]).toEqual([512 * 9 + 511, 9])
    expect(tlb.lookup(false, 1, 512 * 6, OWN)).toBe(false)
  })

  it('find in the shared level what the first has dropped, and bring it back', () => {
    const tlb = aTlb()
    for (let low = 0; low < 6; low++) tlb.fill(false, 0, low, OWN, 100 + low, 0, 0)
    const hits = [0, 0].map(() => {
      tlb.lookup(false, 0, 0, OWN)
      return tlb.hit
    })
    expect(hits).toEqual([TLB_SHARED, TLB_FIRST_LEVEL])
  })

  it('share the second level between fetches and data', () => {
    const tlb = aTlb()
    tlb.fill(false, 0, 8, OWN, 80, 0, 0)
    tlb.lookup(true, 0, 8, OWN)
    expect(tlb.hit).toBe(TLB_SHARED)
  })

  it('never answer for another context', () => {
    const tlb = aTlb()
    tlb.fill(false, 0, 8, OWN, 80, 0, 0)
    expect(tlb.lookup(false, 0, 8, OWN)).toBe(true)
    expect(tlb.lookup(false, 0, 8, OTHER)).toBe(false)
  })

  it('list what they hold', () => {
    const tlb = aTlb()
    tlb.fill(false, 0, 512, OWN, 1024, 9, 3)
    const entry = { page: 512, pageShift: 9, mappedShift: 9, context: OWN, frame: 1024, meta: 3 }
    expect(tlb.entries()).toMatchObject({ instruction: [], data: [entry], shared: [entry] })
  })

  it('keep a page of a size without entries as pieces of the next smaller size', () => {
    const tlb = aTlb(odd)
    const page = 2 ** 18 * 3
    tlb.fill(false, 0, page + 512 * 7 + 9, OWN, 2 ** 18 * 5 + 512 * 7 + 9, 18, 3)
    const piece = {
      page: page + 512 * 7,
      pageShift: 9,
      mappedShift: 18,
      frame: 2 ** 18 * 5 + 512 * 7,
      meta: 3
    }
    expect(tlb.entries().data).toMatchObject([piece])
    expect(tlb.entries().shared).toMatchObject([{ page, pageShift: 18, mappedShift: 18 }])
    tlb.lookup(false, 0, page + 512 * 7 + 511, OWN)
    expect([tlb.hit, tlb.frame]).toEqual([TLB_FIRST_LEVEL, 2 ** 18 * 5 + 512 * 7 + 511])
    tlb.lookup(false, 0, page + 512 * 8, OWN)
    expect([tlb.hit, tlb.frame]).toEqual([TLB_SHARED, 2 ** 18 * 5 + 512 * 8])
    expect(tlb.entries().data).toHaveLength(2)
  })

  it('drop all pieces of a page whose translation is invalidated, and none of another process', () => {
    const tlb = aTlb(base)
    for (const context of [OWN, OTHER]) tlb.fill(false, 0, 512 * 5 + 1, context, 512 * 9 + 1, 9, 0)
    tlb.fill(false, 0, 512 * 5 + 2, OWN, 512 * 9 + 2, 9, 0)
    tlb.fill(false, 0, 512 * 6 + 4, OWN, 512 * 8 + 4, 9, 0)
    tlb.invalidatePage(0, 512 * 5 + 400, OWN)
    const left = tlb.entries().data.map(({ page, context }) => [page, context])
    expect(left.sort()).toEqual(
      [
        [512 * 5 + 1, OTHER],
        [512 * 6 + 4, OWN]
      ].sort()
    )
  })

  it('drop what belongs to a virtual machine, whatever its process', () => {
    const tlb = aTlb()
    const contexts = [OWN, OTHER, FOREIGN, contextOf(0, 0)]
    contexts.forEach((context, n) => tlb.fill(false, 0, 4 * n, context, n, 0, 0))
    tlb.flushVpid(1)
    expect(contexts.map((context, n) => tlb.peek(false, 0, 4 * n, context))).toEqual([0, 0, 1, 1])
  })
})
