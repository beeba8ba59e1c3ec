import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FLAG_REGISTER, Walk } from '@main/hardware/walker/walk'
import { walkPlaces } from '@main/lab/walk-places'
import { WalkPatterns } from '@main/lab/walk-patterns'
import { HIT_LEVELS, PATTERN_STEPS, type HitLevel } from '@shared/model/walk-record'

interface Step {
  readonly layer: number
  readonly level: number
  readonly for1: number
  readonly hit: HitLevel
  readonly byRegister?: boolean
}

function patternsOf(walks: readonly (readonly Step[])[]): WalkPatterns {
  const [patterns, walk] = [new WalkPatterns(), new Walk()]
  for (const steps of walks) {
    walk.begin()
    for (const { layer, level, for1, hit, byRegister } of steps) {
      walk.serving[1] = for1
      walk.cached(layer, level, 0, 0, PATTERN_STEPS.indexOf(hit), 0, byRegister ? FLAG_REGISTER : 0)
    }
    patterns.add(walk)
  }
  return patterns
}

/** The 24 steps of a walk in two dimensions, each answered as said. */
const twoDimensional = (hit: (n: number) => HitLevel): Step[] => {
  const steps: Step[] = []
  const host = (for1: number): void => {
    for (let level = 4; level >= 1; level--) steps.push({ layer: 0, level, for1, hit: hit(steps.length) })
  }
  for (let level = 4; level >= 1; level--) {
    host(level)
    steps.push({ layer: 1, level, for1: 0, hit: hit(steps.length) })
  }
  host(0)
  return steps
}

describe('places of walks', () => {
  it('are the 24 of a two-dimensional walk, in the order of the walk, each with its own counts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom(...HIT_LEVELS), { minLength: 24, maxLength: 24 }), {
          minLength: 1,
          maxLength: 20
        }),
        (walks) => {
          const all = walks.map((hits) => twoDimensional((n) => hits[n]))
          const { walks: count, places } = walkPlaces(patternsOf(all).all)
          expect(count).toBe(walks.length)
          expect(places).toHaveLength(24)
          places.forEach((place, n) => {
            const step = all[0][n]
            expect([place.layer, place.level]).toEqual([`L${step.layer}`, step.level])
            expect(place.for).toBe(step.for1 > 0 && step.layer === 0 ? `L1 level ${step.for1}` : 'data')
            const naive = HIT_LEVELS.map((level) => walks.filter((hits) => hits[n] === level).length)
            expect(place.hits).toEqual(naive)
          })
        }
      )
    )
  })

  it('leave out what walks did not come to, and keep a register’s step apart', () => {
    const full = twoDimensional(() => 'L2')
    const byRegister: Step[] = [
      { layer: 1, level: 1, for1: 0, hit: 'MEMORY', byRegister: true },
      { layer: 0, level: 1, for1: 0, hit: 'LLC', byRegister: true }
    ]
    const { walks, places } = walkPlaces(patternsOf([full.slice(20), byRegister, byRegister]).all)
    expect(walks).toBe(3)
    expect(places.map((p) => [p.layer, p.level, p.byRegister, Math.max(...p.hits)])).toEqual([
      ['L1', 1, true, 2],
      ['L0', 4, false, 1],
      ['L0', 3, false, 1],
      ['L0', 2, false, 1],
      ['L0', 1, false, 1],
      ['L0', 1, true, 2]
    ])
  })

  it('are none before the first walk', () => {
    expect(walkPlaces([])).toEqual({ walks: 0, places: [] })
  })
})
