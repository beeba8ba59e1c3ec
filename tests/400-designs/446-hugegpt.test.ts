/**
 * HugeGPT. Counts are closed forms: g guest levels, each found by a walk of the host that ends at a 2 MiB leaf, and a
 * walk of the host for the page itself. A root outside the segments costs a level of the host more.
 */
import { coldWalk, coldWalkOn } from '@main/lab/cold-walk'
import { checkMachine } from '@main/lab/invariants'
import { segmentsOf } from '@main/software/segments/segment-pool'
import type { FrameAllocator } from '@main/software/frames/frame-allocator'
import { pageHigh, pageLow } from '@shared/address/address'
import { STORE } from '@shared/model/access'
import { COUNTER_INDEX, type CounterId } from '@shared/stats/counters'
import { flagsInput } from '@main/hosts/cli/spec-flags'
import { describe, expect, it } from 'vitest'
import { MAIN, aDrivenLane, type DrivenLane } from '../builders/a-machine'
import { aLane, checkResultLaws, runLane, smallSpec } from '../builders/a-lane'
import { NO_WALK_CACHES } from '../builders/no-walk-caches'
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

const SHARE = 0.01

/** A guest of 2 GiB: its first segment is made with the root of its first table. */
const aGuest = (input: Record<string, unknown> = {}): DrivenLane =>
  aDrivenLane({ environment: 'virtualized', lanes: ['hugegpt'], hugegpt: { segmentShare: SHARE }, ...input })

const count = ({ machine }: DrivenLane, id: CounterId): number => machine.ledger.counters[COUNTER_INDEX[id]]

const readsOf = ({ machine }: DrivenLane, page: number): number =>
  coldWalkOn(machine, pageHigh(page), pageLow(page), 0).references

const kindsOf = ({ machine }: DrivenLane): string[] => machine.ledger.events().map(({ kind }) => kind)

const poolOf = ({ machine }: DrivenLane): ReturnType<typeof segmentsOf> =>
  segmentsOf(machine.stack.inner, SHARE)

const blocksOf = (driven: DrivenLane): number[] =>
  poolOf(driven)
    .list()
    .flatMap(({ base, count: frames }) => Array.from({ length: frames / 512 }, (_, i) => base + i * 512))

/** Nothing is left of the segments; who took it is nobody, so frames are not checked afterwards. */
function exhaust(driven: DrivenLane): void {
  while (poolOf(driven).freeFrames().length > 0) poolOf(driven).take()
}

/** A frame of every 2 MiB is taken, those that could be emptied among them. */
function breakUp(frames: FrameAllocator): void {
  const held: number[] = []
  for (let f = frames.allocateRange(512, 512); f >= 0; f = frames.allocateRange(512, 512)) held.push(f)
  for (const f of held) frames.freeRange(f + 1, 511)
}

describe('segments', () => {
  it('are 1 % of the guest, in whole blocks of 2 MiB that the host backs by a page each', () => {
    const driven = aGuest()
    const [host, guest] = driven.machine.stack.layers
    const [{ base, count: frames }, ...others] = poolOf(driven).list()
    expect(others).toEqual([])
    expect(frames).toBe(Math.ceil((guest.frames.frames * SHARE) / 512) * 512)
    expect(base % 512).toBe(0)
    for (const block of blocksOf(driven)) expect(host.space.table.leafLevelOf(block)).toBe(2)
    expect([count(driven, 'segmentsMade'), count(driven, 'segmentBlocksSmall')]).toEqual([1, 0])
    // REQ_MAP and REQ_GATHER.
    expect([count(driven, 'hypercalls'), count(driven, 'vmExits')]).toEqual([2, 2])
  })

  it('are added when none is left, and what small pages back is gathered into one', () => {
    const driven = aGuest({ hugegpt: { segmentShare: 0.001 } })
    const { inner, layers } = driven.machine.stack
    const pool = segmentsOf(inner, 0.001)
    while (pool.freeFrames().length > 0) pool.take()
    // The next run was used before: the host backs it by small pages.
    const next = inner.frames.allocateRange(512 * 2, 512)
    for (let f = next; f < next + 1024; f += 3) layers[0].space.ensure(f, STORE)
    inner.frames.freeRange(next, 1024)
    driven.touch({ page: MAIN.start })
    expect(count(driven, 'segmentsMade')).toBe(2)
    expect(count(driven, 'hugePromotions')).toBeGreaterThan(0)
    for (const { base } of pool.list()) expect(layers[0].space.table.leafLevelOf(base)).toBe(2)
    expect(readsOf(driven, MAIN.start)).toBe(20)
    expect(driven.lane.firstError).toBeNull()
  })

  it('belong to all processes: a child takes slots, and its end gives them back', () => {
    const driven = aGuest()
    for (let i = 0; i < 8; i++) driven.touch({ page: MAIN.start + i * 700, kind: STORE })
    const before = poolOf(driven).used
    driven.operate('fork', 1)
    const both = poolOf(driven).used
    expect(both).toBe(2 * before)
    driven.operate('run', 0, 1)
    driven.operate('exit')
    driven.operate('run', 0, 0)
    expect(poolOf(driven).used).toBe(before)
    expect(checkMachine(driven.machine).told).toEqual([])
  })

  it('hold the tables kept for splits of huge pages as well', () => {
    const driven = aGuest({ pageSize: 'thp' })
    driven.touch({ page: MAIN.start + 1024, kind: STORE })
    expect(driven.machine.stack.inner.space.deposits?.size).toBe(1)
    expect(checkMachine(driven.machine).told).toEqual([])
    const outside = count(driven, 'tablesOutsideSegments')
    driven.operate('munmap', Math.ceil((MAIN.start + 1024) / 512) * 512 - 511, 1)
    expect(count(driven, 'tablesOutsideSegments')).toBe(outside)
    expect(checkMachine(driven.machine).told).toEqual([])
  })

  it('are counted as memory beside the tables as far as no table lies in them', () => {
    const driven = aGuest()
    driven.touch({ page: MAIN.start })
    const { memory, frames } = { memory: driven.machine.stack.memoryUse(), frames: poolOf(driven) }
    const total = frames.list().reduce((sum, one) => sum + one.count, 0)
    expect(memory.designBytes).toBe((total - frames.used) * 4096)
    expect(memory.translationBytes).toBe(memory.pageTableBytes + memory.designBytes)
  })
})

