/** What concerns all processes of a lane, and not only the one that runs: switches, registers, records, walk caches. */
import { describe, expect, it } from 'vitest'
import { checkMachine } from '@main/lab/invariants'
import { execute } from '@main/lab/operations'
import { tasksOf } from '@main/lab/tasks'
import { walkRecord } from '@main/lab/walk-records'
import type { AddressSpace } from '@main/software/space/address-space'
import { STORE } from '@shared/model/access'
import { ADVICE, type Operation } from '@shared/model/operation'
import { COUNTER_INDEX, type CounterId } from '@shared/stats/counters'
import { MAIN, aDrivenLane, type AreaInput, type DrivenLane } from '../builders/a-machine'

const count = ({ machine }: DrivenLane, id: CounterId): number => machine.ledger.counters[COUNTER_INDEX[id]]

const operate = ({ machine }: DrivenLane, id: Operation['id'], ...args: number[]): void =>
  execute(machine, { id, arguments: args })

const spaces = ({ machine }: DrivenLane): readonly AddressSpace[] => machine.stack.inner.spaces

/** Process 0 runs; process 1 is its child, and has run. */
function aFamily(input: Record<string, unknown>): DrivenLane {
  const driven = aDrivenLane({ tea: { minVmaMiB: 1 }, ...input })
  for (let i = 0; i < 40; i++) driven.touch({ page: MAIN.start + 37 * i, kind: STORE })
  operate(driven, 'fork', 1)
  operate(driven, 'run', 0, 1)
  for (let i = 0; i < 40; i++) driven.touch({ page: MAIN.start + 41 * i, kind: STORE })
  operate(driven, 'run', 0, 0)
  return driven
}

const dmtWalksOf = (driven: DrivenLane, process: number): number => {
  operate(driven, 'run', 0, process)
  driven.machine.tlb.flushAll()
  const before = count(driven, 'dmtWalks')
  for (let i = 0; i < 10; i++) driven.touch({ page: MAIN.start + 37 * i })
  return count(driven, 'dmtWalks') - before
}

describe('a switch of the lane concerns processes that do not run', () => {
  it('DMT off: no process is walked by registers; on: all are', () => {
    const driven = aFamily({ environment: 'virtualized', lanes: ['pvdmt'] })
    driven.machine.setDmt(false)
    expect([0, 1].map((process) => dmtWalksOf(driven, process))).toEqual([0, 0])
    driven.machine.setDmt(true)
    expect([0, 1].map((process) => dmtWalksOf(driven, process))).toEqual([10, 10])
    expect(checkMachine(driven.machine).told).toEqual([])
  })

  it('a radix lane that gets DMT gets areas for every process', () => {
    const driven = aFamily({ environment: 'virtualized', lanes: ['radix'] })
    driven.machine.setDmt(true)
    expect(spaces(driven).map(({ teas }) => [teas.mode, teas.teas.length > 0])).toEqual([
      ['P', true],
      ['P', true]
    ])
    expect([0, 1].map((process) => dmtWalksOf(driven, process))).toEqual([10, 10])
    expect(checkMachine(driven.machine).told).toEqual([])
  })

  it('cooperation off: no process keeps a grant, nor asks for one; on: each has its own again', () => {
    const driven = aFamily({ environment: 'virtualized', lanes: ['pvdmt'] })
    const grants = (): number[] =>
      spaces(driven).map(({ teas }) => teas.teas.filter((tea) => tea.grant !== null).length)
    const before = grants()
    expect(Math.min(...before)).toBeGreaterThan(0)
    driven.machine.setCooperation(false)
    expect([grants(), spaces(driven).map(({ teas }) => teas.mode)]).toEqual([
      [0, 0],
      ['D', 'D']
    ])
    expect(driven.machine.stack.host.holdings).toEqual([])
    driven.machine.setCooperation(true)
    expect(grants()).toEqual(before)
    expect([0, 1].map((process) => dmtWalksOf(driven, process))).toEqual([10, 10])
    expect(checkMachine(driven.machine).told).toEqual([])
  })
})

