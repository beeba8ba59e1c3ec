/** What hardware does with registers: two that overlap, entries of huge pages alone, and A and D beside radix walks. */
import { describe, expect, it } from 'vitest'
import { checkMachine, mustHold } from '@main/lab/invariants'
import { visitTables } from '@main/software/invariants/looking'
import type { AddressSpace } from '@main/software/space/address-space'
import { pageHigh, pageLow } from '@shared/address/address'
import { LOAD, STORE } from '@shared/model/access'
import { MAIN, aDrivenLane, type DrivenLane } from '../builders/a-machine'
import { count } from '../builders/coop-state'
import { clearLeafBits, leafBits } from '../builders/leaf-bits'
import { machineFrameBehind } from '../builders/stack-laws'

const PAGE = MAIN.start + 3 * 512 + 9

describe('G11 two registers of one class that cover the same page', () => {
  /** A lane whose area is named by register `own`, and by `other` a forged copy in which each page has one frame. */
  function conflicting(own: number, other: number): { driven: DrivenLane; wrong: number; right: number } {
    const driven = aDrivenLane({ environment: 'native', lanes: ['dmt'] })
    driven.touch({ page: PAGE, kind: STORE })
    const { inner, memory } = driven.machine.stack
    const { registers, teas } = inner.space.teas
    const value = registers.valueOf(teas[0].register)
    if (value === null) throw new Error('the area has no register')
    const right = inner.space.table.frameOf(PAGE)
    const base = inner.allocateArea(teas[0].slots)
    const wrong = inner.allocateFrame()
    const linear = PAGE - value.start
    memory.write((base + Math.floor(linear / 512)) as never, linear % 512, wrong * 4096 + 0x67, 0)
    registers.invalidate(teas[0].register)
    registers.load(own, value)
    registers.load(other, { ...value, base })
    return { driven, wrong, right }
  }

  const walked = ({ machine }: DrivenLane): number => {
    machine.walk.begin()
    return machine.stage.translate(pageHigh(PAGE), pageLow(PAGE), LOAD)
  }

  it('the one with the lowest index wins, and both are fetched', () => {
    const first = conflicting(0, 15)
    expect(walked(first.driven)).toBe(first.right)
    expect([first.driven.machine.walk.registerMatches, first.driven.machine.walk.references]).toEqual([2, 2])
    const second = conflicting(15, 0)
    expect(walked(second.driven)).toBe(second.wrong)
  })

  it('the lab’s laws name the defect of the software', () => {
    const { driven } = conflicting(0, 15)
    expect(checkMachine(driven.machine).told.join()).toMatch(/register 15 and its area disagree/)
  })
})

describe('G19 huge pages as those of hugetlbfs', () => {
  const GIANT = 512 * 512
  const area = { start: 0x1fc00 * GIANT, pages: 2 * GIANT, name: 'main' }
  const PAGES = [area.start + 7, area.start + GIANT + 1029]

  const tablesOf = ({ machine }: DrivenLane, { table, layer }: AddressSpace): Map<number, number> => {
    const tables = new Map<number, number>()
    visitTables(machine.stack.memory, machine.stack.layers, layer.index, table, {
      table: (frame, level) => tables.set(frame, level)
    })
    return tables
  }

  it.each([
    ['2M', 2],
    ['1G', 3]
  ] as const)('of %s have areas of level %i alone, and no table below', (pageSize, level) => {
    const driven = aDrivenLane({ environment: 'native', lanes: ['dmt'], pageSize }, [area])
    for (const page of PAGES) driven.touch({ page, kind: STORE })
    const { machine } = driven
    const { space } = machine.stack.inner
    expect(new Set(space.teas.teas.map((tea) => tea.level))).toEqual(new Set([level]))
    expect(Math.min(...tablesOf(driven, space).values())).toBe(level)
    machine.tlb.flushAll()
    machine.ledger.restart()
    for (const page of PAGES) driven.touch({ page })
    expect([count(machine, 'walkReferences'), count(machine, 'dmtWalks')]).toEqual([2, 2])
    mustHold(machine)
  })

  it.each(['2M', '1G'])('of %s: a fork shares no table page between processes', (pageSize) => {
    const driven = aDrivenLane({ environment: 'native', lanes: ['dmt'], pageSize }, [area])
    for (const page of PAGES) driven.touch({ page, kind: STORE })
    driven.operate('fork', 1)
    const { processes } = driven.machine.stack.kernel
    const [parent, child] = [...processes.values()].map(({ space }) => tablesOf(driven, space))
    expect(child.size).toBe(parent.size)
    expect([...child.keys()].filter((frame) => parent.has(frame))).toEqual([])
    mustHold(driven.machine)
  })
})

describe('G35 A by a radix walk of one CPU, D by a fetch of another', () => {
  it.each([
    ['native', 'dmt', ['AD']],
    ['virtualized', 'pvdmt', ['AD', 'AD']]
  ] as const)('%s %s: neither bit is lost, whichever sets its own last', (environment, design, bits) => {
    for (const radixLast of [true, false]) {
      const driven = aDrivenLane({ environment, lanes: [design], cpu: { count: 2 } })
      const { machine } = driven
      driven.touch({ page: PAGE })
      driven.touch({ page: PAGE })
      clearLeafBits(machine, PAGE)
      const { memory, layers, inner } = machine.stack
      const walk = (cpu: number, access: number, byRegisters: boolean): number => {
        for (const { space } of layers) space.teas.registers.enabled = byRegisters
        machine.walk.begin()
        return machine.cpus[cpu].stage.translate(pageHigh(PAGE), pageLow(PAGE), access)
      }
      const byRadix = (): number => walk(0, LOAD, false)
      const byFetch = (): number => walk(1, STORE, true)
      const [outer, inside] = radixLast ? [byRadix, byFetch] : [byFetch, byRadix]
      const leaf = inner.space.table.find(PAGE)
      const leafTable = machineFrameBehind(machine, inner.index, leaf.table)
      const setLowBits = memory.setLowBits.bind(memory)
      let isFirst = true
      // Between the read of the leaf and the update of its bits the other CPU makes its whole walk.
      memory.setLowBits = (frame, index, wanted) => {
        if (isFirst && frame === leafTable && index === leaf.index) {
          isFirst = false
          expect(inside()).toBe(machine.stack.oracleFrame(PAGE))
          expect(machine.walk.fellBack).toBe(radixLast === false)
        }
        setLowBits(frame, index, wanted)
      }
      expect(outer()).toBe(machine.stack.oracleFrame(PAGE))
      expect([isFirst, leafBits(machine, PAGE)]).toEqual([false, [...bits]])
    }
  })
})
