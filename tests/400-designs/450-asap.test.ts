/**
 * Prefetched address translation: the reads of radix, of which those of the two deepest levels are under way from the
 * begin of a walk. A dimension of which l levels are not prefetched, over one that takes s reads in series, takes
 * l * (s + 1) + s.
 */
import { coldWalk } from '@main/lab/cold-walk'
import type { Environment } from '@shared/model/environment'
import { describe, expect, it } from 'vitest'
import { aSpec } from '../builders/spec'

const SIZES = ['4K', '2M', '1G'] as const
type Cell = readonly [references: number, critical: number]

function cell(environment: Environment, input: Record<string, unknown>, options = {}): Cell {
  const walk = coldWalk(aSpec({ environment, lanes: ['asap'], ...input, ...options }), 'asap')
  expect(walk.outcome).toBe('translated')
  expect(walk.wastedReferences).toBe(0)
  expect(walk.steps.length).toBe(walk.references)
  return [walk.references, walk.criticalReferences]
}

const pageSizes = (environment: Environment, options = {}): Cell[] => [
  ...SIZES.map((pageSize) => cell(environment, { pageSize, hostPageSize: pageSize }, options)),
  cell(environment, { levels: 5 }, options)
]

describe('cold walks: 4K, 2M, 1G, and 4K with five levels', () => {
  const table: [string, Environment, Record<string, unknown>, Cell[]][] = [
    [
      'native',
      'native',
      {},
      [
        [4, 2],
        [3, 2],
        [2, 2],
        [5, 3]
      ]
    ],
    [
      'virtualized',
      'virtualized',
      {},
      [
        [24, 8],
        [15, 8],
        [8, 8],
        [35, 15]
      ]
    ],
    [
      'nested over EPT02',
      'nested',
      {},
      [
        [24, 14],
        [15, 11],
        [8, 8],
        [35, 23]
      ]
    ],
    [
      'nested, three dimensions',
      'nested',
      { nested: { fallback: 'pure' } },
      [
        [124, 26],
        [63, 26],
        [26, 26],
        [215, 63]
      ]
    ]
  ]
  it.each(table)('%s', (_, environment, options, expected) => {
    expect(pageSizes(environment, options)).toEqual(expected)
  })
})
