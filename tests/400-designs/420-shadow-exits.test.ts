/** What shadow tables cost: each exit where KVM's shadow MMU takes one, and its cycles on the books. */
import { describe, expect, it } from 'vitest'
import { AddressSpace } from '@main/software/space/address-space'
import { ACCESSED, DIRTY } from '@shared/arch/entry'
import { LOAD, STORE } from '@shared/model/access'
import { COUNTER_INDEX, type CounterId } from '@shared/stats/counters'
import { MAIN, aDrivenLane, type DrivenLane } from '../builders/a-machine'
import { clearFlags, joinPages, movePage, pageAt, splitPage, unmapPage } from '../builders/shadow-laws'

const BASE = Math.ceil(MAIN.start / 512) * 512
const REGION = 512

type Booked = Record<string, number>

/** What the work adds to these counters. */
function booked({ machine }: DrivenLane, ids: readonly CounterId[], work: () => void): Booked {
  const { ledger } = machine
  const before = ids.map((id) => ledger.counters[COUNTER_INDEX[id]])
  work()
  return Object.fromEntries(ids.map((id, i) => [id, ledger.counters[COUNTER_INDEX[id]] - before[i]]))
}

const IDS = ['shadowExits', 'vmExits', 'pageFaults', 'shadowSyncs', 'shadowFills', 'shadowDrops'] as const
const counts = (driven: DrivenLane, work: () => void): number[] => Object.values(booked(driven, IDS, work))
const cycles = (driven: DrivenLane, work: () => void): number =>
  booked(driven, ['softwareCycles'], work).softwareCycles

/** A guest of 4 KiB pages whose memory its hosts back with 1 GiB pages: once used, no host acts any more. */
const aGuest = (environment: 'virtualized' | 'nested', input: Record<string, unknown> = {}): DrivenLane =>
  aDrivenLane({ environment, lanes: ['shadow'], hostPageSize: '1G', ...input })

describe('an access that the shadow has no entry for', () => {
  it.each([
    ['virtualized' as const, 1],
    ['nested' as const, 2]
  ])(
    '%s: exits for the guest’s fault, for each protected table it writes, and to fill',
    (environment, exits) => {
      const driven = aGuest(environment)
      const store = (page: number): number[] => counts(driven, () => driven.touch({ page, kind: STORE }))
      driven.touch({ page: BASE, kind: STORE })
      // A second page of a table that is shadowed by now: one exit more, and the table may be written from then on.
      expect(store(BASE + 1)).toEqual([3, 3 * exits, 1, 1, 1, 0])
      expect(store(BASE + 2)).toEqual([2, 2 * exits, 1, 0, 1, 0])
      // The first page of another table: its upper table is shadowed, so that linking it exits; its own is not yet.
      expect(store(BASE + REGION)).toEqual([3, 3 * exits, 1, 1, 1, 0])
      expect(store(BASE + REGION + 1)).toEqual([3, 3 * exits, 1, 1, 1, 0])
      // And again, for a write to an upper table exits each time.
      expect(store(BASE + 2 * REGION)).toEqual([3, 3 * exits, 1, 1, 1, 0])
      driven.machine.tlb.flushAll()
      expect(store(BASE + 2)).toEqual([0, 0, 0, 0, 0, 0])
    }
  )

  it.each([
    ['virtualized' as const, 'vmExit' as const],
    ['nested' as const, 'nestedExit' as const]
  ])('%s: costs those exits, one handler, one sync and one fill', (environment, exit) => {
    const driven = aGuest(environment)
    const { costs } = driven.machine.spec
    driven.touch({ page: BASE, kind: STORE })
    expect(cycles(driven, () => driven.touch({ page: BASE + 1, kind: STORE }))).toBe(
      3 * costs[exit] + costs.minorFault + costs.shadowSync + costs.shadowFill
    )
  })

  it('is one exit where the guest has mapped the page, whatever L0 must make for it', () => {
    const driven = aDrivenLane({ environment: 'virtualized', lanes: ['shadow'] })
    const { machine } = driven
    const { costs } = machine.spec
    machine.stack.inner.space.ensure(BASE, STORE)
    const spent = booked(driven, [...IDS, 'eptViolations', 'softwareCycles'], () =>
      driven.touch({ page: BASE })
    )
    expect(spent).toEqual({
      shadowExits: 1,
      vmExits: 1,
      pageFaults: 0,
      shadowSyncs: 0,
      shadowFills: 1,
      shadowDrops: 0,
      eptViolations: 1,
      softwareCycles: costs.vmExit + costs.eptViolation + costs.minorFault + costs.shadowFill
    })
  })
})

