/** Agile paging: what a walk reads at each number of nested levels, and when tables of the guest change sides. */
import { describe, expect, it } from 'vitest'
import { OFFER } from '@main/lab/catalogue'
import { coldWalk, coldWalkOn } from '@main/lab/cold-walk'
import { checkMachine } from '@main/lab/invariants'
import { resolveSpec } from '@main/lab/resolve-spec'
import { pageHigh, pageLow } from '@shared/address/address'
import { ACCESSED, DIRTY } from '@shared/arch/entry'
import { LOAD, STORE } from '@shared/model/access'
import type { WalkRecord } from '@shared/model/walk-record'
import { COUNTER_INDEX, type CounterId } from '@shared/stats/counters'
import { aLane, runLane, smallSpec } from '../builders/a-lane'
import { MAIN, aDrivenLane, type DrivenLane } from '../builders/a-machine'
import { movePage, unmapPage } from '../builders/shadow-laws'
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

  it('are all of the guest’s levels where more are asked for than there are', () => {
    expect(counts(5, {})).toEqual([20, 20])
    expect(walkOf(2).outcome).toBe('translated')
  })
})

describe('the environments', () => {
  it.each(['native', 'nested'])('%s is refused in one line that says why', (environment) => {
    const resolved = resolveSpec({ environment, lanes: ['agile'] }, OFFER)
    expect('problems' in resolved ? resolved.problems : []).toEqual([
      expect.stringContaining(
        `agile has no meaning in ${environment}: it combines a guest’s table with its host’s`
      )
    ])
  })
})

const GIB = 2 ** 18
/** At a boundary of 1 GiB, so that each GiB has a level-2 table of its own. */
const BASE = Math.ceil(MAIN.start / GIB) * GIB
const REGION = 512
const AREAS = [
  { start: BASE, pages: GIB, name: 'written' },
  { start: BASE + GIB, pages: GIB, name: 'left alone' }
]

const IDS = ['shadowExits', 'pageFaults', 'tablesNested', 'tablesShadowed', 'shadowFills'] as const

/** Hosts whose pages are large do not act once they are used. */
const aGuest = (input: Record<string, unknown> = {}, design = 'agile'): DrivenLane =>
  aDrivenLane({ environment: 'virtualized', lanes: [design], hostPageSize: '1G', ...input }, AREAS)

const counterOf = ({ machine }: DrivenLane, id: CounterId): number =>
  machine.ledger.counters[COUNTER_INDEX[id]]

/** What the work adds to IDS. */
function counted(driven: DrivenLane, work: () => void): number[] {
  const before = IDS.map((id) => counterOf(driven, id))
  work()
  return IDS.map((id, i) => counterOf(driven, id) - before[i])
}

const store = (driven: DrivenLane, page: number): void => driven.touch({ page, kind: STORE })

/** Tables of three regions of a GiB, of which the third is linked to an upper table that is nested by then. */
function nestUpperTable(driven: DrivenLane, base = BASE): void {
  for (const region of [0, 1, 2]) store(driven, base + region * REGION)
}

const referencesAt = ({ machine }: DrivenLane, page: number): number =>
  coldWalkOn(machine, pageHigh(page), pageLow(page), 0).references

function expectSound(driven: DrivenLane): void {
  expect(driven.lane.firstError).toBeNull()
  expect(checkMachine(driven.machine).told).toEqual([])
}

