import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replacementPolicy } from '@main/hardware/replacement'
import { aTree, leaving, orderOfLeaving, use } from '../builders/naive-plru'

const SETS = 3

type Step = { readonly do: 'hit' | 'bring' | 'forget'; readonly set: number; readonly way: number }

const steps = (ways: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      do: fc.constantFrom('hit' as const, 'bring' as const, 'bring' as const, 'forget' as const),
      set: fc.nat(SETS - 1),
      way: fc.nat(ways - 1)
    }),
    { maxLength: 200, size: 'max' }
  )

describe.each([1, 2, 3, 4, 11, 12, 16])('true LRU of %i ways', (ways) => {
  it('agrees with a list of the valid ways, most recent first', () => {
    fc.assert(
      fc.property(steps(ways), (sequence) => {
        const lru = replacementPolicy('lru', SETS, ways)
        const valid: number[][] = Array.from({ length: SETS }, () => [])
        const [said, expected]: string[][] = [[], []]
        for (const { do: action, set, way } of sequence) {
          const list = valid[set]
          const place = list.indexOf(way)
          if (action === 'bring') {
            const victim = lru.victim(set)
            const isRight = list.length === ways ? victim === list.pop() : !list.includes(victim)
            said.push(`victim ${victim}: ${isRight}`)
            expected.push(`victim ${victim}: true`)
            lru.filled(set, victim)
            list.unshift(victim)
          } else if (place >= 0) {
            list.splice(place, 1)
            if (action === 'hit') list.unshift(way)
            if (action === 'hit') lru.touch(set, way)
            else lru.forget(set, way)
          }
          said.push(list.map((w) => lru.ageOf(set, w)).join())
          expected.push([...list.keys()].join())
        }
        expect(said.join('\n')).toBe(expected.join('\n'))
      })
    )
  })
})

describe('true LRU', () => {
  it('fills an empty set from the lowest way up', () => {
    const lru = replacementPolicy('lru', 1, 4)
    const filled = [0, 1, 2, 3].map(() => {
      const way = lru.victim(0)
      lru.filled(0, way)
      return way
    })
    expect(filled).toEqual([0, 1, 2, 3])
    expect(lru.victim(0)).toBe(0)
  })

  it('keeps the order of more than 256 ways', () => {
    const ways = 1000
    const lru = replacementPolicy('lru', 2, ways)
    for (let i = 0; i < ways; i++) lru.filled(1, lru.victim(1))
    for (let way = 0; way < ways; way += 2) lru.touch(1, way)
    expect(lru.victim(1)).toBe(1)
    expect(lru.ageOf(1, 998)).toBe(0)
    expect(lru.ageOf(1, 0)).toBe(499)
    expect(lru.ageOf(1, 999)).toBe(500)
  })
})

describe.each([1, 2, 3, 4, 5, 8, 11, 12, 16])('tree pseudo-LRU of %i ways', (ways) => {
  const all = Array.from({ length: ways }, (_, way) => way)

  it('agrees with a tree of lists, invalid ways first', () => {
    fc.assert(
      fc.property(steps(ways), (sequence) => {
        const plru = replacementPolicy('plru', SETS, ways)
        const sets = Array.from({ length: SETS }, () => ({ tree: aTree(all), valid: new Set<number>() }))
        const [said, expected]: string[][] = [[], []]
        for (const { do: action, set, way } of sequence) {
          const { tree, valid } = sets[set]
          if (action === 'bring') {
            const victim = plru.victim(set)
            said.push(`victim ${victim}`)
            expected.push(`victim ${all.find((w) => !valid.has(w)) ?? leaving(tree)}`)
            plru.filled(set, victim)
            valid.add(victim)
            use(tree, victim)
          } else if (action === 'hit' && valid.has(way)) {
            plru.touch(set, way)
            use(tree, way)
          } else if (action === 'forget' && valid.delete(way)) {
            plru.forget(set, way)
          }
          const invalid = all.filter((w) => !valid.has(w))
          const order = [...invalid, ...orderOfLeaving(tree, ways).filter((w) => valid.has(w))]
          said.push(all.map((w) => plru.ageOf(set, w)).join())
          expected.push(all.map((w) => ways - 1 - order.indexOf(w)).join())
        }
        expect(said.join('\n')).toBe(expected.join('\n'))
      })
    )
  })

  it('never replaces what was used last', () => {
    const plru = replacementPolicy('plru', 1, ways)
    for (let i = 0; i < 3 * ways; i++) {
      const victim = plru.victim(0)
      plru.filled(0, victim)
      if (i >= ways - 1 && ways > 1) expect(plru.victim(0)).not.toBe(victim)
    }
  })
})

describe('tree pseudo-LRU', () => {
  it('replaces every way once in as many misses as there are ways, where they are a power of two', () => {
    const plru = replacementPolicy('plru', 1, 8)
    const victims = Array.from({ length: 24 }, () => {
      const way = plru.victim(0)
      plru.filled(0, way)
      return way
    })
    for (const from of [0, 8, 16]) expect(new Set(victims.slice(from, from + 8)).size).toBe(8)
  })

  it('is not true LRU from four ways on', () => {
    const [plru, lru] = (['plru', 'lru'] as const).map((name) => replacementPolicy(name, 1, 4))
    for (const policy of [plru, lru]) {
      for (const way of [0, 1, 2, 3]) policy.filled(0, way)
      policy.touch(0, 0)
    }
    expect([plru.victim(0), lru.victim(0)]).toEqual([2, 1])
  })
})
