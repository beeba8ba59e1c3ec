import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { difference, differenceText } from '@shared/formulas/difference'
import { formulasIn } from '@shared/formulas/designs'
import { estimate } from '@shared/formulas/estimate'
import { NBSP } from '@shared/format/number'
import { formulaTerms } from '@shared/formulas/terms'
import type { PlaceToken } from '@shared/formulas/places'
import type { RunFormula } from '@shared/model/result'
import { laneFacts } from '../builders/lane-facts'

const ENVIRONMENTS = ['native', 'virtualized', 'nested'] as const

const formulaOf = (cyclesPerWalk: RunFormula['cyclesPerWalk'], walks = 100): RunFormula => ({
  lane: 'radix',
  pages: '4K',
  walks,
  walkOverhead: 0.5,
  cyclesPerWalk,
  pageWalkSpeedup: {},
  applicationSpeedup: {}
})

/** Half of the steps from walk caches, the reads from the LLC. */
const radix = laneFacts('radix', [{ steps: ['PWC', 'NTLB', 'LLC', 'LLC'], count: 100 }], {
  walkCycles: 110 * 100
})

describe('terms of the paper’s formulas', () => {
  it('are as many as the designs’ references', () => {
    const terms = (design: Parameters<typeof formulaTerms>[0], environment: 'native' | 'virtualized') =>
      formulaTerms(design, environment, '4K')
    expect(terms('vanilla', 'virtualized')).toEqual({ terms: 24, constant: 0 })
    expect(terms('dmt', 'virtualized')).toEqual({ terms: 3, constant: 0 })
    expect(terms('ecpt', 'virtualized')).toEqual({ terms: 3, constant: 12 })
    expect(terms('fpt', 'native')).toEqual({ terms: 2, constant: 0 })
    expect(terms('pvdmt', 'native')).toBeNull()
  })

  it('give the formula of a walk whose steps all cost the same', () => {
    const tokens: PlaceToken[] = ['PWC', 'L1', 'L2', 'LLC', 'MEMORY']
    for (const environment of ENVIRONMENTS)
      for (const [design] of formulasIn(environment)) {
        const own = formulaTerms(design, environment, '4K')
        for (const token of tokens) {
          const places = Array<PlaceToken>(environment === 'native' ? 4 : 24).fill(token)
          const { cyclesPerWalk } = estimate([{ places, count: 3 }], environment, '4K')
          const latency = { PWC: 1, L1: 4, L2: 14, LLC: 54, MEMORY: 200, ZERO: 0 }[token]
          expect(cyclesPerWalk[design], `${design} ${environment} ${token}`).toBeCloseTo(
            (own?.terms ?? NaN) * latency + (own?.constant ?? NaN)
          )
        }
      }
  })
})

