import { placesOf, walksOfOneSize } from '@main/lab/placed-walks'
import { StepCodes } from '@main/lab/step-code'
import { WalkPatterns } from '@main/lab/walk-patterns'
import { FLAG_REGISTER, FLAG_SHADOW, Walk } from '@main/hardware/walker/walk'
import type { PlaceToken } from '@shared/formulas/places'
import type { HistogramRow } from '@shared/model/result'
import { PATTERN_STEPS, type PatternStep } from '@shared/model/walk-record'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PLACE_NAMES } from '../builders/paper-histogram'

interface Step {
  readonly layer: number
  readonly level: number
  readonly hit: PatternStep
  readonly for1: number
  readonly for2: number
  readonly flags: number
}

/** The walk with these steps is the one that has just ended. */
function walked(walk: Walk, steps: readonly Step[], cycles = 10): Walk {
  walk.begin()
  for (const { layer, level, hit, for1, for2, flags } of steps) {
    walk.serving[1] = for1
    walk.serving[2] = for2
    walk.cached(layer, level, 0, 0, PATTERN_STEPS.indexOf(hit), 0, flags)
  }
  walk.cycles = cycles
  return walk
}

const step = fc.record({
  layer: fc.integer({ min: 0, max: 2 }),
  level: fc.integer({ min: 1, max: 5 }),
  hit: fc.constantFrom(...PATTERN_STEPS),
  for1: fc.integer({ min: 0, max: 5 }),
  for2: fc.integer({ min: 0, max: 5 }),
  flags: fc.constantFrom(0, FLAG_REGISTER, FLAG_SHADOW)
})
/** Few different walks, so that they repeat. */
const walks = fc
  .array(fc.array(step, { maxLength: 5 }), { minLength: 1, maxLength: 8 })
  .chain((some) =>
    fc.array(fc.tuple(fc.constantFrom(...some), fc.integer({ min: 1, max: 500 })), { maxLength: 60 })
  )

/** By the names of the hit levels alone. */
function naiveRows(all: readonly (readonly [readonly Step[], number])[]): HistogramRow[] {
  const rows = new Map<string, HistogramRow>()
  for (const [steps, cycles] of all) {
    const hits = steps.map(({ hit }) => hit)
    const { count, cycles: before } = rows.get(hits.join()) ?? { count: 0, cycles: 0 }
    rows.set(hits.join(), { steps: hits, count: count + 1, cycles: (before ?? 0) + cycles })
  }
  return [...rows.values()].sort((a, b) => b.count - a.count || (a.steps.join() < b.steps.join() ? -1 : 1))
}

/** What is the same for a pattern: where each step stood, for what, and what answered. A layer serves those above it only. */
const placedName = (steps: readonly Step[]): string =>
  steps
    .map(({ layer, level, hit, for1, for2, flags }) =>
      [layer, level, hit, layer < 1 ? for1 : 0, layer < 2 ? for2 : 0, flags].join('.')
    )
    .join()

describe('WalkPatterns', () => {
  it('counts as a naive count by hit levels does, and keeps places apart', () => {
    fc.assert(
      fc.property(walks, (all) => {
        const [patterns, walk] = [new WalkPatterns(), new Walk()]
        for (const [steps, cycles] of all) patterns.add(walked(walk, steps, cycles))
        expect(patterns.rows()).toEqual(naiveRows(all))
        expect(patterns.all).toHaveLength(new Set(all.map(([steps]) => placedName(steps))).size)
      })
    )
  })

  it('finds every pattern again when there are many', () => {
    const [patterns, walk] = [new WalkPatterns(), new Walk()]
    const stepsOf = (n: number): Step[] =>
      [0, 1, 2, 3, 4].map((digit) => ({
        layer: 0,
        level: 1 + digit,
        hit: PATTERN_STEPS[Math.floor(n / 7 ** digit) % 7],
        for1: 0,
        for2: 0,
        flags: 0
      }))
    for (let n = 0; n < 2 * 7 ** 5; n++) patterns.add(walked(walk, stepsOf(n)))
    expect(patterns.all).toHaveLength(7 ** 5)
    expect(patterns.all.every(({ count }) => count === 2)).toBe(true)
    patterns.clear()
    expect([patterns.all, patterns.rows()]).toEqual([[], []])
  })

  it('leaves out the steps of an attempt that fell back', () => {
    const [patterns, walk] = [new WalkPatterns(), new Walk()]
    const read = (hit: PatternStep): Step => ({ layer: 0, level: 1, hit, for1: 0, for2: 0, flags: 0 })
    walked(walk, [read('MEMORY')])
    walk.waste(walk.start, 0, 0)
    walk.cached(0, 1, 0, 0, PATTERN_STEPS.indexOf('L2'), 0, 0)
    patterns.add(walk)
    expect(patterns.rows()).toEqual([{ steps: ['L2'], count: 1, cycles: 10 }])
  })
})

