/**
 * HugeGPT. Counts are closed forms: g guest levels, each found by a walk of the host that ends at a 2 MiB leaf, and a
 * walk of the host for the page itself. A root outside the segments costs a level of the host more.
 */
import { coldWalk } from '@main/lab/cold-walk'
import { describe, expect, it } from 'vitest'
import { aSpec } from '../builders/spec'

const walkOf = (input: Record<string, unknown>): ReturnType<typeof coldWalk> =>
  coldWalk(aSpec({ environment: 'virtualized', lanes: ['hugegpt'], ...input }), 'hugegpt')

const LEAF = { '4K': 1, '2M': 2, '1G': 3 } as const
const SIZES = ['4K', '2M', '1G'] as const

describe('cold walks with guest tables in segments', () => {
  const cells: [string, Record<string, unknown>, number, number][] = [
    ['guest 4K, host 4K', {}, 20, 21],
    ['guest 2M, host 4K', { pageSize: '2M' }, 16, 17],
    ['guest 1G, host 4K', { pageSize: '1G' }, 12, 13],
    ['five levels', { levels: 5 }, 30, 31],
    ['guest 4K, host 2M', { hostPageSize: '2M' }, 19, 19]
  ]
  it.each(cells)('%s: %i references, %i with the root outside', (_, input, included, excluded) => {
    const counts = ['included', 'excluded'].map((root) => walkOf({ ...input, hugegpt: { root } }))
    expect(counts.map((walk) => walk.references)).toEqual([included, excluded])
    expect(counts.map((walk) => walk.criticalReferences)).toEqual([included, excluded])
  })

  for (const levels of [4, 5] as const)
    for (const pageSize of SIZES)
      for (const hostPageSize of SIZES) {
        const guest = levels + 1 - LEAF[pageSize]
        const tables = levels + 1 - Math.max(2, LEAF[hostPageSize])
        const data = levels + 1 - LEAF[hostPageSize]
        const expected = guest * (tables + 1) + data
        it(`guest ${pageSize}, host ${hostPageSize}, ${levels} levels: ${expected}`, () => {
          expect(walkOf({ levels, pageSize, hostPageSize }).references).toBe(expected)
        })
      }

  it('are ordinary two-dimensional walks where the host knows no such call', () => {
    expect(walkOf({ gtea: { support: false } }).references).toBe(24)
  })

  it('are ordinary two-dimensional walks where the host does not cooperate', () => {
    expect(walkOf({ cooperation: false }).references).toBe(24)
  })
})
