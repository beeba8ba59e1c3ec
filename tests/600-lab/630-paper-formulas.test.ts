import { formulasIn, type PaperEnvironment } from '@shared/formulas/designs'
import { applicationSpeedups, estimate } from '@shared/formulas/estimate'
import { PLACE_CYCLES, placeCycles, type PaperPages, type PlaceToken } from '@shared/formulas/places'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PLACE_NAMES, golden, nativeVector, twoDimensionalVector } from '../builders/paper-histogram'

/** Average cycles of Vanilla, then speedups: what the authors' own processor gives for the recorded walks. */
const CHECK_VALUES: readonly [string, PaperEnvironment, PaperPages, number, Record<string, number>][] = [
  [
    'uniform/expected.virt.txt',
    'virtualized',
    '4K',
    66.93,
    { fpt: 1.47, ecpt: 1.38, asap: 1.74, agile: 1.32, dmt: 1.84, pvdmt: 2.08 }
  ],
  [
    'uniform/expected.virt.txt',
    'virtualized',
    '2M',
    20.82,
    { fpt: 1.48, ecpt: 1.09, asap: 1.48, agile: 1.11, dmt: 2.93, pvdmt: 3.16 }
  ],
  [
    'chase/expected.virt.txt',
    'virtualized',
    '4K',
    84.14,
    { fpt: 1.34, ecpt: 1.27, asap: 1.51, agile: 1.23, dmt: 1.56, pvdmt: 1.7 }
  ],
  ['uniform/expected.native.txt', 'native', '4K', 20.46, { fpt: 1.29, ecpt: 1.3, asap: 1.43, dmt: 1.48 }]
]

const rounded = (values: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).map(([design, value]) => [design, Number(value.toFixed(2))]))

describe('the recorded histograms', () => {
  it.each(CHECK_VALUES)('%s, %s, %s', (file, environment, pages, vanilla, speedups) => {
    const histogram = golden(file)
    if (histogram.kind !== 'histogram') throw new Error(`${file} is no histogram`)
    const { cyclesPerWalk, pageWalkSpeedup } = estimate(histogram.rows, environment, pages)
    expect(cyclesPerWalk.vanilla).toBeCloseTo(vanilla, 2)
    expect(rounded(pageWalkSpeedup)).toEqual(speedups)
  })
})

/** Every expression written out by the names of its places, as in the tables of the source. */
const SPELLED: readonly [PaperEnvironment, PaperPages, string, string][] = [
  ['native', '4K', 'vanilla', 'G1 G2 G3 G4'],
  ['native', '2M', 'vanilla', 'G1 G2 G3'],
  ['native', '4K', 'fpt', 'G2 G4'],
  ['native', '2M', 'fpt', 'G1 G3'],
  ['native', '4K', 'dmt', 'G4'],
  ['native', '2M', 'dmt', 'G3'],
  ['virtualized', '4K', 'vanilla', PLACE_NAMES.twoDimensional.join(' ')],
  ['virtualized', '2M', 'vanilla', PLACE_NAMES.twoDimensional.filter((n) => !n.includes('4')).join(' ')],
  ['virtualized', '4K', 'fpt', 'G2H2 G2H4 G2 G4H2 G4H4 G4 UDH2 UDH4'],
  ['virtualized', '2M', 'fpt', 'G1H1 G1H3 G1 G3H1 G3H3 G3 UDH1 UDH3'],
  ['virtualized', '4K', 'agile', 'G1 G2 G3 G4 UDH1 UDH2 UDH3 UDH4'],
  ['virtualized', '2M', 'agile', 'G1 G2 G3 UDH1 UDH2 UDH3'],
  ['virtualized', '4K', 'dmt', 'G4H4 G4 UDH4'],
  ['virtualized', '2M', 'dmt', 'G3H3 G3 UDH3'],
  ['virtualized', '4K', 'pvdmt', 'G4 UDH4'],
  ['virtualized', '2M', 'pvdmt', 'G3 UDH3']
]

