/** Processes that fork, end and take turns on CPUs, over areas that registers name. */
import { describe, expect, it } from 'vitest'
import { mustHold } from '@main/lab/invariants'
import type { AddressSpace } from '@main/software/space/address-space'
import { indexAt, pageHigh, pageLow } from '@shared/address/address'
import { PRESENT, USER, WRITABLE, entryFlags } from '@shared/arch/entry'
import { STORE } from '@shared/model/access'
import { MAIN, aDrivenLane, type DrivenLane } from '../builders/a-machine'
import { count, framesRead } from '../builders/coop-state'
import { machineFrameBehind } from '../builders/stack-laws'

const DESIGNS = [
  ['native', 'dmt'],
  ['virtualized', 'pvdmt'],
  ['nested', 'pvdmt']
] as const
/** Of three leaf tables, and of other sets of the TLB. */
const PAGES = [0, 3, 7].map((region) => MAIN.start + region * 512 + 5 + region)

const spaceOf = ({ machine }: DrivenLane, process: number): AddressSpace => {
  const found = machine.stack.kernel.processes.get(process)
  if (found === undefined) throw new Error(`no process ${process}`)
  return found.space
}

const touchAll = (driven: DrivenLane, kind: number): void =>
  PAGES.forEach((page) => driven.touch({ page, kind }))

/** Machine frames of the slots of a process's areas. */
const slotsOf = ({ machine }: DrivenLane, { teas }: AddressSpace): Set<number> =>
  new Set(
    teas.teas.flatMap(({ base, slots }) =>
      Array.from({ length: slots }, (_, i) =>
        machineFrameBehind(machine, machine.stack.inner.index, base + i)
      )
    )
  )

describe.each(DESIGNS)('G7 fork, %s %s', (environment, design) => {
  const forked = (): DrivenLane => {
    const driven = aDrivenLane({ environment, lanes: [design] })
    touchAll(driven, STORE)
    driven.operate('fork', 1)
    return driven
  }

  it('gives the child areas of its own, as long as the parent’s, while its tables are copied', () => {
    const driven = forked()
    const [parent, child] = [spaceOf(driven, 0), spaceOf(driven, 1)]
    expect(child.teas.teas.map(({ start, slots, slotsUsed }) => [start, slots, slotsUsed])).toEqual(
      parent.teas.teas.map(({ start, slots, slotsUsed }) => [start, slots, slotsUsed])
    )
    expect(child.teas.teas.map(({ slotsUsed }) => slotsUsed)).toEqual([PAGES.length])
    const own = slotsOf(driven, child)
    expect([...slotsOf(driven, parent)].filter((frame) => own.has(frame))).toEqual([])
    mustHold(driven.machine)
  })

  it('takes the right to write from leaves alone', () => {
    const driven = forked()
    const { table } = spaceOf(driven, 1)
    for (const page of PAGES) {
      expect(table.find(page).low & WRITABLE).toBe(0)
      for (const level of [4, 3, 2] as const) {
        const index = indexAt(pageHigh(page), pageLow(page), level)
        const low = table.entries.low(table.tableOf(page, level) as never, index)
        expect(entryFlags(low) & (PRESENT | USER | WRITABLE)).toBe(PRESENT | USER | WRITABLE)
      }
    }
  })

  it('lets both fault for themselves, and every walk of both goes by registers', () => {
    const driven = forked()
    const [parent, child] = [spaceOf(driven, 0), spaceOf(driven, 1)]
    const frames = ({ table }: AddressSpace): number[] => PAGES.map((page) => table.frameOf(page))
    const before = frames(parent)
    expect(frames(child)).toEqual(before)
    driven.operate('run', 0, 1)
    touchAll(driven, STORE)
    expect(frames(parent)).toEqual(before)
    expect(frames(child).filter((frame) => before.includes(frame))).toEqual([])
    driven.operate('run', 0, 0)
    touchAll(driven, STORE)
    expect(frames(parent), 'the last owner writes in place').toEqual(before)
    const { machine, lane } = driven
    expect([count(machine, 'fallbackWalks'), lane.firstError]).toEqual([0, null])
    mustHold(machine)
  })
})