describe('registers of a process that does not run', () => {
  it('are values in memory: written when it runs, and at no cost before', () => {
    const driven = aDrivenLane({ environment: 'native', lanes: ['dmt'], tea: { minVmaMiB: 1 } })
    driven.touch({ page: MAIN.start, kind: STORE })
    const before = count(driven, 'registerLoads')
    operate(driven, 'fork', 1)
    expect(count(driven, 'registerLoads')).toBe(before)
    operate(driven, 'run', 0, 1)
    expect(count(driven, 'registerLoads')).toBe(before + 1)
    expect(dmtWalksOf(driven, 1)).toBe(10)
  })

  it('are not written at a switch while DMT is off', () => {
    const driven = aFamily({ environment: 'native', lanes: ['dmt'] })
    driven.machine.setDmt(false)
    const before = count(driven, 'registerLoads')
    operate(driven, 'run', 0, 1)
    expect(count(driven, 'registerLoads')).toBe(before)
  })
})

describe('a child', () => {
  it('gets its own area where its parent has one, also for the table that begins before the area', () => {
    const driven = aDrivenLane({ environment: 'native', lanes: ['dmt'], tea: { minVmaMiB: 1 } })
    for (const offset of [0, 5000]) driven.touch({ page: MAIN.start + offset, kind: STORE })
    const moved = count(driven, 'teaMigrations')
    operate(driven, 'fork', 1)
    expect([count(driven, 'tablesIneligible'), count(driven, 'teaMigrations')]).toEqual([0, moved])
    const [parent, child] = spaces(driven).map(({ teas }) => teas.teas[0])
    expect([child.start, child.slots, child.slotsUsed]).toEqual([parent.start, parent.slots, 2])
    expect(child.base).not.toBe(parent.base)
  })
})

describe('a process with tables of 5 levels', () => {
  it('gives its grants back, whatever tables of the window are empty then', () => {
    const driven = aDrivenLane({
      environment: 'virtualized',
      lanes: ['pvdmt'],
      levels: 5,
      tea: { minVmaMiB: 0 }
    })
    driven.touch({ page: MAIN.start })
    driven.machine.setCooperation(false)
    driven.touch({ page: MAIN.start })
    expect(driven.lane.firstError).toBeNull()
    expect(checkMachine(driven.machine).told).toEqual([])
  })
})

describe('khugepaged', () => {
  it('takes one process after the other, whichever runs', () => {
    const driven = aFamily({
      environment: 'native',
      lanes: ['dmt'],
      pageSize: 'thp',
      thp: { scanEvery: 1000 }
    })
    // Nothing is shared any more: khugepaged passes by what mostly is.
    operate(driven, 'run', 0, 1)
    operate(driven, 'madvise', MAIN.start, MAIN.pages, ADVICE.indexOf('dontneed'))
    driven.touch({ page: MAIN.start + 1024 })
    for (const process of [0, 1]) {
      operate(driven, 'run', 0, process)
      operate(driven, 'madvise', MAIN.start, MAIN.pages, ADVICE.indexOf('split'))
    }
    const [scanning] = tasksOf(driven.machine)
    const small = (): boolean[] =>
      spaces(driven).map(({ table }) => table.leafLevelOf(MAIN.start + 1024) === 1)
    expect(small()).toEqual([true, true])
    scanning.run()
    expect(small()).toEqual([false, true])
    scanning.run()
    expect(small()).toEqual([false, false])
    expect(checkMachine(driven.machine).told).toEqual([])
  })
})

describe('the record of a walk', () => {
  it('shows the registers of the process that walked, also when another runs or it has ended', () => {
    const driven = aFamily({ environment: 'virtualized', lanes: ['pvdmt'] })
    const { machine, lane } = driven
    operate(driven, 'run', 0, 1)
    driven.touch({ page: MAIN.start + 20_000 })
    const logged = lane.log.latest()
    if (logged === null) throw new Error('no walk')
    const matches = () => walkRecord(logged, machine.walk, machine.stack).registers
    const shown = matches()
    expect(shown.map(({ layer }) => layer)).toEqual(['L1', 'L0'])
    operate(driven, 'run', 0, 0)
    expect(matches()).toEqual(shown)
    operate(driven, 'run', 0, 1)
    operate(driven, 'exit')
    operate(driven, 'run', 0, 0)
    expect(matches().map(({ layer }) => layer)).toEqual(['L0'])
  })
})

describe('INVLPG of a process', () => {
  it('leaves what is kept of the memory of its virtual machine, for the first process as for others', () => {
    for (const process of [0, 1]) {
      const driven = aFamily({ environment: 'virtualized', lanes: ['radix'] })
      operate(driven, 'run', 0, process)
      for (let i = 0; i < 50; i++) driven.touch({ page: MAIN.start + 97 * i })
      const { cpu, stack } = driven.machine
      const [host, guest] = cpu.walkCaches.pwc
      const kept = host.entries().length
      expect(kept).toBeGreaterThan(0)
      expect(guest.entries().length).toBeGreaterThan(0)
      stack.inner.invalidate(stack.inner.space, MAIN.start, 1)
      expect(host.entries().length, `process ${process}`).toBe(kept)
    }
  })
})

