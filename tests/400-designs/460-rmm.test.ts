/** Redundant memory mappings: no reference where ranges of all layers answer, those of radix where they do not. */
import { coldWalk } from '@main/lab/cold-walk'
import type { Environment } from '@shared/model/environment'
import { describe, expect, it } from 'vitest'
import { aSpec } from '../builders/spec'

/** What is mapped at once is kept small, so that it does not take long. */
const EAGER = '4MiB'
const SIZES = ['4K', '2M', '1G'] as const

function references(environment: Environment, input: Record<string, unknown>, options: object): number {
  const walk = coldWalk(aSpec({ environment, lanes: ['rmm'], ...input, ...options }), 'rmm')
  expect(walk.outcome).toBe('translated')
  expect(walk.criticalReferences).toBe(walk.references)
  expect(walk.wastedReferences).toBe(0)
  return walk.references
}

const cells = (environment: Environment, options: object): number[] => [
  ...SIZES.map((pageSize) => references(environment, { pageSize, hostPageSize: pageSize }, options)),
  references(environment, { levels: 5 }, options)
]

describe('cold walks: 4K, 2M, 1G, and 4K with five levels', () => {
  const table: [string, Environment, object, number[]][] = [
    ['native', 'native', {}, [4, 3, 2, 5]],
    ['virtualized', 'virtualized', {}, [24, 15, 8, 35]],
    ['nested over EPT02', 'nested', {}, [24, 15, 8, 35]],
    ['nested, three dimensions', 'nested', { nested: { fallback: 'pure' } }, [124, 63, 26, 215]]
  ]
  it.each(table)('%s: none on a hit, those of radix on a miss', (_, environment, options, radix) => {
    expect(cells(environment, { ...options, rmm: { range: 'hit', eager: EAGER } })).toEqual([0, 0, 0, 0])
    expect(cells(environment, { ...options, rmm: { range: 'miss', eager: EAGER } })).toEqual(radix)
    // Nothing is cached in a cold walk, so a look-up misses.
    expect(cells(environment, { ...options, rmm: { eager: EAGER } })).toEqual(radix)
  })
})
