/** Processes and CPUs over shadow tables: each process has its own, and a CPU walks that of the process it runs. */
import { describe, expect, it } from 'vitest'
import { AddressSpace } from '@main/software/space/address-space'
import { OracleMap } from '@main/software/space/oracle-map'
import { LOAD, STORE } from '@shared/model/access'
import { COUNTER_INDEX } from '@shared/stats/counters'
import { MAIN, aDrivenLane, anArea, type DrivenLane } from '../builders/a-machine'
import { checkShadow, unmapPage } from '../builders/shadow-laws'

const PAGES = Array.from({ length: 40 }, (_, i) => MAIN.start + ((i * 613) % 5000))

/** A second process of the innermost OS, over the same addresses. */
function aProcess({ machine }: DrivenLane, pcid: number): AddressSpace {
  const { inner } = machine.stack
  const space = new AddressSpace({
    layer: inner,
    teas: inner.space.teas,
    policy: '4K',
    levels: machine.spec.levels,
    mayWiden: true,
    salt: 0
  })
  space.vmas.add(anArea(MAIN))
  space.oracle = new OracleMap()
  space.pcid = pcid
  return space
}

const exits = ({ machine }: DrivenLane): number => machine.ledger.counters[COUNTER_INDEX.shadowExits]

describe.each(['virtualized', 'nested'])('two processes on two CPUs, %s', (environment) => {
  it.each([true, false])('reach their own pages through shadows of their own, with PCIDs: %s', (pcid) => {
    const driven = aDrivenLane({ environment, lanes: ['shadow'], cpu: { count: 2, pcid } })
    const { machine } = driven
    const spaces = [machine.stack.inner.space, aProcess(driven, 1)]
    for (let i = 0; i < 200; i++) {
      const n = (i >> 2) % 2
      machine.run((i >> 3) % 2, spaces[n])
      const page = PAGES[(i * 7) % PAGES.length]
      if (i % 23 === 22) unmapPage(machine, page)
      else driven.touch({ page, kind: i % 3 === 0 ? STORE : LOAD })
      expect(driven.lane.firstError).toBeNull()
    }
    const { all } = machine.stack.shadows
    expect(all.map((shadow) => shadow.chain[0])).toEqual(spaces)
    const [first, second] = all.map((shadow) => new Set(PAGES.map((page) => shadow.table.frameOf(page))))
    first.delete(-1)
    expect([...first].filter((frame) => second.has(frame))).toEqual([])
    for (const shadow of all) expect(checkShadow(shadow, PAGES, true)).toBeGreaterThan(10)
  })
})

describe('a switch between processes', () => {
  it('is an exit the first time and where tables were written meanwhile, and none when the root is kept', () => {
    const driven = aDrivenLane({ environment: 'virtualized', lanes: ['shadow'] })
    const { machine } = driven
    const spaces = [machine.stack.inner.space, aProcess(driven, 1)]
    const exitsOfRun = (n: number): number => {
      const before = exits(driven)
      machine.run(0, spaces[n])
      return exits(driven) - before
    }
    expect([1, 0, 1, 0].map(exitsOfRun)).toEqual([1, 0, 0, 0])
    for (const page of [MAIN.start, MAIN.start + 1]) driven.touch({ page, kind: STORE })
    expect([1, 0, 1, 0].map(exitsOfRun)).toEqual([0, 1, 0, 0])
  })
})
