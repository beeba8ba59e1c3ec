/** Redundant memory mappings: no reference where ranges of all layers answer, those of radix where they do not. */
import { RangeTlb } from '@main/hardware/ranges/range-tlb'
import { coldWalk } from '@main/lab/cold-walk'
import { checkMachine } from '@main/lab/invariants'
import type { Machine } from '@main/lab/machine'
import { RangeTable } from '@main/software/ranges/range-table'
import type { AddressSpace } from '@main/software/space/address-space'
import { COPY_ON_WRITE, WRITABLE } from '@shared/arch/entry'
import { LOAD, STORE } from '@shared/model/access'
import type { Environment } from '@shared/model/environment'
import { COUNTER_INDEX, type CounterId } from '@shared/stats/counters'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aLane, checkResultLaws, runLane, smallSpec } from '../builders/a-lane'
import { MAIN, aDrivenLane, type DrivenLane } from '../builders/a-machine'
import { clearLeafBits, leafBits } from '../builders/leaf-bits'
import { aSpec } from '../builders/spec'

/** What is mapped at once is kept small, so that it does not take long. */
const EAGER = '4MiB'
const SIZES = ['4K', '2M', '1G'] as const
const ENVIRONMENTS: readonly Environment[] = ['native', 'virtualized', 'nested']

function references(environment: Environment, input: Record<string, unknown>): number {
  const walk = coldWalk(aSpec({ environment, lanes: ['rmm'], ...input }), 'rmm')
  expect(walk.outcome).toBe('translated')
  expect(walk.criticalReferences).toBe(walk.references)
  expect(walk.wastedReferences).toBe(0)
  return walk.references
}

const cells = (environment: Environment, range: string, options: object): number[] => {
  const rmm = { range, eager: EAGER }
  return [
    ...SIZES.map((size) => references(environment, { pageSize: size, hostPageSize: size, rmm, ...options })),
    references(environment, { levels: 5, rmm, ...options })
  ]
}

const count = ({ ledger }: Machine, id: CounterId): number => ledger.counters[COUNTER_INDEX[id]]

const rangesIn = ({ support }: AddressSpace): ReturnType<RangeTable['ranges']> => {
  if (!(support instanceof RangeTable)) throw new Error('the space keeps no ranges')
  return support.ranges()
}

const aLaneOf = (input: Record<string, unknown> = {}): DrivenLane =>
  aDrivenLane({ environment: 'native', lanes: ['rmm'], rmm: { eager: EAGER }, ...input })

const PAGES_AT_ONCE = 1024

describe('cold walks: 4K, 2M, 1G, and 4K with five levels', () => {
  it.each<[string, Environment, object, number[]]>([
    ['native', 'native', {}, [4, 3, 2, 5]],
    ['virtualized', 'virtualized', {}, [24, 15, 8, 35]],
    ['nested over EPT02', 'nested', {}, [24, 15, 8, 35]],
    ['nested, three dimensions', 'nested', { nested: { fallback: 'pure' } }, [124, 63, 26, 215]]
  ])('%s: none on a hit, those of radix on a miss', (_, environment, options, radix) => {
    expect(cells(environment, 'hit', options)).toEqual([0, 0, 0, 0])
    expect(cells(environment, 'miss', options)).toEqual(radix)
    // Nothing is cached in a cold walk, so a look-up misses.
    expect(references(environment, { rmm: { eager: EAGER }, ...options })).toBe(radix[0])
  })

  it('walks the one layer that has no range', () => {
    // A page alone is no range in the guest, and the host’s 2 MiB pages are: the guest’s four entries are left.
    const rmm = { range: 'hit', eager: '4096' }
    expect(references('virtualized', { hostPageSize: '2M', rmm })).toBe(4)
    // Without a least length it is one.
    expect(references('virtualized', { hostPageSize: '2M', rmm: { ...rmm, minPages: 1 } })).toBe(0)
  })
})

