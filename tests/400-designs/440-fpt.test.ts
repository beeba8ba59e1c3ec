/**
 * Flattened page tables. Counts are closed forms, not recordings: with d nodes or tables on the way of a dimension over
 * a stage that costs c, a walk costs d * (c + 1) + c.
 */
import { coldWalk } from '@main/lab/cold-walk'
import type { Environment } from '@shared/model/environment'
import { describe, expect, it } from 'vitest'
import { aSpec } from '../builders/spec'

type Counts = readonly [base: number, huge: number, giant: number, la57: number]

const walkOf = (input: Record<string, unknown>): ReturnType<typeof coldWalk> =>
  coldWalk(aSpec({ lanes: ['fpt'], ...input }), 'fpt')

function countsOf(environment: Environment, options: Record<string, unknown> = {}): Counts[] {
  const walks = [
    ...['4K', '2M', '1G'].map((size) => walkOf({ environment, pageSize: size, hostPageSize: size, ...options })),
    walkOf({ environment, levels: 5, ...options })
  ]
  expect(walks.every(({ outcome, wastedReferences }) => outcome === 'translated' && wastedReferences === 0)).toBe(
    true
  )
  const of = (key: 'references' | 'criticalReferences'): Counts =>
    walks.map((walk) => walk[key]) as unknown as Counts
  return [of('references'), of('criticalReferences')]
}

describe('cold walks of flattened tables', () => {
  const table: [Environment, string, Counts, Record<string, unknown>?][] = [
    ['native', '43-21', [2, 2, 1, 3]],
    ['native', '32', [3, 2, 2, 4]],
    ['native', 'none', [4, 3, 2, 5]],
    ['virtualized', '43-21', [8, 8, 3, 15]],
    ['virtualized', '32', [15, 8, 8, 24]],
    ['virtualized', 'none', [24, 15, 8, 35]],
    ['nested', '43-21', [8, 8, 3, 15]],
    ['nested', 'none', [24, 15, 8, 35]],
    ['nested', '43-21', [26, 26, 7, 63], { nested: { fallback: 'pure' } }],
    ['nested', 'none', [124, 63, 26, 215], { nested: { fallback: 'pure' } }]
  ]
  it.each(table)('%s, folding %s: %j', (environment, folding, counts, options = {}) => {
    expect(countsOf(environment, { fpt: { folding }, ...options })).toEqual([counts, counts])
  })
})