describe('dirty bits', () => {
  it('the first store to a clean page exits and sets the guest’s D bit; later ones do not', () => {
    const driven = aGuest('virtualized')
    const { table } = driven.machine.stack.inner.space
    driven.touch({ page: BASE, kind: LOAD })
    expect(table.find(BASE).low & DIRTY).toBe(0)
    expect(counts(driven, () => driven.touch({ page: BASE, kind: STORE }))).toEqual([1, 1, 0, 0, 1, 0])
    expect(table.find(BASE).low & DIRTY).toBe(DIRTY)
    driven.machine.tlb.flushAll()
    expect(counts(driven, () => driven.touch({ page: BASE, kind: STORE }))).toEqual([0, 0, 0, 0, 0, 0])
  })
})

describe('accessed bits', () => {
  it('of a page that the guest samples are set by the next access, in an exit', () => {
    const driven = aGuest('virtualized')
    const { machine } = driven
    const { table } = machine.stack.inner.space
    for (const at of [0, 1]) driven.touch({ page: BASE + at, kind: STORE })
    expect(counts(driven, () => clearFlags(machine, BASE, ACCESSED))).toEqual([1, 1, 0, 0, 0, 1])
    expect(counts(driven, () => driven.touch({ page: BASE }))).toEqual([1, 1, 0, 0, 1, 0])
    expect(table.find(BASE).low & ACCESSED).toBe(ACCESSED)
  })
})

describe('a flush of the guest', () => {
  it('is an exit in which every table written freely is read again and protected again', () => {
    const driven = aGuest('virtualized')
    const { inner } = driven.machine.stack
    for (const region of [0, 1, 2])
      for (const at of [0, 1]) driven.touch({ page: BASE + region * REGION + at, kind: STORE })
    expect(counts(driven, () => inner.shootdown())).toEqual([1, 1, 0, 3, 0, 0])
    expect(counts(driven, () => inner.shootdown())).toEqual([1, 1, 0, 0, 0, 0])
    expect(counts(driven, () => driven.touch({ page: BASE + 2, kind: STORE }))).toEqual([3, 3, 1, 1, 1, 0])
  })

  it('of single pages is an exit for each, and leaves their table free', () => {
    const driven = aGuest('virtualized')
    const { inner } = driven.machine.stack
    for (const at of [0, 1, 2]) driven.touch({ page: BASE + at, kind: STORE })
    expect(counts(driven, () => unmapPage(driven.machine, BASE))).toEqual([1, 1, 0, 0, 0, 1])
    expect(counts(driven, () => inner.shootdown(inner.space, BASE, 33))).toEqual([33, 33, 0, 0, 0, 0])
    expect(counts(driven, () => inner.shootdown(inner.space, BASE, 34))).toEqual([1, 1, 0, 1, 0, 0])
  })
})