/** `G3H2=L1` of a stack of so many layers: levels are counted from the root in the name. */
function stepNamed(text: string, depth: number): Step {
  const [name, hit] = text.split('=')
  const [, guest, host] = /^(?:G(\d)|UD)?(?:H(\d))?$/.exec(name) ?? []
  const level = (digit: string | undefined): number => (digit === undefined ? 0 : 5 - Number(digit))
  const isHost = host !== undefined
  const served = isHost ? level(guest) : 0
  return {
    layer: isHost ? 0 : depth - 1,
    level: level(isHost ? host : guest),
    hit: PATTERN_STEPS.find((one) => one === hit) ?? 'MEMORY',
    for1: depth === 2 ? served : 0,
    for2: depth === 3 ? served : 0,
    flags: depth === 3 && isHost ? FLAG_SHADOW : 0
  }
}

function codesOf(steps: readonly Step[]): Uint16Array {
  const codes = new StepCodes()
  codes.read(walked(new Walk(), steps))
  return codes.copy()
}

function vector(depth: number, ...texts: string[]): string[] | null {
  const places = placesOf(codesOf(texts.map((text) => stepNamed(text, depth))), depth)
  if (places === null) return null
  const names = depth === 1 ? PLACE_NAMES.native : PLACE_NAMES.twoDimensional
  return places.flatMap((token, i) => (token === 'ZERO' ? [] : [`${names[i]}=${token}`]))
}

describe('the vector of a walk', () => {
  const full = PLACE_NAMES.twoDimensional.map((name, i) => `${name}=${PATTERN_STEPS[2 + (i % 4)]}`)

  it.each([2, 3])('holds all 24 steps of a walk that nothing spared, in a stack of %i layers', (depth) => {
    expect(vector(depth, ...full)).toEqual(full)
  })

  it('holds a walk-cache hit at its level, and nothing above it', () => {
    expect(vector(1, 'G3=PWC', 'G4=LLC')).toEqual(['G3=PWC', 'G4=LLC'])
    const steps = ['G2=PWC', 'G3=L1', 'G4H3=PWC', 'G4H4=L2', 'G4=LLC', 'UDH2=PWC', 'UDH3=L1', 'UDH4=MEMORY']
    expect(vector(2, ...steps)).toEqual(steps)
  })

  it('holds a nested-TLB hit as a walk-cache hit at the last host place of its level', () => {
    expect(vector(2, 'G4H4=NTLB', 'G4=L1', 'UDH4=L2')).toEqual(['G4H4=PWC', 'G4=L1', 'UDH4=L2'])
    expect(vector(3, 'G3H4=NTLB', 'G3=L1', 'UDH3=L2')).toEqual(['G3H3=PWC', 'G3=L1', 'UDH3=L2'])
  })

  it('keeps ZERO where the walk itself names a step that was spared', () => {
    expect(vector(1, 'G1=ZERO', 'G2=ZERO', 'G3=PWC', 'G4=L1')).toEqual(['G3=PWC', 'G4=L1'])
  })

  it('does not exist for five levels, for registers, for three dimensions or for no step at all', () => {
    expect(vector(1, 'G0=L1', 'G1=L1', 'G2=L1', 'G3=L1', 'G4=L1')).toBeNull()
    expect(vector(1)).toBeNull()
    const one = (layer: number, flags: number, depth: number): PlaceToken[] | null => {
      const steps: Step[] = [{ layer, level: 1, hit: 'L1', for1: 0, for2: 0, flags }]
      return placesOf(codesOf(steps), depth)
    }
    expect(one(0, FLAG_REGISTER, 1)).toBeNull()
    expect(one(1, 0, 3)).toBeNull()
    expect(one(0, 0, 1)).toEqual(['ZERO', 'ZERO', 'ZERO', 'L1'])
  })
})

describe('walks of one page size', () => {
  const native = (count: number, ...places: PlaceToken[]) => ({ places, count })
  const twoDimensional = (guestLeaf: number, hostLeaf: number, count = 1) => {
    const places = new Array<PlaceToken>(24).fill('ZERO')
    places[(guestLeaf - 1) * 5 + 4] = 'L1'
    places[19 + hostLeaf] = 'L1'
    return { places, count }
  }
  const base = (count: number) => native(count, 'ZERO', 'ZERO', 'PWC', 'L1')
  const huge = (count: number) => native(count, 'L1', 'L1', 'L1', 'ZERO')

  it.each([
    [[base(1)], '4K', 1],
    [[huge(2)], '2M', 2],
    [[huge(95), base(5)], '2M', 95],
    [[huge(4), base(96)], '4K', 96],
    [[twoDimensional(4, 4)], '4K', 1],
    [[twoDimensional(3, 3)], '2M', 1],
    [[twoDimensional(3, 3, 99), twoDimensional(4, 3)], '2M', 99]
  ])('%#: are those of the size that nearly all have', (walks, pages, count) => {
    expect(walksOfOneSize(walks)).toMatchObject({ pages, count })
  })

  it.each([
    [[]],
    [[native(1, 'L1', 'L1', 'ZERO', 'ZERO')]],
    [[huge(94), base(6)]],
    [[twoDimensional(4, 3)]],
    [[twoDimensional(3, 4)]]
  ])('%#: are none where sizes are mixed or others', (walks) => {
    expect(walksOfOneSize(walks)).toBeNull()
  })
})
