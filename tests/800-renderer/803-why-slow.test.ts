import { describe, expect, it } from 'vitest'
import type { HitLevel, WalkRecord } from '@shared/model/walk-record'
import type { Sentence } from '@renderer/walk/phrases'
import { whySlow } from '@renderer/walk/why-slow'
import {
  aWalk,
  dmt,
  nativeDmt,
  nativeRadix,
  nestedPvdmt,
  nestedRadix3d,
  nestedShadow,
  pvdmt,
  spared
} from '../builders/walk-records'

const asText = (sentence: Sentence): string =>
  sentence.map((phrase) => (phrase.kind === 'step' ? String(phrase.step.n) : phrase.text)).join('')
const tell = (...records: (WalkRecord | null)[]): string[] => whySlow(records).map(asText)

const from = (level: HitLevel) => (): HitLevel => level
/** Steps 19, 20 and 24 in memory, the rest in the L1 cache. */
const threeFar = (step: { n: number }): HitLevel => ([19, 20, 24].includes(step.n) ? 'MEMORY' : 'L1')
const radix = aWalk({ hit: threeFar })

describe('the slower lane', () => {
  it('names the reads that went to memory and their share', () => {
    expect(tell(radix, pvdmt({ hit: from('MEMORY') }))[0]).toBe(
      'Three of lane A’s 24 references go to memory: steps 19, 20 and 24. Together they take 600 of 684 cycles.'
    )
  })

  it('is spoken of first wherever it stands', () => {
    expect(tell(pvdmt(), radix)[0]).toMatch(/^Three of lane B’s 24 references/)
  })

  it('one read', () => {
    const record = aWalk({ hit: (step) => (step.n === 24 ? 'MEMORY' : 'L1') })
    expect(tell(record)[0]).toBe(
      'One of lane A’s 24 references goes to memory: step 24. It takes 200 of 292 cycles.'
    )
  })

  it('every read', () => {
    expect(tell(pvdmt({ hit: from('MEMORY') }))[0]).toBe(
      'Both references of lane A go to memory: steps 1 and 2. Together they take 400 of 402 cycles.'
    )
    expect(tell(nativeDmt({ hit: from('MEMORY') }))[0]).toBe(
      'Lane A’s only reference goes to memory: step 1. It takes 200 of 201 cycles.'
    )
  })

  it('a long list ends in a count', () => {
    const [sentence] = tell(nestedRadix3d({ hit: from('MEMORY') }))
    expect(sentence).toBe(
      'All 124 references of lane A go to memory: steps 1, 2, 3, 4 and 120 more. Together they take 24,800 of 24,800 cycles.'
    )
  })

  it('without a read from memory, the slowest step', () => {
    expect(tell(aWalk({ hit: (step) => (step.n === 7 ? 'LLC' : 'L1') }))[0]).toBe(
      'None of lane A’s 24 references goes to memory. The slowest is step 7, 54 of 146 cycles.'
    )
    expect(tell(nativeDmt({ hit: from('L2') }))[0]).toBe(
      'Lane A’s only reference stays in the caches: step 1, 14 of 15 cycles.'
    )
  })

  it('walk caches answered everything', () => {
    const record = spared(nativeRadix(), (step) => (step.level === 1 ? 'PWC' : 'left out'))
    expect(tell(record)[0]).toBe(
      'Walk caches answer all of lane A’s steps, so it reads no entry. It takes 1 cycle.'
    )
  })

  it('no step at all', () => {
    const free = { ...nativeRadix(), steps: [], references: 0, cycles: 0 }
    expect(tell(free)).toEqual(['Translation costs lane A nothing: it reads no entry.'])
  })

  it('no walk in any lane', () => {
    expect(tell(null, null)).toEqual([])
  })
})