const vectorIn = (environment: PaperEnvironment): fc.Arbitrary<PlaceToken[]> =>
  environment === 'native' ? nativeVector : twoDimensionalVector

function cost(
  environment: PaperEnvironment,
  pages: PaperPages,
  design: string,
  places: readonly PlaceToken[]
): number {
  const formula = formulasIn(environment).find(([id]) => id === design)?.[1]
  if (!formula) throw new Error(`no formula for ${design}`)
  return formula(placeCycles(places, pages))
}

describe('each formula', () => {
  it.each(SPELLED)('%s %s %s adds %s', (environment, pages, design, terms) => {
    const names: readonly string[] =
      environment === 'native' ? PLACE_NAMES.native : PLACE_NAMES.twoDimensional
    fc.assert(
      fc.property(vectorIn(environment), (places) => {
        const expected = terms
          .split(' ')
          .reduce((sum, name) => sum + PLACE_CYCLES[places[names.indexOf(name)]], 0)
        expect(cost(environment, pages, design, places)).toBe(expected)
      })
    )
  })

  it('ASAP overlaps what is prefetched, at each guest level and over the guest levels', () => {
    const asap = (a: number, b: number, c: number, d: number): number => Math.max(Math.max(a + b, c), d)
    fc.assert(
      fc.property(twoDimensionalVector, (places) => {
        const t = places.map((token) => PLACE_CYCLES[token])
        const guest = (i: number): number => asap(t[i], t[i + 1], t[i + 2], t[i + 3]) + t[i + 4]
        const expected = asap(guest(0), guest(5), guest(10), guest(15)) + asap(t[20], t[21], t[22], t[23])
        expect(cost('virtualized', '4K', 'asap', places)).toBe(expected)
      })
    )
  })

  it('ECPT adds its look-up to the reads of DMT, and nested pvDMT is half as much again', () => {
    fc.assert(
      fc.property(twoDimensionalVector, fc.constantFrom<PaperPages>('4K', '2M'), (places, pages) => {
        const of = (design: string): number => cost('virtualized', pages, design, places)
        expect(of('ecpt')).toBe(of('dmt') + 12)
        expect(cost('nested', pages, 'pvdmt', places)).toBe(1.5 * of('pvdmt'))
        expect(of('pvdmt')).toBeLessThanOrEqual(of('dmt'))
        expect(of('asap')).toBeLessThanOrEqual(of('vanilla'))
      })
    )
  })
})

describe('averages', () => {
  it('weigh vectors by their counts: a vector twice is a vector with twice the count', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(twoDimensionalVector, fc.integer({ min: 1, max: 1000 })), {
          minLength: 1,
          maxLength: 10
        }),
        (vectors) => {
          const once = vectors.map(([places, count]) => ({ places, count: 2 * count }))
          const twice = [...vectors, ...vectors].map(([places, count]) => ({ places, count }))
          expect(estimate(twice, 'virtualized', '4K')).toEqual(estimate(once, 'virtualized', '4K'))
        }
      )
    )
  })

  it('are 0 where there is no walk, and so are speedups', () => {
    const { cyclesPerWalk, pageWalkSpeedup } = estimate([], 'native', '4K')
    expect(Object.values(cyclesPerWalk)).toEqual([0, 0, 0, 0, 0])
    expect(Object.values(pageWalkSpeedup)).toEqual([0, 0, 0, 0])
  })
})

describe('application speedup', () => {
  /** Overhead, page-walk speedup and what follows, from the sample output of the source. */
  it.each([
    [0.918, 1.22, 1.198],
    [0.918, 1.12, 1.109],
    [0, 5, 1],
    [1, 5, 5]
  ])('with overhead %f and page-walk speedup %f is %f', (overhead, pageWalk, application) => {
    const cycles = { vanilla: 100, dmt: 100 / pageWalk }
    expect(applicationSpeedups(cycles, overhead).dmt).toBeCloseTo(application, 3)
  })
})