describe('without what it needs', () => {
  it.each([
    ['the host knows no such call', { gtea: { support: false } }],
    ['the host does not cooperate', { cooperation: false }]
  ])('%s: one call, no segment, ordinary tables', (_, input) => {
    const driven = aGuest(input)
    driven.touch({ page: MAIN.start })
    driven.touch({ page: MAIN.start + 1024 })
    expect([count(driven, 'hypercalls'), count(driven, 'hypercallsDenied')]).toEqual([1, 1])
    expect([count(driven, 'segmentsMade'), count(driven, 'tablesOutsideSegments')]).toEqual([0, 5])
    expect(kindsOf(driven)).toContain('segment-fallback')
    expect(readsOf(driven, MAIN.start)).toBe(24)
    expect(checkMachine(driven.machine).told).toEqual([])
  })

  it('a call that fails later ends growth; what lies in segments stays there', () => {
    const driven = aGuest()
    driven.touch({ page: MAIN.start })
    exhaust(driven)
    driven.machine.stack.host.failAt = 'allocate'
    driven.touch({ page: MAIN.start + 512 })
    driven.touch({ page: MAIN.start + 1024 })
    expect([count(driven, 'segmentsMade'), count(driven, 'tablesOutsideSegments')]).toEqual([1, 2])
    expect([readsOf(driven, MAIN.start), readsOf(driven, MAIN.start + 1024)]).toEqual([20, 21])
  })

  it('a host without 2 MiB of frames backs a segment by small pages, and says so', () => {
    const driven = aGuest({ memory: { limits: { L1: '64MiB' } } })
    const [{ frames }] = driven.machine.stack.layers
    exhaust(driven)
    breakUp(frames)
    driven.touch({ page: MAIN.start })
    expect([count(driven, 'segmentsMade'), count(driven, 'segmentBlocksSmall')]).toEqual([2, 1])
    // The root lies in the first segment, the three tables below it in the second.
    expect(readsOf(driven, MAIN.start)).toBe(4 + 3 * 5 + 4)
    expect(driven.lane.firstError).toBeNull()
  })

  it('walks get longer the more memory is fragmented', async () => {
    const perWalk: number[] = []
    for (const fragmentation of [0, 0.25, 0.5, 0.75, 0.9, 0.99]) {
      const lanes = ['hugegpt']
      const rest = { environment: 'virtualized', references: 1500, ...NO_WALK_CACHES }
      const result = await runLane(aLane(smallSpec({ lanes, fragmentation, ...rest })))
      checkResultLaws(result)
      perWalk.push(result.derived.referencesPerWalk)
    }
    perWalk.slice(1).forEach((n, i) => expect(n).toBeGreaterThanOrEqual(perWalk[i]))
    expect([perWalk[0], perWalk[5]]).toEqual([20, 24])
  })
})

describe('what the host does to segments', () => {
  it('a live migration without contiguity makes walks longer, and right', () => {
    const driven = aGuest()
    driven.touch({ page: MAIN.start, kind: STORE })
    const [{ frames }] = driven.machine.stack.layers
    breakUp(frames)
    driven.machine.host.finishMigration({ contiguity: true, dmt: true })
    driven.touch({ page: MAIN.start })
    expect(readsOf(driven, MAIN.start)).toBe(24)
    expect(count(driven, 'hugeSplits')).toBeGreaterThan(0)
    expect(driven.lane.firstError).toBeNull()
  })

  it('a balloon gets none of their frames', () => {
    const driven = aGuest({ memory: { limits: { L1: '64MiB' } } })
    driven.touch({ page: MAIN.start, kind: STORE })
    driven.machine.host.inflate(1, 2 ** 20)
    expect(readsOf(driven, MAIN.start)).toBe(20)
    expect(checkMachine(driven.machine).told).toEqual([])
  })
})

describe('on the command line', () => {
  it.each([
    ['hugegpt.root=excluded', 21],
    ['hugegpt.segmentShare=0.1', 20]
  ])('--option %s: %i references', (option, references) => {
    const flags = { environment: 'virtualized', lanes: 'hugegpt', option: [option] }
    expect(walkOf(flagsInput(flags)).references).toBe(references)
  })
})
