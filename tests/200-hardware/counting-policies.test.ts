import { mix32 } from '@shared/random/mix32'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CountedSets } from '@main/hardware/cache/counted-sets'
import { PolicySets } from '@main/hardware/cache/policy-sets'
import { replacementPolicy } from '@main/hardware/replacement'

const WAYS = [1, 2, 4, 11, 12]

/** A number chooses among the valid ways to hit; null brings something new in. */
const actions = fc.array(fc.option(fc.nat(15), { freq: 2 }), { maxLength: 300, size: 'max' })

/** What one set does by the book: returns the victim of a fill, and is told of hits. */
interface NaiveSet {
  hit(way: number): void
  fill(): number
}

/** Hits counted since the fill; the lowest way of those hit least leaves. */
function naiveLfu(ways: number): NaiveSet {
  const counts: (number | null)[] = Array.from({ length: ways }, () => null)
  return {
    hit: (way) => void (counts[way] = (counts[way] ?? 0) + 1),
    fill() {
      const least = Math.min(...counts.map((c) => c ?? 0))
      const victim = counts.findIndex((c) => (c ?? 0) === least)
      counts[victim] = 1
      return victim
    }
  }
}

/** Counters by the rule of the simulator published with DMT, invalid ways taking part. */
function naiveCounted(ways: number): NaiveSet {
  const set = Array.from({ length: ways }, () => ({ counter: 0, valid: false }))
  const hit = (way: number): void => {
    const own = set[way].counter
    if (own === 0) return
    for (const other of set) if (other !== set[way] && other.counter <= own) other.counter++
    set[way].counter = 0
  }
  const victim = (): number => {
    const invalid = set.findIndex((way) => !way.valid)
    const largest = Math.max(...set.map((way) => way.counter))
    return invalid >= 0 ? invalid : set.findIndex((way) => way.counter === largest)
  }
  return {
    hit,
    fill() {
      const way = victim()
      Object.assign(set[way], { counter: 1, valid: true })
      hit(way)
      return way
    }
  }
}

describe.each([
  ['lfu', naiveLfu],
  ['counted-lru', naiveCounted]
] as const)('%s', (name, naive) => {
  it.each(WAYS)('of %i ways chooses the victims of the naive set', (ways) => {
    fc.assert(
      fc.property(actions, (sequence) => {
        const [sets, policy, set] = [3, replacementPolicy(name, 3, ways), naive(ways)]
        let filled = 0
        const [victims, expected]: number[][] = [[], []]
        for (const action of sequence) {
          if (action !== null && action < filled) {
            policy.touch(sets - 1, action)
            set.hit(action)
          } else {
            const victim = policy.victim(sets - 1)
            victims.push(victim)
            expected.push(set.fill())
            policy.filled(sets - 1, victim)
            filled = Math.min(ways, filled + 1)
          }
        }
        expect(victims.join()).toBe(expected.join())
      })
    )
  })

  it.each(WAYS)('of %i ways lets an invalid way leave first, and names the victim the oldest', (ways) => {
    const policy = replacementPolicy(name, 1, ways)
    for (let i = 0; i < 3 * ways; i++) policy.filled(0, policy.victim(0))
    expect(policy.ageOf(0, policy.victim(0))).toBe(ways - 1)
    policy.forget(0, ways - 1)
    expect(policy.victim(0)).toBe(ways - 1)
  })
})

describe('counted-lru', () => {
  it('keeps its counters below the ways whatever is forgotten', () => {
    const policy = replacementPolicy('counted-lru', 1, 4)
    for (let i = 0; i < 4; i++) policy.filled(0, policy.victim(0))
    for (let i = 0; i < 1000; i++) {
      policy.forget(0, i % 4)
      policy.filled(0, policy.victim(0))
    }
    const ages = [0, 1, 2, 3].map((way) => policy.ageOf(0, way))
    expect(ages.sort()).toEqual([0, 1, 2, 3])
  })

  it('leaves a way whose counter is 0 as it is when it is hit again', () => {
    const policy = replacementPolicy('counted-lru', 1, 2)
    policy.filled(0, 0)
    policy.filled(0, 1)
    policy.touch(0, 1)
    policy.touch(0, 1)
    expect(policy.victim(0)).toBe(0)
  })
})

describe('sets of a cache under counted-lru', () => {
  it.each([1, 2, 8, 9, 11, 16])('of %i ways, whose counters share words, agree with the policy', (ways) => {
    const accesses = fc.array(fc.tuple(fc.nat(2), fc.nat(2 * ways)), { maxLength: 400, size: 'max' })
    fc.assert(
      fc.property(accesses, (sequence) => {
        const tags = (): Int32Array => new Int32Array(3 * ways).fill(-1)
        const [fast, slow] = [new CountedSets(tags(), ways), new PolicySets(tags(), 3, ways, 'counted-lru')]
        const answers = (sets: CountedSets | PolicySets): string =>
          sequence.map(([set, tag]) => `${sets.contains(set, tag)} ${sets.access(set, tag)}`).join('\n')
        expect(answers(fast)).toBe(answers(slow))
      })
    )
  })

  it.each([17, 18, 19, 20])('of 16 ways agree when a counter that stands at 15 is hit: %i lines', (lines) => {
    for (let trial = 0; trial < 100; trial++) {
      const tags = (): Int32Array => new Int32Array(16).fill(-1)
      const [fast, slow] = [new CountedSets(tags(), 16), new PolicySets(tags(), 1, 16, 'counted-lru')]
      const sequence = Array.from({ length: 400 }, (_, n) => {
        const random = mix32(trial * 400 + n) >>> 0
        return (random & 1) === 0 ? n % lines : (random >>> 1) % lines
      })
      const answers = (sets: CountedSets | PolicySets): string =>
        sequence.map((tag) => sets.access(0, tag)).join()
      expect(answers(fast)).toBe(answers(slow))
    }
  })
})
