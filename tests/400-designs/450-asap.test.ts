/**
 * Prefetched address translation: the reads of radix, of which those of the two deepest levels are under way from the
 * begin of a walk. A dimension of which l levels are not prefetched, over one that takes s reads in series, takes
 * l * (s + 1) + s.
 */
import { designOf } from '@main/designs'
import { coldWalk, coldWalkOn } from '@main/lab/cold-walk'
import type { Machine } from '@main/lab/machine'
import { pageHigh, pageLow } from '@shared/address/address'
import { ACCESSED, DIRTY } from '@shared/arch/entry'
import { LOAD, STORE } from '@shared/model/access'
import type { Environment } from '@shared/model/environment'
import type { WalkRecord } from '@shared/model/walk-record'
import { COUNTER_INDEX, type CounterId } from '@shared/stats/counters'
import { describe, expect, it } from 'vitest'
import { aLane, checkResultLaws, runLane, smallSpec } from '../builders/a-lane'
import { MAIN, aDrivenLane, aMachine } from '../builders/a-machine'
import { NO_WALK_CACHES } from '../builders/no-walk-caches'
import { aSpec } from '../builders/spec'

const SIZES = ['4K', '2M', '1G'] as const
type Cell = readonly [references: number, critical: number]

function walkOf(environment: Environment, input: Record<string, unknown>): WalkRecord {
  const walk = coldWalk(aSpec({ environment, lanes: ['asap'], ...input }), 'asap')
  expect(walk.outcome).toBe('translated')
  expect(walk.wastedReferences).toBe(0)
  return walk
}

const cellOf = ({ references, criticalReferences }: WalkRecord): Cell => [references, criticalReferences]

const cells = (environment: Environment, options: object): Cell[] => [
  ...SIZES.map((size) => cellOf(walkOf(environment, { pageSize: size, hostPageSize: size, ...options }))),
  cellOf(walkOf(environment, { levels: 5, ...options }))
]

const count = ({ ledger }: Machine, id: CounterId): number => ledger.counters[COUNTER_INDEX[id]]

describe('cold walks: 4K, 2M, 1G, and 4K with five levels', () => {
  const pure = { nested: { fallback: 'pure' } }
  it.each<[string, Environment, object, Cell[]]>([
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
      pure,
      [
        [124, 26],
        [63, 26],
        [26, 26],
        [215, 63]
      ]
    ]
  ])('%s', (_, environment, options, expected) => {
    expect(cells(environment, options)).toEqual(expected)
  })

  it('says of each read that was made ahead that it was', () => {
    const { steps } = walkOf('native', {})
    expect(steps.map(({ level, by }) => [level, by])).toEqual(
      expect.arrayContaining([
        [4, 'radix'],
        [3, 'radix'],
        [2, 'prefetch'],
        [1, 'prefetch']
      ])
    )
    expect(steps.length).toBe(4)
  })
})

describe('where there is nothing to read ahead', () => {
  const noAreas = { tea: { minVmaMiB: 65_536 } }
  it.each<[Environment, Record<string, unknown>, Cell]>([
    ['native', noAreas, [4, 4]],
    ['virtualized', noAreas, [24, 24]],
    // Nobody grants machine-contiguous frames: the guest’s tables are found by the host’s short walks.
    ['virtualized', { cooperation: false }, [24, 14]],
    ['nested', { cooperation: false }, [24, 24]]
  ])('%s %j: %j', (environment, options, expected) => {
    expect(cellOf(walkOf(environment, options))).toEqual(expected)
  })

  it('reads a table outside the array as ever, and what was prefetched in vain as well', () => {
    const machine = aMachine({ environment: 'native', lanes: ['asap'] })
    const page = MAIN.start + 4000
    machine.stack.populate(page, true)
    const { registers } = machine.stack.inner.space.teas
    for (let n = 0; n < registers.count; n++) {
      const value = registers.valueOf(n)
      if (value !== null) registers.load(n, { ...value, base: value.base + 40 })
    }
    const walk = coldWalkOn(machine, pageHigh(page), pageLow(page), 0)
    expect(walk.outcome).toBe('translated')
    expect(cellOf(walk)).toEqual([6, 4])
    expect(
      walk.physicalAddress.startsWith('0x' + machine.stack.inner.space.table.frameOf(page).toString(16))
    ).toBe(true)
  })
})