describe('G7 many forks', () => {
  it('use contiguous frames up, then children get ordinary tables, and all goes back in the end', () => {
    const driven = aDrivenLane({
      environment: 'native',
      lanes: ['dmt'],
      memory: { limits: { L0: '64MiB' } },
      tea: { minSlots: 32 }
    })
    const { machine, lane } = driven
    const { frames } = machine.stack.inner
    touchAll(driven, STORE)
    const free = frames.freeFrames
    let children = 0
    while (count(machine, 'tablesOutside') === 0) driven.operate('fork', ++children)
    driven.operate('fork', ++children)
    expect(frames.freeFrames).toBeGreaterThan(0)
    expect(spaceOf(driven, children).teas.teas).toEqual([])
    for (const process of [1, children]) {
      driven.operate('run', 0, process)
      for (const page of PAGES) driven.touch({ page })
    }
    expect(lane.firstError).toBeNull()
    mustHold(machine)
    for (let process = 1; process <= children; process++) {
      driven.operate('run', 0, process)
      driven.operate('exit')
      driven.operate('run', 0, 0)
    }
    expect(frames.freeFrames).toBe(free)
    mustHold(machine)
  })

  it('of which each execs at once keep no area, and make none before a page is touched', () => {
    const driven = aDrivenLane({ environment: 'native', lanes: ['dmt'] })
    const { machine } = driven
    touchAll(driven, STORE)
    const free = machine.stack.inner.frames.freeFrames
    for (const process of [1, 2, 3]) {
      driven.operate('run', 0, 0)
      driven.operate('fork', process)
      driven.operate('run', 0, process)
      driven.operate('exec')
      driven.operate('mmap', MAIN.start, MAIN.pages, 1, 0)
      const { teas, table } = spaceOf(driven, process)
      expect([teas.teas.length, table.tablePages]).toEqual([0, 1])
    }
    // A root table each.
    expect(machine.stack.inner.frames.freeFrames).toBe(free - 3)
    mustHold(machine)
  })
})

describe('G8 exit while another CPU still has the process loaded', () => {
  it.each(DESIGNS)('%s %s: it matches no register when the first slot goes back', (environment, design) => {
    const driven = aDrivenLane({ environment, lanes: [design], cpu: { count: 2 } })
    const { machine } = driven
    driven.operate('fork', 1)
    driven.operate('run', 1, 0)
    touchAll(driven, STORE)
    driven.operate('run', 0, 0)
    const matches = (): number => {
      const { walk } = machine
      walk.begin()
      machine.cpus[1].stage.translate(pageHigh(PAGES[1]), pageLow(PAGES[1]), 0)
      return walk.registerMatches
    }
    const before = matches()
    const { inner } = machine.stack
    const seen: number[] = []
    const { registers } = spaceOf(driven, 0).teas
    const hear = <Args extends unknown[]>(then: (...args: Args) => void) => {
      return (...args: Args): void => {
        seen.push(registers.matchFrom(0, PAGES[1]))
        then(...args)
      }
    }
    inner.frames.freeRange = hear(inner.frames.freeRange.bind(inner.frames))
    machine.stack.host.end = hear(machine.stack.host.end.bind(machine.stack.host))
    driven.operate('exit')
    expect(before).toBeGreaterThan(0)
    expect([seen.length > 0, seen.filter((n) => n >= 0)]).toEqual([true, []])
    driven.operate('run', 0, 1)
    driven.operate('run', 1, 1)
    mustHold(machine)
  })
})

describe('G12 a process that another one takes the CPU from', () => {
  /** Two processes with the same addresses and pages of their own; the first has run last. */
  const taken = (pcid: boolean): DrivenLane => {
    const driven = aDrivenLane({ environment: 'virtualized', lanes: ['pvdmt'], cpu: { pcid } })
    driven.operate('fork', 1)
    for (const process of [0, 1, 0]) {
      driven.operate('run', 0, process)
      touchAll(driven, STORE)
    }
    return driven
  }

  it.each([
    [true, 0],
    [false, PAGES.length]
  ])('with PCIDs %s makes %i walks for the pages it knew', (pcid, walks) => {
    const driven = taken(pcid)
    const { machine, lane } = driven
    driven.operate('run', 0, 1)
    touchAll(driven, STORE)
    machine.ledger.restart()
    driven.operate('run', 0, 0)
    touchAll(driven, STORE)
    expect([
      count(machine, 'walks'),
      count(machine, 'contextSwitches'),
      count(machine, 'registerLoads')
    ]).toEqual([walks, 1, 1])
    expect(lane.firstError).toBeNull()
    mustHold(machine)
  })

  it('has its registers loaded alone: no walk of one reads a table of the other', () => {
    const driven = taken(true)
    const { machine, lane } = driven
    const slots = [0, 1].map((process) => slotsOf(driven, spaceOf(driven, process)))
    for (const process of [0, 1, 0]) {
      driven.operate('run', 0, process)
      machine.tlb.flushAll()
      const from = machine.walk.end
      touchAll(driven, STORE)
      const read = framesRead(machine, from)
      expect(read.filter((frame) => slots[process].has(frame)).length).toBe(PAGES.length)
      expect(read.filter((frame) => slots[1 - process].has(frame))).toEqual([])
    }
    expect(lane.firstError).toBeNull()
  })
})