describe('a table that the guest writes', () => {
  it('costs exits as under shadow paging, and none from the second within an interval on', () => {
    const driven = aGuest()
    // The guest's fault, and the fill.
    expect(counted(driven, () => store(driven, BASE))).toEqual([2, 1, 0, 0, 1])
    expect(counted(driven, () => store(driven, BASE + REGION))).toEqual([3, 1, 0, 0, 1])
    // The fault exits, and the write that links the third leaf table is the second to that upper table.
    expect(counted(driven, () => store(driven, BASE + 2 * REGION))).toEqual([2, 1, 1, 0, 0])
    for (const region of [3, 4, 5])
      expect(counted(driven, () => store(driven, BASE + region * REGION))).toEqual([0, 1, 0, 0, 0])
    // Two shadowed levels, two of the guest's, and 1 GiB pages of the host: a walk of 2 for the leaf table, one for the page.
    expect(referencesAt(driven, BASE + 3 * REGION)).toBe(2 + 1 + (2 + 1) + 2)
    expectSound(driven)
  })

  it('goes nested by INVLPG of its pages too, which then exits no more', () => {
    const driven = aGuest()
    for (const at of [0, 1, 2]) store(driven, BASE + at)
    const [exits, , nested] = counted(driven, () => unmapPage(driven.machine, BASE))
    expect([exits, nested]).toEqual([1, 1])
    expect(counted(driven, () => unmapPage(driven.machine, BASE + 1))).toEqual([0, 0, 0, 0, 0])
    expect(counted(driven, () => store(driven, BASE + 1))).toEqual([0, 1, 0, 0, 0])
    expectSound(driven)
  })

  it('sets the guest’s own A and D bits where it is nested, without an exit', () => {
    const driven = aGuest({ agile: { nestedLevels: 1 } })
    const { table } = driven.machine.stack.inner.space
    driven.touch({ page: BASE, kind: LOAD })
    expect(table.find(BASE).low & (ACCESSED | DIRTY)).toBe(ACCESSED)
    expect(counted(driven, () => store(driven, BASE))).toEqual([0, 0, 0, 0, 0])
    expect(table.find(BASE).low & (ACCESSED | DIRTY)).toBe(ACCESSED | DIRTY)
  })

  it('is shadowed again when the guest has not written it for an interval, on demand', () => {
    const driven = aGuest()
    const { shadows } = driven.machine.stack
    nestUpperTable(driven)
    // Written within the first interval, left alone in the second.
    expect(counted(driven, () => shadows.look())).toEqual([0, 0, 0, 0, 0])
    expect(counted(driven, () => shadows.look())).toEqual([0, 0, 0, 1, 0])
    driven.machine.tlb.flushAll()
    expect(counted(driven, () => store(driven, BASE))).toEqual([1, 0, 0, 0, 1])
    expect(referencesAt(driven, BASE)).toBe(4)
    expectSound(driven)
  })

  it('stays nested by itself where only the table above it was left alone', () => {
    const driven = aGuest()
    const { shadows } = driven.machine.stack
    nestUpperTable(driven)
    shadows.look()
    // Of the tables below the nested one, the guest writes one.
    store(driven, BASE + 1)
    shadows.look()
    driven.machine.tlb.flushAll()
    for (const page of [BASE, BASE + REGION]) driven.touch({ page })
    expect([BASE, BASE + REGION].map((page) => referencesAt(driven, page))).toEqual([3 + 1 + 2, 4])
    expectSound(driven)
  })

  it('is looked at by the lane’s clock', async () => {
    const spec = smallSpec({ environment: 'virtualized', lanes: ['agile'], agile: { interval: 500 } })
    const { counters } = await runLane(aLane(spec))
    // The leaf tables were linked as memory was populated; nothing is written since.
    expect(counters.tablesShadowed).toBe(1)
  })
})

describe('the root', () => {
  it('is nested whole: no shadow remains but its root page, and nothing of the guest exits', () => {
    const driven = aGuest({ agile: { nestedLevels: 4 } })
    store(driven, BASE)
    expect(counted(driven, () => nestUpperTable(driven, BASE + GIB))).toEqual([0, 3, 0, 0, 0])
    expect(counted(driven, () => driven.machine.stack.inner.shootdown())).toEqual([0, 0, 0, 0, 0])
    expect(driven.machine.stack.memoryUse().shadowTableBytes).toBe(4096)
    expectSound(driven)
  })
})

describe('what the host does to a guest’s table page behind a switch', () => {
  it.each([1, 2, 3, 4])(
    '%i nested levels: the switch is dropped when L0 moves the page, and made anew',
    (n) => {
      const driven = aGuest({ hostPageSize: '4K', agile: { nestedLevels: n } })
      const { machine } = driven
      const { table } = machine.stack.inner.space
      store(driven, BASE)
      for (const level of [1, 2, 3, 4] as const) {
        movePage(machine, 0, table.tableOf(BASE, level))
        expect(checkMachine(machine).told).toEqual([])
        machine.tlb.flushAll()
        driven.touch({ page: BASE })
      }
      expect(referencesAt(driven, BASE)).toBe(4 + 4 * n)
      expect(counterOf(driven, 'tablesNested')).toBe(2)
      expectSound(driven)
    }
  )
})

describe('a lane whose registers come while it runs', () => {
  it('gives its shadow up, and every frame of it goes back', () => {
    const driven = aGuest()
    nestUpperTable(driven)
    driven.machine.setDmt(true)
    expect(driven.machine.design.info.id).toBe('pvdmt')
    expect(driven.machine.stack.shadows.all).toEqual([])
    nestUpperTable(driven)
    expectSound(driven)
  })
})

describe('a guest that maps and unmaps in one part of its memory and reads in another', () => {
  it('has fewer exits than under shadow paging and shorter walks than under radix', () => {
    const [agile, shadow, radix] = ['agile', 'shadow', 'radix'].map((design) => {
      const driven = aGuest({ hostPageSize: '4K', agile: { interval: 300 } }, design)
      for (let i = 0; i < 3000; i++) {
        const page = BASE + REGION * (i % 40)
        if (i % 10 === 0) store(driven, page)
        else if (i % 10 === 5) unmapPage(driven.machine, page - 5 * REGION)
        else driven.touch({ page: BASE + GIB + ((i * 613) % 800) * 37 })
      }
      expectSound(driven)
      return driven
    })
    expect(counterOf(agile, 'shadowExits')).toBeLessThan(counterOf(shadow, 'shadowExits'))
    expect(counterOf(agile, 'walkReferences')).toBeLessThan(counterOf(radix, 'walkReferences'))
    expect(counterOf(agile, 'vmExits')).toBe(
      counterOf(agile, 'shadowExits') + counterOf(agile, 'eptViolationExits')
    )
  })
})