describe('a lane of it', () => {
  it.each<[Environment, string]>([
    ['native', '4K'],
    ['virtualized', '4K'],
    ['virtualized', 'thp'],
    ['nested', '4K']
  ])('%s, %s: keeps the laws of results and reaches the pages of radix', async (environment, pageSize) => {
    const spec = smallSpec({ environment, pageSize, lanes: ['asap'], workload: 'gups', footprint: '16MiB' })
    const result = await runLane(aLane(spec))
    checkResultLaws(result)
    const { counters } = result
    expect(counters.prefetches).toBeGreaterThan(0)
    expect(counters.prefetchesUnused).toBeLessThan(counters.prefetches)
    const radix = await runLane(aLane({ ...spec, lanes: ['radix'] }, 'radix'))
    expect(counters.walks).toBe(radix.counters.walks)
    expect(counters.walkCriticalReferences).toBeLessThan(radix.counters.walkCriticalReferences)
  })

  it('counts what nobody came for: behind walk caches most prefetches are in vain', () => {
    const driven = aDrivenLane({ environment: 'native', lanes: ['asap'] })
    driven.machine.stack.populate(MAIN.start + 3, true)
    driven.machine.stack.populate(MAIN.start + 4, true)
    driven.touch({ page: MAIN.start + 3 })
    expect([count(driven.machine, 'prefetches'), count(driven.machine, 'prefetchesUnused')]).toEqual([2, 0])
    // The table that holds the entry is known: one read is left, and level 2 was prefetched in vain.
    driven.touch({ page: MAIN.start + 4 })
    expect([count(driven.machine, 'prefetches'), count(driven.machine, 'prefetchesUnused')]).toEqual([4, 1])
    expect(count(driven.machine, 'walkReferences')).toBe(4 + 2)
  })

  it('checks grants while it walks where registers are not checked as they are loaded', async () => {
    for (const check of ['on-walk-cached', 'on-walk-memory']) {
      const spec = smallSpec({ environment: 'virtualized', lanes: ['asap'], gtea: { check } })
      checkResultLaws(await runLane(aLane(spec)))
    }
  })
})

describe('what is read ahead', () => {
  it('has no effect on A and D bits: only the walk sets them', () => {
    const driven = aDrivenLane({ environment: 'virtualized', lanes: ['asap'] })
    const { machine } = driven
    const [page, other] = [MAIN.start + 700, MAIN.start + 701]
    for (const p of [page, other]) machine.stack.populate(p, false)
    const { table } = machine.stack.inner.space
    const bits = (p: number): number => table.find(p).low & (ACCESSED | DIRTY)
    table.setLeafFlags(other, table.find(other).low & 0xfff & ~ACCESSED, false)
    driven.touch({ page, kind: STORE })
    expect([bits(page), bits(other)]).toEqual([ACCESSED | DIRTY, 0])
    driven.touch({ page: other, kind: LOAD })
    expect(bits(other)).toBe(ACCESSED)
  })

  it('is as much as registers name: two levels for each size of page but the largest', () => {
    const { areaClasses } = designOf('asap')
    expect((['4K', 'thp', '2M', '1G'] as const).map((policy) => areaClasses?.(policy))).toEqual([
      [1, 2],
      [1, 2],
      [2],
      []
    ])
  })
})

describe('grants of hosts with huge pages', () => {
  it('are whole huge pages, are found after they were taken apart, and go back whole', () => {
    const driven = aDrivenLane({
      environment: 'virtualized',
      lanes: ['asap'],
      hostPageSize: '2M',
      tea: { minVmaMiB: 1 }
    })
    const { machine } = driven
    const [l0] = machine.stack.layers
    const page = MAIN.start + 9
    driven.touch({ page, kind: STORE })
    const held = l0.host.holdings.map(({ grant }) => grant)
    expect(held.length).toBeGreaterThan(0)
    for (const { window, frames } of held) {
      expect([window % 512, frames % 512]).toEqual([0, 0])
      expect(l0.space.table.leafLevelOf(window)).toBe(2)
    }
    for (const holding of l0.host.holdings) l0.host.reclaim(holding)
    for (const { window } of held) expect(l0.space.table.leafLevelOf(window)).toBe(1)
    driven.touch({ page: MAIN.start + 10, kind: STORE })
    driven.operate('munmap', MAIN.start, MAIN.pages)
    for (const { window } of held) expect(l0.space.vmas.find(window)).toBeNull()
    expect(driven.lane.firstError).toBeNull()
  })
})

describe('contiguity', () => {
  it.each(['native', 'virtualized'])(
    '%s walks wait for more reads the more memory is fragmented',
    async (environment) => {
      const waits: number[] = []
      for (const fragmentation of [0, 0.5, 0.9, 0.99]) {
        // The array of leaf tables is made in one piece or not at all.
        const tea = { minVmaMiB: 1, minSlots: 128 }
        const rest = {
          environment,
          fragmentation,
          references: 1500,
          footprint: '256MiB',
          tea,
          ...NO_WALK_CACHES
        }
        const result = await runLane(aLane(smallSpec({ lanes: ['asap'], verify: false, ...rest })))
        checkResultLaws(result)
        const { walkReferences, prefetchesUnused, walkCriticalReferences, walks } = result.counters
        // What is read stays the same, but for prefetches in vain.
        expect((walkReferences - prefetchesUnused) / walks).toBe(environment === 'native' ? 4 : 24)
        waits.push(walkCriticalReferences / walks)
      }
      waits.slice(1).forEach((n, i) => expect(n).toBeGreaterThanOrEqual(waits[i]))
      expect(waits[0]).toBeCloseTo(environment === 'native' ? 2 : 8, 1)
      // The leaf tables lie anywhere now; the few tables above them still fit into an array.
      expect(waits[3] - waits[0]).toBeGreaterThan(0.9)
    }
  )
})