describe('a load of a guest root', () => {
  const spaceOf = ({ machine }: DrivenLane): AddressSpace => {
    const { inner } = machine.stack
    return new AddressSpace({
      layer: inner,
      teas: inner.space.teas,
      policy: '4K',
      levels: machine.spec.levels,
      mayWiden: true,
      salt: 0
    })
  }

  it('is an exit unless the root is kept: the current and three before it', () => {
    const driven = aGuest('virtualized')
    const { shadows, inner } = driven.machine.stack
    const spaces = [inner.space, ...Array.from({ length: 4 }, () => spaceOf(driven))]
    const load = (n: number): number => counts(driven, () => shadows.load(spaces[n]))[0]
    expect([0, 1, 2, 3, 0, 1, 2, 3].map(load)).toEqual([0, 1, 1, 1, 0, 0, 0, 0])
    expect([4, 1, 2, 3, 4, 0, 1].map(load)).toEqual([1, 0, 0, 0, 0, 1, 1])
  })

  it('of 0 kept roots always is, and so is one behind whose back tables were written', () => {
    const never = aGuest('virtualized', { shadow: { cachedRoots: 0 } })
    const own = never.machine.stack.inner.space
    expect(counts(never, () => never.machine.stack.shadows.load(own))[0]).toBe(1)

    const driven = aGuest('virtualized')
    const { shadows, inner } = driven.machine.stack
    for (const at of [0, 1]) driven.touch({ page: BASE + at })
    expect(counts(driven, () => shadows.load(inner.space))).toEqual([1, 1, 0, 1, 0, 0])
    expect(counts(driven, () => shadows.load(inner.space))).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('gives each root a table of its own, which goes with its space', () => {
    const driven = aGuest('virtualized')
    const { stack } = driven.machine
    const [first] = stack.shadows.all
    const free = stack.layers[0].frames.freeFrames
    const space = spaceOf(driven)
    stack.shadows.load(space)
    expect(stack.shadows.all).toHaveLength(2)
    stack.shadows.forget(space)
    expect(stack.shadows.all).toEqual([first])
    // What remains in use is the machine frame behind the other root itself.
    expect(free - stack.layers[0].frames.freeFrames).toBeLessThanOrEqual(1)
  })
})

describe('changes behind a shadow', () => {
  it('L0 drops entries of a frame it moves without an exit; L1’s change exits for the write and for INVEPT', () => {
    const driven = aDrivenLane({ environment: 'nested', lanes: ['radix'] })
    const { machine } = driven
    machine.stack.populate(BASE, true)
    driven.touch({ page: BASE })
    expect(counts(driven, () => movePage(machine, 0, pageAt(machine, 0, BASE)))).toEqual([0, 0, 0, 0, 0, 1])
    expect(counts(driven, () => driven.touch({ page: BASE }))).toEqual([0, 1, 0, 0, 1, 0])
    machine.stack.shadow?.sync.readAgain()
    const l2Page = pageAt(machine, 1, BASE)
    // The third exit is L0's own: it backs the frame that L1 copies the page to.
    expect(counts(driven, () => movePage(machine, 1, l2Page))).toEqual([2, 3, 0, 1, 0, 0])
    driven.touch({ page: BASE })
    expect(driven.lane.firstError).toBeNull()
  })
})

describe('pages that a layer joins and splits behind a shadow', () => {
  it.each([
    ['virtualized', 1],
    ['nested', 2]
  ])(
    '%s: give it leaves of the smallest size again, and tables that are no more go back to L0',
    (environment, inner) => {
      const driven = aDrivenLane({ environment, lanes: ['shadow'], pageSize: '2M', hostPageSize: '4K' })
      const { machine } = driven
      const { stack } = machine
      const joinBelow = (): void => {
        for (let k = inner - 1; k >= 0; k--) joinPages(machine, k, pageAt(machine, k, BASE + 5))
      }
      const levelNow = (): number => {
        driven.touch({ page: BASE + 5, kind: STORE })
        expect(driven.lane.firstError).toBeNull()
        return stack.shadow?.table.leafLevelOf(BASE + 5) ?? 0
      }
      expect(levelNow()).toBe(1)
      const tables = stack.shadow?.tablePages ?? 0
      joinBelow()
      expect([levelNow(), stack.shadow?.tablePages]).toEqual([2, tables - 1])
      splitPage(machine, inner, BASE)
      expect([levelNow(), stack.shadow?.tablePages]).toEqual([1, tables])
      joinPages(machine, inner, BASE)
      // The frames that it took are backed by small pages, as any are.
      expect([levelNow(), stack.shadow?.tablePages]).toEqual([1, tables])
      joinBelow()
      expect([levelNow(), stack.shadow?.tablePages]).toEqual([2, tables - 1])
      splitPage(machine, 0, pageAt(machine, 0, BASE))
      expect([levelNow(), stack.shadow?.tablePages]).toEqual([1, tables])
    }
  )
})