describe('ranked registers', () => {
  const REGION = 512
  const AREAS = 20
  const pageOf = (area: number, n: number): number => 0x7f1200000 + area * 4 * REGION + (n % REGION)
  const areas: AreaInput[] = Array.from({ length: AREAS }, (_, i) => ({
    start: pageOf(i, 0),
    pages: REGION,
    name: `area ${i}`
  }))

  /** The last four areas get most accesses; areas are ranked four times. */
  function aRun(input: Record<string, unknown>): { coverage: number; hashes: number[] } {
    const driven = aDrivenLane({ tea: { minVmaMiB: 1 }, verify: false, ...input }, areas)
    for (let i = 0; i < AREAS; i++) driven.touch({ page: pageOf(i, 0) })
    for (let n = 0; n < 8000; n++) {
      const area = n % 5 === 0 ? n % AREAS : AREAS - 1 - (n % 4)
      driven.touch({ page: pageOf(area, n * 31) })
      if (n % 2000 === 1999)
        for (const layer of driven.machine.stack.layers) for (const { teas } of layer.spaces) teas.rank()
    }
    const { lane } = driven
    expect(lane.firstError).toBeNull()
    return { coverage: count(driven, 'dmtWalks') / count(driven, 'walks'), hashes: [lane.hashA, lane.hashB] }
  }

  it.each([
    ['native', 'dmt'],
    ['virtualized', 'pvdmt'],
    ['nested', 'dmt']
  ])('%s %s: follow the walks of the run, and change no translation', (environment, design) => {
    const [first, ranked] = ['first', 'ranked'].map((policy) =>
      aRun({ environment, lanes: [design], dmt: { policy } })
    )
    expect(ranked.hashes).toEqual(first.hashes)
    expect(first.coverage).toBeLessThan(0.4)
    expect(ranked.coverage).toBeGreaterThan(first.coverage + 0.3)
  })

  it('of a lane that gets DMT while it runs are ranked too', () => {
    const driven = aDrivenLane({ lanes: ['radix'], tea: { minVmaMiB: 1 }, dmt: { policy: 'ranked' } }, areas)
    for (let i = 0; i < AREAS; i++) driven.touch({ page: pageOf(i, 0) })
    driven.machine.setDmt(true)
    for (let n = 0; n < 2000; n++) driven.touch({ page: pageOf(AREAS - 1, n * 31) })
    for (const task of tasksOf(driven.machine)) task.run()
    expect(driven.machine.stack.inner.space.teas.covering(1, pageOf(AREAS - 1, 0))?.register).not.toBe(-1)
  })
})

describe('leaf tables in ordinary frames', () => {
  it('are counted by reason', () => {
    const small = { start: 0x600000, pages: 8, name: 'small' }
    const driven = aDrivenLane({ lanes: ['dmt'], tea: { minVmaMiB: 1 }, dmt: { registers: 1 } }, [
      MAIN,
      small,
      { ...MAIN, start: 0x100000, name: 'other' }
    ])
    for (const page of [MAIN.start, small.start, 0x100000, 0x100200]) driven.touch({ page })
    const ids = ['tablesOutside', 'tablesNoRegister', 'tablesIneligible', 'tablesNoContiguity'] as const
    expect(ids.map((id) => count(driven, id))).toEqual([2, 2, 1, 0])
    const told = driven.machine.ledger.events().filter(({ kind }) => kind === 'tea-fallback')
    expect(told.map(({ text }) => text).join('\n')).toMatch(
      /small is an ordinary frame: the area is too small for a TEA, or of a kind that gets none/
    )
  })

  it('are not counted where a class gets no area before its first table', () => {
    const driven = aDrivenLane(
      { environment: 'native', lanes: ['dmt'], tea: { minVmaMiB: 1 }, dmt: { classes: 2, registers: 1 } },
      [MAIN, { ...MAIN, start: 0x40000000, name: 'other' }]
    )
    driven.touch({ page: MAIN.start })
    driven.touch({ page: 0x40000000 })
    // Of the first area the table of class 2M, of the other one those of both classes.
    expect(count(driven, 'tablesOutside')).toBe(3)
  })
})
