/** Choosing a walk, typing an address, the pace of slow play, and the sum behind a walk's references. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cycleBin, cycleBinStart, type CycleBucket } from '@shared/model/walk-histogram'
import { addressFrom } from '@renderer/walk/address-entry'
import { stepDelay } from '@renderer/walk/step-pace'
import { cyclesOf } from '@renderer/walk/cycle-words'
import { bucketOffers, choiceOf, coarse, keyOf, patternWords } from '@renderer/walk/walk-choices'
import { whyCount } from '@renderer/walk/why-count'
import {
  aWalk,
  dmt,
  layer,
  nativeDmt,
  nativeRadix,
  nestedPvdmt,
  nestedRadix3d,
  nestedShadow,
  pvdmt,
  spared
} from '../builders/walk-records'

const bins = fc
  .uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 60 })
  .map((cycles) => [...new Set(cycles.map(cycleBin))].sort((a, b) => a - b))
  .map((numbers) =>
    numbers.map((bin, i): CycleBucket => {
      return {
        from: cycleBinStart(bin),
        to: cycleBinStart(bin + 1),
        walks: i + 1,
        share: 0.1,
        hasSample: true
      }
    })
  )

describe('the picker of walks', () => {
  it('joins bins of cycles without losing a walk or an order', () => {
    fc.assert(
      fc.property(bins, (all) => {
        const joined = coarse(all)
        const walks = (some: readonly CycleBucket[]): number => some.reduce((sum, one) => sum + one.walks, 0)
        expect(walks(joined)).toBe(walks(all))
        joined.forEach((one, i) => {
          const within = all.filter(({ from, to }) => from >= one.from && to <= one.to)
          expect(one.walks).toBe(walks(within))
          if (i > 0) expect(one.from).toBeGreaterThanOrEqual(joined[i - 1].to)
        })
      })
    )
  })

  it('names a bin of cycles by the fewest and the most that it holds', () => {
    expect(cyclesOf({ from: 128, to: 192 })).toBe('128–191')
    expect(cyclesOf({ from: 10, to: 11 })).toBe('10')
    expect(cyclesOf({ from: 2 ** 24, to: Infinity })).toBe('16,777,216 or more')
  })

  it('names every offer once, and asks for it as it is named', () => {
    const offers = bucketOffers(
      {
        walks: 10,
        cycles: [{ from: 200, to: 208, walks: 9, share: 0.9, hasSample: true }],
        patterns: [
          { steps: ['PWC', 'L2', 'L2', 'MEMORY'], walks: 9, share: 0.9, cyclesPerWalk: 3, hasSample: true }
        ],
        walksOfOtherPatterns: 1
      },
      1,
      'B'
    )
    expect(offers.map(({ option }) => [option.group, option.title])).toEqual([
      ['Lane B, by cycles', '200–207 cycles, 90.0\u00a0%'],
      ['Lane B, by where steps hit', 'Walk cache, 2 × L2 cache, Memory, 90.0\u00a0%']
    ])
    expect(new Set(offers.map(({ wanted }) => keyOf(wanted))).size).toBe(2)
    expect(choiceOf(offers[1].wanted, null)).toEqual({
      which: 'bucket',
      lane: 1,
      bucket: { steps: ['PWC', 'L2', 'L2', 'MEMORY'] }
    })
    expect(patternWords([])).toBe('No step')
  })
})

describe('an address that is typed', () => {
  it('is taken in the ways people write it', () => {
    for (const text of ['0x7fff1000', '7fff1000', ' 0X7FFF 1000 ', '7fff_1000'])
      expect(addressFrom(text)).toEqual({ address: '0x7fff1000' })
  })

  it('has as many bits as the tables take', () => {
    expect(addressFrom('0xffffffffffff', 4)).toEqual({ address: '0xffffffffffff' })
    expect(addressFrom('0x1000000000000', 5)).toEqual({ address: '0x1000000000000' })
    const beyond = addressFrom('0x1000000000000', 4)
    expect('problem' in beyond && beyond.problem).toContain('48 bits at most')
  })

  it.each([
    ['', 'Type a virtual address'],
    ['main', 'main is not hex'],
    ['0x3ffffffffffffff', '57 bits at most']
  ])('%s is refused with the reason', (text, reason) => {
    const entry = addressFrom(text)
    expect('problem' in entry && entry.problem).toContain(reason)
  })
})

describe('slow play', () => {
  it('is a step a second, or as long as the next step takes', () => {
    const walk = aWalk({ hit: ({ n }) => (n === 2 ? 'MEMORY' : 'L1') })
    expect(stepDelay([walk], { lane: 0, n: 1 }, 4, false)).toBe(250)
    expect(stepDelay([walk], { lane: 0, n: 1 }, 2, true)).toBe(500)
    expect(stepDelay([walk], { lane: 0, n: 2 }, 1, true)).toBe(60)
  })
})

describe('why a whole walk takes so many references', () => {
  it.each([
    [aWalk(), '4 guest levels × (4 host + 1) + 4 for the data page = 24'],
    [nativeRadix(), '4 levels, one read each = 4'],
    [dmt(), '1 guest entry × (1 host + 1) + 1 for the data page = 3'],
    [pvdmt(), 'one entry for each of 2 layers = 2'],
    [nestedPvdmt(), 'one entry for each of 3 layers = 3'],
    [nestedRadix3d(), '4 L2 levels × (24 below L2 + 1) + 24 for the data page = 124'],
    [nativeDmt(), 'one entry, found by its register = 1']
  ])('%#: is a sum over its layers', (record, words) => {
    expect(whyCount(record, 4)).toBe(words)
  })

  it('tells what walk caches spared', () => {
    const known = (step: { n: number }): 'PWC' | 'L1' | 'left out' =>
      step.n < 20 ? 'left out' : step.n === 20 ? 'PWC' : 'L1'
    expect(whyCount(spared(aWalk(), known), 4)).toMatch(/ = 24; walk caches spared 20 here$/)
  })

  it('counts levels from the leaf', () => {
    const huge = aWalk({ layers: [layer('L0', 'R', 4, 2), layer('L1', 'R', 4, 2)] })
    expect(whyCount(huge, 4)).toBe('3 guest levels × (3 host + 1) + 3 for the data page = 15')
    expect(whyCount(nestedShadow(), 4)).toMatch(/= 24$/)
  })

  it('says nothing of a walk that faulted, or of none', () => {
    expect(whyCount(aWalk({ faultAt: 7 }), 4)).toBeNull()
    expect(whyCount(null, 4)).toBeNull()
  })
})
