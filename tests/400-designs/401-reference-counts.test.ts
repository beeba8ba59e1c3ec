/**
 * The reference counts of the published comparison: closed forms, not recordings. A radix dimension of l
 * levels over a stage that costs c needs l * (c + 1) + c references; DMT the same with l = 1; cooperative DMT
 * 1 + c.
 */
import { describe, expect, it } from 'vitest'
import { coldWalk } from '@main/lab/cold-walk'
import type { Environment } from '@shared/model/environment'
import { aSpec } from '../builders/spec'

interface Case {
  environment: Environment
  design: string
  pageSize?: string
  hostPageSize?: string
  levels?: 4 | 5
  references: number
  critical?: number
  options?: Record<string, unknown>
}

function walkOf(c: Case): ReturnType<typeof coldWalk> {
  const { environment, design, pageSize = '4K', hostPageSize = pageSize, levels = 4, options } = c
  const lanes = [design]
  return coldWalk(aSpec({ environment, lanes, pageSize, hostPageSize, levels, ...options }), design)
}

const LEAVES = { '4K': 0, '2M': 1, '1G': 2 } as const
const SIZES = ['4K', '2M', '1G'] as const

describe('cold walks by environment, design and page size', () => {
  const table: [Environment, string, [number, number, number, number]][] = [
    ['native', 'radix', [4, 3, 2, 5]],
    ['native', 'dmt', [1, 1, 1, 1]],
    ['native', 'ideal', [0, 0, 0, 0]],
    ['virtualized', 'radix', [24, 15, 8, 35]],
    ['virtualized', 'shadow', [4, 3, 2, 5]],
    ['virtualized', 'dmt', [3, 3, 3, 3]],
    ['virtualized', 'pvdmt', [2, 2, 2, 2]],
    ['virtualized', 'ideal', [0, 0, 0, 0]],
    ['nested', 'radix', [24, 15, 8, 35]],
    ['nested', 'radix-3d', [124, 63, 26, 215]],
    ['nested', 'shadow', [4, 3, 2, 5]],
    ['nested', 'dmt', [7, 7, 7, 7]],
    ['nested', 'pvdmt', [3, 3, 3, 3]],
    ['nested', 'ideal', [0, 0, 0, 0]]
  ]
  for (const [environment, design, [base, huge, giant, la57]] of table) {
    it(`${environment} ${design}: ${base}, ${huge}, ${giant}, with five levels ${la57}`, () => {
      const counts = [
        ...SIZES.map((pageSize) => walkOf({ environment, design, pageSize, references: 0 })),
        walkOf({ environment, design, levels: 5, references: 0 })
      ]
      expect(counts.map((w) => w.references)).toEqual([base, huge, giant, la57])
      expect(counts.map((w) => w.criticalReferences)).toEqual([base, huge, giant, la57])
      expect(counts.every((w) => w.outcome === 'translated' && w.wastedReferences === 0)).toBe(true)
    })
  }
})

describe('two page-size classes are fetched side by side', () => {
  for (const pageSize of SIZES) {
    it(`native dmt, ${pageSize}: 2 references, 1 of them critical`, () => {
      const walk = walkOf({
        environment: 'native',
        design: 'dmt',
        pageSize,
        references: 2,
        options: { dmt: { classes: 2 } }
      })
      expect([walk.references, walk.criticalReferences, walk.wastedReferences]).toEqual([2, 1, 0])
    })
  }
})

describe('2-D radix walks over mixed leaf sizes', () => {
  for (const levels of [4, 5] as const) {
    for (const pageSize of SIZES) {
      for (const hostPageSize of SIZES) {
        const guest = levels - LEAVES[pageSize]
        const host = levels - LEAVES[hostPageSize]
        const expected = guest * (host + 1) + host
        it(`guest ${pageSize}, host ${hostPageSize}, ${levels} levels: ${expected}`, () => {
          const walk = walkOf({
            environment: 'virtualized',
            design: 'radix',
            pageSize,
            hostPageSize,
            levels,
            references: expected
          })
          expect(walk.references).toBe(expected)
        })
      }
    }
  }
})

describe('partial coverage', () => {
  const LEVELS = 4
  const cost = (mode: string, below: number): number =>
    mode === 'P' ? 1 + below : mode === 'D' ? 2 * below + 1 : LEVELS * (below + 1) + below
  const modes = ['R', 'D', 'P'] as const

  for (const l0 of ['R', 'D']) {
    for (const l1 of modes) {
      const expected = cost(l1, cost(l0, 0))
      it(`virtualized L0=${l0} L1=${l1}: ${expected}`, () => {
        const options = { coverage: { L0: l0, L1: l1 } }
        expect(
          walkOf({ environment: 'virtualized', design: 'pvdmt', references: expected, options }).references
        ).toBe(expected)
      })
      for (const l2 of modes) {
        const three = cost(l2, expected)
        it(`nested L0=${l0} L1=${l1} L2=${l2}: ${three}`, () => {
          const options = { coverage: { L0: l0, L1: l1, L2: l2 }, nested: { fallback: 'pure' } }
          expect(
            walkOf({ environment: 'nested', design: 'pvdmt', references: three, options }).references
          ).toBe(three)
        })
      }
    }
  }

  it.each([
    ['P', 5],
    ['R', 24]
  ])(
    'with a shadow EPT, an uncovered lower layer sends both through it: L2=%s needs %i',
    (l2, references) => {
      const options = { coverage: { L0: 'R', L1: 'P', L2: l2 }, nested: { fallback: 'shadow-ept' } }
      expect(walkOf({ environment: 'nested', design: 'pvdmt', references, options }).references).toBe(
        references
      )
    }
  )
})
