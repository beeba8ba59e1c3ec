/** Elastic cuckoo page tables: what walks cost by what is known, and what happens where a way finds no frames. */
import { describe, expect, it } from 'vitest'
import { coldWalk } from '@main/lab/cold-walk'
import { aSpec } from '../builders/spec'

const cold = (input: Record<string, unknown>) => coldWalk(aSpec({ lanes: ['ecpt'], ...input }), 'ecpt')

const FORMS: Record<string, unknown>[] = [
  { pageSize: '4K', hostPageSize: '4K' },
  { pageSize: '2M', hostPageSize: '2M' },
  { pageSize: '4K', hostPageSize: '2M' },
  { pageSize: '2M', hostPageSize: '4K' },
  { levels: 5, pageSize: '4K', hostPageSize: '4K' },
  { levels: 5, pageSize: '2M', hostPageSize: '2M' }
]

/** A layer reads n lines over a stage that costs c references in s steps. */
const over = (n: number, c: number): number => n * (c + 1) + c
const lines = { way: 1, size: 3, none: 6 }

describe('references of a cold walk', () => {
  const environments = [
    ['native', 1, 'shadow-ept'],
    ['virtualized', 2, 'shadow-ept'],
    ['nested', 2, 'shadow-ept'],
    ['nested', 3, 'pure']
  ] as const
  for (const [environment, depth, fallback] of environments)
    for (const [knowledge, n] of Object.entries(lines)) {
      const references = Array.from({ length: depth }).reduce<number>((c) => over(n, c), 0)
      const critical = 2 ** depth - 1
      it(`${environment} (${fallback}), ${knowledge}: ${references}, ${critical} of them critical`, () => {
        for (const form of FORMS) {
          const walk = cold({ environment, nested: { fallback }, ecpt: { knowledge }, ...form })
          expect([walk.outcome, walk.references, walk.criticalReferences, walk.wastedReferences]).toEqual([
            'translated',
            references,
            critical,
            0
          ])
          expect(walk.steps.every(({ by }) => by === 'hash')).toBe(true)
        }
      })
    }

  it.each([
    ['native', 'way', 1],
    ['native', 'size', 3],
    ['native', 'none', 6],
    ['virtualized', 'way', 3],
    ['virtualized', 'size', 15],
    ['virtualized', 'none', 48],
    ['nested', 'way', 3]
  ])('the published counts: %s, %s known: %i', (environment, knowledge, references) => {
    expect(cold({ environment, ecpt: { knowledge } }).references).toBe(references)
  })
})