describe('why a lane differs from the formula', () => {
  it('splits the whole difference into its reasons, for any lane and any formula', () => {
    const amount = fc.double({ min: 1, max: 1000, noNaN: true })
    fc.assert(
      fc.property(
        fc.constantFrom('dmt', 'pvdmt', 'ecpt', 'fpt', 'asap', 'agile', 'shadow'),
        amount,
        amount,
        fc.integer({ min: 1, max: 20 }),
        (design, executed, computed, reads) => {
          const own = laneFacts(design, [{ steps: Array(reads).fill('LLC'), count: 10 }], {
            walkCycles: 10 * executed
          })
          const told = difference(own, radix, formulaOf({ vanilla: 110, [design]: computed }), 'virtualized')
          const parts = told.reasons.reduce((sum, { cycles }) => sum + (cycles ?? 0), 0)
          // Parts that would read as 0.0 are left out.
          expect(Math.abs(parts - (executed - (told.formula ?? 110)))).toBeLessThan(0.15 + 1e-6)
        }
      )
    )
  })

  it('names the radix lane’s walk caches where this lane has none, with both shares', () => {
    const own = laneFacts('dmt', [{ steps: ['LLC', 'LLC', 'MEMORY'], count: 100 }], { walkCycles: 310 * 100 })
    const told = difference(own, radix, formulaOf({ vanilla: 110, dmt: 108 }), 'virtualized')
    const latency = told.reasons.find(({ id }) => id === 'latency')
    expect(latency?.cycles).toBeCloseTo(310 - 108)
    const facts = latency?.because.map((fact) => fact.replaceAll(NBSP, ' '))
    expect(facts?.[0]).toContain('50.0 % of the radix lane’s steps')
    expect(facts?.[0]).toContain('none of this lane’s')
    expect(facts?.[1]).toContain('33.3 % of its reads went to memory, 0.0 % of the radix lane’s')
    expect(told.reasons.some(({ id }) => id === 'reads')).toBe(false)
  })

  it('puts what weighs most first', () => {
    const own = laneFacts('pvdmt', [{ steps: Array(8).fill('LLC'), count: 100 }], { walkCycles: 440 * 100 })
    const [first, second] = difference(
      own,
      radix,
      formulaOf({ vanilla: 110, pvdmt: 100 }),
      'virtualized'
    ).reasons
    expect([first.id, second.id]).toEqual(['reads', 'latency'])
    expect(first.cycles).toBeCloseTo(6 * 55)
    expect(second.cycles).toBeCloseTo(2 * 5)
  })

  it('tells two parts that cancel as one', () => {
    const own = laneFacts('fpt', [{ steps: ['PWC', 'LLC', 'LLC'], count: 100 }], { walkCycles: 110 * 100 })
    const { reasons } = difference(own, radix, formulaOf({ vanilla: 110, fpt: 108 }), 'virtualized')
    expect(reasons).toHaveLength(1)
    expect(reasons[0].cycles).toBeCloseTo(2)
    expect(reasons[0].text).toContain('adds 8 latencies; a read takes 55.0 cycles')
  })

  it('tells fallbacks, wasted reads, parallel probes, prefetches and exits where they were counted', () => {
    const own = laneFacts('ecpt', [{ steps: ['LLC', 'LLC', 'PREFETCHED'], count: 100 }], {
      walkCycles: 200 * 100,
      fallbackWalks: 25,
      wastedReferences: 50,
      hashProbes: 340,
      walkReferences: 500,
      prefetches: 200,
      prefetchesUnused: 30,
      softwareCycles: 900,
      vmExits: 7
    })
    const text = differenceText(difference(own, radix, formulaOf({ vanilla: 110, ecpt: 120 }), 'virtualized'))
    for (const fact of [
      '25.0 % of its walks fell back',
      '0.50 wasted reads per walk',
      '3.40 cuckoo lines per walk',
      '3.00 reads more per walk run beside them',
      '1.00 reads per walk only wait for a prefetch',
      '15.0 % of prefetched entries were not used',
      'the formula adds 12 cycles to every walk'.slice(4),
      '9.0 cycles per walk beside it, 0.0 in the radix lane',
      '7 VM exits, 0 in the radix lane'
    ])
      expect(text.replaceAll(NBSP, ' ')).toContain(fact)
  })

  it('mentions nothing that was not counted', () => {
    const own = laneFacts('dmt', [{ steps: ['LLC', 'LLC'], count: 100 }], { walkCycles: 110 * 100 })
    const text = differenceText(difference(own, radix, formulaOf({ vanilla: 110, dmt: 60 }), 'virtualized'))
    for (const word of ['fell back', 'wasted', 'cuckoo', 'prefetch', 'exits', 'range', 'node'])
      expect(text).not.toContain(word)
  })

  it('says so where the paper has no formula, and tells the lane from the radix lane', () => {
    const own = laneFacts('shadow', [{ steps: ['LLC'], count: 100 }], { walkCycles: 55 * 100, vmExits: 12 })
    const told = difference(own, radix, formulaOf({ vanilla: 110 }), 'virtualized')
    expect(told.formula).toBeNull()
    expect(told.reasons[0]).toMatchObject({ id: 'reads', cycles: -55 })
    expect(differenceText(told)).toMatch(/^The paper has no formula for it here/)
  })

  it('of the radix lane is about its latencies and the walks left out', () => {
    const told = difference(radix, radix, formulaOf({ vanilla: 90 }, 60), 'virtualized')
    expect(told.reasons).toHaveLength(1)
    expect(told.reasons[0]).toMatchObject({ id: 'baseline', because: [expect.stringContaining('40 walks')] })
    expect(told.reasons[0].cycles).toBeCloseTo(20)
  })

  it('of a design whose walks are free leaves nothing to read', () => {
    const own = laneFacts('ideal', [{ steps: [], count: 100 }])
    const told = difference(own, radix, formulaOf({ vanilla: 110 }), 'virtualized')
    expect(told.reasons.reduce((sum, { cycles }) => sum + (cycles ?? 0), 0)).toBeCloseTo(-110)
  })
})