describe('eager allocation', () => {
  it('maps a stretch at the first fault, in one range, and counts what nobody asked for', () => {
    const { machine } = aLaneOf()
    const { space } = machine.stack.inner
    machine.stack.populate(MAIN.start + 5000, true)
    expect(count(machine, 'eagerPages')).toBe(PAGES_AT_ONCE - 1)
    expect(space.pagesMapped).toBe(PAGES_AT_ONCE)
    expect(machine.stack.memoryUse().dataBytes).toBe(PAGES_AT_ONCE * 4096)
    expect(rangesIn(space).map(({ start, end }) => end - start)).toEqual([PAGES_AT_ONCE])
    expect(machine.stack.memoryUse().designBytes).toBe(4096)
    expect(checkMachine(machine).told).toEqual([])
  })

  it('covers the area and nothing else, piece by piece', () => {
    const { machine } = aLaneOf()
    const { space } = machine.stack.inner
    for (let p = MAIN.start; p < MAIN.start + MAIN.pages; p += 16) machine.stack.populate(p, false)
    const ranges = rangesIn(space)
    expect(space.pagesMapped).toBe(MAIN.pages)
    expect(ranges.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(MAIN.pages)
    expect(ranges[0].start).toBe(MAIN.start)
    expect(ranges.length).toBeLessThanOrEqual(MAIN.pages / PAGES_AT_ONCE + 1)
  })

  it('leaves half of the free frames alone, and maps less and less at once', () => {
    const driven = aLaneOf({ memory: { limits: { L0: '8MiB' } } })
    const { frames } = driven.machine.stack.inner
    let smallest = Infinity
    for (let p = MAIN.start; p < MAIN.start + 1700; p++) {
      const before = frames.freeFrames
      if (!driven.tryTouch({ page: p })) throw new Error('memory ended too early')
      smallest = Math.min(smallest, before - frames.freeFrames || Infinity)
      expect(before - frames.freeFrames).toBeLessThanOrEqual(before / 2 + 16)
    }
    expect(smallest).toBeLessThan(PAGES_AT_ONCE / 4)
    expect(checkMachine(driven.machine).told).toEqual([])
  })

  it('has shorter ranges and fewer hits where memory is fragmented, and the same pages', async () => {
    const lanes = await Promise.all(
      [0, 0.5, 0.95].map((fragmentation) => {
        const spec = smallSpec({
          lanes: ['rmm'],
          environment: 'virtualized',
          workload: 'gups',
          fragmentation
        })
        return runLane(aLane({ ...spec, footprint: 16 * 2 ** 20 }))
      })
    )
    for (const lane of lanes) checkResultLaws(lane)
    const hits = lanes.map(({ counters }) => counters.rangeHits / (counters.rangeHits + counters.rangeMisses))
    expect(hits[0]).toBeGreaterThan(0.9)
    expect(hits[1]).toBeLessThan(hits[0])
    expect(hits[2]).toBeLessThan(hits[1])
    const reads = lanes.map(({ derived }) => derived.referencesPerWalk)
    expect(reads[0]).toBeLessThan(reads[1])
    expect(reads[1]).toBeLessThan(reads[2])
  })
})

describe('the range TLB of a lane', () => {
  it.each(ENVIRONMENTS)('%s: misses once, is filled behind that walk, and then needs none', (environment) => {
    const driven = aLaneOf({ environment, memory: {}, hostPageSize: '4K' })
    const { machine } = driven
    const base = MAIN.start + 2000
    for (let i = 0; i < 64; i++) machine.stack.populate(base + i * 3, true)
    machine.ledger.restart()
    driven.touch({ page: base })
    expect(count(machine, 'walkReferences')).toBeGreaterThan(0)
    expect(count(machine, 'rangeTableReads')).toBeGreaterThan(0)
    for (let i = 1; i < 4; i++) driven.touch({ page: base + i * 3 })
    machine.ledger.restart()
    for (let i = 4; i < 64; i++) driven.touch({ page: base + i * 3 })
    expect(count(machine, 'walks')).toBeGreaterThan(0)
    expect([count(machine, 'walkReferences'), count(machine, 'rangeMisses')]).toEqual([0, 0])
    expect(count(machine, 'rangeHits')).toBe(count(machine, 'walks') * machine.stack.layers.length)
    expect(driven.lane.firstError).toBeNull()
  })

  it('forgets a range of which a part is gone', () => {
    const driven = aLaneOf()
    const { machine } = driven
    const base = MAIN.start + 2048
    for (const p of [base, base + 7]) driven.touch({ page: p, kind: STORE })
    const [tlb] = machine.walkCaches.own
    if (!(tlb instanceof RangeTlb)) throw new Error('there is no range TLB')
    expect(tlb.entries().length).toBe(1)
    driven.operate('munmap', base + 100, 10)
    expect(tlb.entries().length).toBe(0)
    expect(rangesIn(machine.stack.inner.space).length).toBe(2)
    for (const p of [base + 9, base + 99, base + 110]) driven.touch({ page: p })
    expect(driven.lane.firstError).toBeNull()
    expect(checkMachine(machine).told).toEqual([])
  })
})

describe('D bits', () => {
  it.each(ENVIRONMENTS)('%s: no store is forgotten, whatever answers it', (environment) => {
    const driven = aLaneOf({ environment })
    const { machine } = driven
    const base = MAIN.start + 1024
    const stored = new Set<number>()
    for (let i = 0; i < 200; i++) {
      const page = base + i
      machine.stack.populate(page, false)
      if (i % 10 === 9) clearLeafBits(machine, page)
    }
    machine.tlb.flushAll()
    fc.assert(
      fc.property(fc.nat(199), fc.boolean(), (i, isStore) => {
        driven.touch({ page: base + i, kind: isStore ? STORE : LOAD })
        if (isStore) stored.add(base + i)
      }),
      { numRuns: 400 }
    )
    for (const page of stored) expect(leafBits(machine, page)[0], `page ${page}`).toBe('AD')
    if (environment === 'virtualized')
      for (const page of stored) expect(leafBits(machine, page)[1], `host page of ${page}`).toBe('AD')
    expect(count(machine, 'rangeHits')).toBeGreaterThan(0)
  })
})

describe('ranges and permissions', () => {
  it('a fork makes a range read-only, and a write takes its page out of it', () => {
    const driven = aLaneOf()
    const { machine } = driven
    const base = MAIN.start + 2048
    driven.touch({ page: base, kind: STORE })
    const { space } = machine.stack.inner
    const before = rangesIn(space)
    expect(before.map(({ flags }) => flags)).toEqual([WRITABLE])
    driven.operate('fork', 1)
    expect(rangesIn(space).map(({ flags }) => flags)).toEqual([COPY_ON_WRITE])
    driven.touch({ page: base + 50 })
    driven.touch({ page: base + 200, kind: STORE })
    expect(count(machine, 'copyOnWrites')).toBe(1)
    const after = rangesIn(space)
    expect(after.some(({ start, end }) => base + 200 >= start && base + 200 < end)).toBe(false)
    expect(after.length).toBe(2)
    expect(checkMachine(machine).told).toEqual([])
    expect(driven.lane.firstError).toBeNull()
  })

  it('mprotect cuts a range into three', () => {
    const driven = aLaneOf()
    const base = MAIN.start + 2048
    driven.touch({ page: base, kind: STORE })
    driven.operate('mprotect', base + 200, 200, 0)
    const { space } = driven.machine.stack.inner
    const kinds = rangesIn(space).filter(({ end }) => end > base)
    expect(kinds.map(({ flags }) => flags & WRITABLE)).toEqual([WRITABLE, 0, WRITABLE])
    expect(checkMachine(driven.machine).told).toEqual([])
  })

  it('a range of huge pages that is split is one of small pages where they stay contiguous', () => {
    const driven = aLaneOf({ pageSize: 'thp', rmm: { eager: '8MiB' } })
    const { machine } = driven
    const base = Math.ceil((MAIN.start + 4096) / 2048) * 2048
    driven.touch({ page: base, kind: STORE })
    const { space } = machine.stack.inner
    expect(rangesIn(space).map(({ level }) => level)).toEqual([2])
    driven.operate('munmap', base + 512 + 5, 3)
    expect(rangesIn(space).map(({ level, start, end }) => [level, start - base, end - base])).toEqual([
      [2, 0, 512],
      [1, 512 + 8, 1024],
      [2, 1024, 2048]
    ])
    expect(checkMachine(machine).told).toEqual([])
  })
})

describe('the check of ranges', () => {
  it('tells a range that the page table does not have, and one that it has alone', () => {
    const { machine } = aLaneOf()
    const { space, entries } = machine.stack.inner
    machine.stack.populate(MAIN.start + 5000, true)
    expect(checkMachine(machine).told).toEqual([])
    const { table, index, low, high } = space.table.find(MAIN.start + 5000)
    entries.write(table, index, low & ~WRITABLE, high)
    const told = checkMachine(machine).told.join()
    expect(told).toContain('the range')
    expect(told).toContain('1 ranges kept, 2 there')
  })
})