describe('faults and attempts', () => {
  it.each([
    [aWalk({ faultAt: 10 }), 'L1 has to act: page fault.'],
    [aWalk({ faultAt: 8 }), 'L0 has to act: EPT violation.'],
    [nestedRadix3d({ faultAt: 5 }), 'L1 has to act: nested EPT violation.']
  ])('says which layer has to act', (record, end) => {
    const [sentence] = tell(record, { ...record, outcome: 'translated', cycles: 1e6 })
    expect(sentence).toBe(
      `Lane A’s walk stops at step ${record.steps.length}, because that entry is not present. ${end}`
    )
  })

  it('counts what an attempt that fell back wasted', () => {
    expect(tell(aWalk({ wasted: true }))[1]).toBe(
      'One read of a register attempt that fell back is wasted: 54 cycles of lane A’s walk. The entry where the register points is empty.'
    )
  })
})

describe('the other lane', () => {
  const far = { hit: from('MEMORY') }

  it('pvDMT skips the read that finds the leaf table', () => {
    expect(tell(radix, pvdmt(far))[1]).toBe(
      'Lane B still needs two of those three. It skips step 19, because its register says where the leaf table is.'
    )
  })

  it('says where its registers did not serve', () => {
    const lane = { letter: 'B', design: 'pvdmt', hasRegisters: true }
    const told = (record: WalkRecord): string[] =>
      whySlow([radix, record], [{ letter: 'A', design: 'radix', hasRegisters: false }, lane]).map(asText)
    expect(told(pvdmt(far))).toHaveLength(2)
    expect(told(aWalk({ hit: from('L1') })).slice(2)).toEqual([
      'No register of L0 and L1 covers what is looked up, so lane B walks its tables: 24 reads.'
    ])
    expect(told(aWalk({ hit: from('L1'), wasted: true }))[2]).toMatch(
      /^One read of a register attempt that fell back is wasted: 54 cycles of lane B’s walk\./
    )
  })

  it('DMT needs all three', () => {
    expect(tell(radix, dmt(far))[1]).toBe('Lane B needs the same three.')
  })

  it('finds some of them in its caches', () => {
    expect(tell(radix, pvdmt({ hit: (step) => (step.n === 1 ? 'MEMORY' : 'L2') }))[1]).toBe(
      'Lane B still needs two of those three, one of them from a cache. It skips step 19, because its register says where the leaf table is.'
    )
  })

  it('skips reads of upper levels too', () => {
    expect(
      tell(aWalk({ hit: (step) => (step.n === 4 ? 'MEMORY' : 'L1') }), pvdmt({ hit: from('L1') }))[1]
    ).toBe(
      'Lane B does without that one. It skips step 4, because its registers say where the leaf entries are.'
    )
  })

  it('a radix lane with warm walk caches', () => {
    const warm = spared(radix, (step) => (step.n < 20 ? 'left out' : 'L1'))
    expect(tell(radix, warm)[1]).toBe(
      'Lane B still needs two of those three, but finds them in caches. It skips step 19, because its walk caches know the way past it.'
    )
  })

  it('radix over shadow tables passes other tables than the 3-D walk', () => {
    const [, other] = tell(nestedRadix3d(far), nestedShadow())
    expect(other).toMatch(/because its walk passes other tables\.$/)
  })

  it('nested pvDMT beside shadow tables', () => {
    expect(tell(nestedShadow({ hit: threeFar }), nestedPvdmt(far))[1]).toMatch(
      /^Lane B still needs one of those three\./
    )
  })

  it('has nothing to be compared with', () => {
    expect(tell(aWalk({ hit: from('L1') }), pvdmt({ hit: from('L1') }))[1]).toBe(
      'Lane B makes 2 references in 10 cycles.'
    )
  })

  it('did not walk', () => {
    expect(tell(radix, null)[1]).toBe(
      'Lane B shows no walk here: its TLB had the translation, or the walk is no longer kept.'
    )
  })

  it('ended in a fault', () => {
    const faulted = aWalk({ faultAt: 9 })
    expect(tell(faulted, faulted)[1]).toBe('Lane B’s walk ends in a fault.')
  })
})
