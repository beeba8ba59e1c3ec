/** What a guest sees of machine memory, and a guest's kernel that maps the window of its own tables. */
import { describe, expect, it } from 'vitest'
import { visitTables } from '@main/software/invariants/looking'
import { slotFrame } from '@main/software/tea/tea'
import { pageHigh, pageLow, type Frame } from '@shared/address/address'
import { DIRTY } from '@shared/arch/entry'
import { LOAD, STORE } from '@shared/model/access'
import { MAIN, aDrivenLane, type DrivenLane } from '../builders/a-machine'
import { PAGES, aCooperatingLane } from '../builders/coop-state'
import { machineFrameBehind } from '../builders/stack-laws'

const BOTH = ['virtualized', 'nested'] as const

/** Everything that software above L0 can read: words of its tables, registers as it wrote them, areas, free frames. */
function seenByGuests({ machine }: DrivenLane): unknown {
  const { memory, layers } = machine.stack
  return layers.slice(1).map(({ index, spaces, frames }) => ({
    free: frames.freeFrames,
    spaces: spaces.map(({ table, teas, vmas }) => {
      const words: number[] = []
      visitTables(memory, layers, index, table, {
        table: (frame, level, page) => words.push(frame, level, page),
        leaf: (page, frame, level, low, high) => words.push(page, frame, level, low, high)
      })
      const registers = Array.from({ length: teas.registers.count }, (_, n) => teas.registers.valueOf(n))
      const areas = teas.teas.map(({ base, grant }) => [base, grant?.window, grant?.id, grant?.frames])
      return { words, registers, areas, vmas: vmas.list().map(({ start, end }) => [start, end]) }
    })
  }))
}

const machineFrames = ({ machine }: DrivenLane): number[] =>
  PAGES.map((page) => machine.stack.oracleFrame(page))

/** What befalls the VM while it is saved and goes on elsewhere. */
const LIVES: Record<string, (driven: DrivenLane) => void> = {
  'has run': () => {},
  'was moved to another host': (driven) => driven.operate('migrate', 0),
  'was moved to a host without contiguity': (driven) => driven.operate('migrate', 1),
  'lost its grants': (driven) => driven.operate('reclaim', 100_000),
  'had its grants moved': ({ machine: { stack } }) => {
    for (const holding of stack.host.holdings) expect(stack.host.move(holding)).toBe(true)
  }
}

describe.each(BOTH)('G28 what a guest can save of itself, %s', (environment) => {
  it.each(Object.keys(LIVES))('is the same wherever the machine put it: a VM that %s', (life) => {
    const lanes = [0, 4321].map((taken) => {
      const driven = aDrivenLane({ environment, lanes: ['pvdmt'] })
      const { frames } = driven.machine.stack.layers[0]
      if (taken > 0) expect(frames.allocateRange(taken, 1)).toBeGreaterThan(0)
      for (const page of PAGES) driven.touch({ page, kind: STORE })
      return driven
    })
    const [here, there] = lanes.map(machineFrames)
    expect(here.filter((frame, i) => frame === there[i])).toEqual([])
    for (const driven of lanes) {
      LIVES[life](driven)
      for (const page of PAGES) driven.touch({ page: page + 1 })
      expect(driven.lane.firstError).toBeNull()
    }
    expect(seenByGuests(lanes[1])).toEqual(seenByGuests(lanes[0]))
  })
})

describe.each(BOTH)('G34 a kernel that maps the window of its tables, %s', (environment) => {
  /** A page of the main area becomes the kernel's view of the very leaf table that maps it. */
  const VIEW = MAIN.start + 5 * 512 + 77
  function selfMapped(): { driven: DrivenLane; slot: Frame; machineSlot: number } {
    const driven = aCooperatingLane(environment)
    driven.touch({ page: VIEW })
    const { machine } = driven
    const { inner } = machine.stack
    const [tea] = inner.space.teas.teas
    const slot = slotFrame(tea, VIEW)
    expect([tea.grant !== null, slot >= inner.frames.frames]).toEqual([true, true])
    inner.space.table.map(VIEW, slot, 1, 0x27, true)
    inner.invalidate(inner.space, VIEW, 1)
    return { driven, slot, machineSlot: machineFrameBehind(machine, inner.index, slot) }
  }

  const walk = ({ machine }: DrivenLane, access: number): number => {
    machine.walk.begin()
    return machine.stage.translate(pageHigh(VIEW), pageLow(VIEW), access)
  }

  it('sees by its page tables the machine frame that registers name, and D set in the entry it walked', () => {
    const { driven, slot, machineSlot } = selfMapped()
    const { machine } = driven
    const { inner, memory } = machine.stack
    expect(walk(driven, STORE)).toBe(machineSlot)
    expect([machine.walk.falseMatches, machine.walk.machineFrame[machine.walk.start]]).toEqual([
      0,
      machineSlot
    ])
    expect(inner.entries.low(slot, VIEW % 512) & DIRTY).toBe(DIRTY)
    expect(memory.low(machineSlot, VIEW % 512)).toBe(inner.entries.low(slot, VIEW % 512))
    // By the tree, through EPT, it is the same frame.
    machine.setDmt(false)
    expect(walk(driven, LOAD)).toBe(machineSlot)
  })

  it('clears its own entry by a store: the TLB knows the page until it is invalidated, then it faults', () => {
    const { driven, machineSlot } = selfMapped()
    const { machine } = driven
    const { inner, memory } = machine.stack
    const { tlb, context } = machine
    const [high, low] = [pageHigh(VIEW), pageLow(VIEW)]
    tlb.fill(false, high, low, context, walk(driven, STORE), 0, 7)
    expect([tlb.lookup(false, high, low, context), tlb.frame]).toEqual([true, machineSlot])
    memory.write(tlb.frame as never, VIEW % 512, 0, 0)
    expect(inner.space.table.frameOf(VIEW)).toBe(-1)
    expect([tlb.lookup(false, high, low, context), tlb.frame]).toEqual([true, machineSlot])
    inner.invalidate(inner.space, VIEW, 1)
    expect(tlb.lookup(false, high, low, context)).toBe(false)
    expect(walk(driven, LOAD)).toBeLessThan(0)
    expect([machine.walk.faultLayer, machine.walk.falseMatches]).toEqual([inner.index, 1])
  })
})
