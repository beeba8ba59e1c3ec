/** Agile paging: what a walk reads at each number of nested levels, and when tables of the guest change sides. */
import { describe, expect, it } from 'vitest'
import { coldWalk } from '@main/lab/cold-walk'
import type { WalkRecord } from '@shared/model/walk-record'
import { aSpec } from '../builders/spec'

const LEAVES = { '4K': 0, '2M': 1, '1G': 2 } as const
const SIZES = ['4K', '2M', '1G'] as const

function walkOf(nestedLevels: number, options: Record<string, unknown> = {}): WalkRecord {
  const input = { environment: 'virtualized', lanes: ['agile'], agile: { nestedLevels }, ...options }
  return coldWalk(aSpec(input), 'agile')
}

const counts = (n: number, options: Record<string, unknown>): [number, number] => {
  const { references, criticalReferences } = walkOf(n, options)
  return [references, criticalReferences]
}

describe('cold walks by number of nested levels', () => {
  it.each([
    ['4K', 4, [4, 8, 12, 16, 20]],
    ['2M', 4, [3, 6, 9, 12]],
    ['1G', 4, [2, 4, 6]],
    ['4K', 5, [5, 10, 15, 20, 25, 30]]
  ] as const)('%s pages, %i levels: %j, all in turn', (pageSize, levels, expected) => {
    const options = { pageSize, hostPageSize: pageSize, levels }
    expect(expected.map((_, n) => counts(n, options))).toEqual(expected.map((count) => [count, count]))
  })

  for (const levels of [4, 5] as const)
    for (const pageSize of SIZES)
      for (const hostPageSize of SIZES) {
        const guest = levels - LEAVES[pageSize]
        const host = levels - LEAVES[hostPageSize]
        // Upper levels by the shadow, then n of the guest's own, of which the first needs no walk of the host.
        const expected = Array.from({ length: guest + 1 }, (_, n) =>
          n === 0 ? Math.max(guest, host) : guest - n + n + n * host
        )
        it(`guest ${pageSize}, host ${hostPageSize}, ${levels} levels: ${expected.join(', ')}`, () => {
          const options = { pageSize, hostPageSize, levels }
          expect(expected.map((_, n) => counts(n, options)[0])).toEqual(expected)
        })
      }

  it('of a policy that has seen no writes twice read as under shadow paging; more levels than there are, all', () => {
    expect(counts(5, {})).toEqual([20, 20])
    expect(walkOf(2).outcome).toBe('translated')
  })
})
