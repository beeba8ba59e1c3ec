/** Frames that a hypervisor asks back of its guest (part G, cases 25 and 29). */
import { describe, expect, it } from 'vitest'
import { Balloon } from '@main/software/hypervisor/balloon'
import { STORE } from '@shared/model/access'
import { PAGES, aCooperatingLane, count, heldOf } from '../builders/coop-state'
import { checkMemory, checkTranslations, pinnedFrames } from '../builders/stack-laws'

const BOTH = ['virtualized', 'nested'] as const

describe.each(BOTH)('%s: a balloon', (environment) => {
  const hostPages = environment === 'virtualized' ? ['4K', '2M', 'thp'] : ['4K', 'thp']

  it.each(hostPages)(
    'takes the frames behind free pages of the guest and gives them back, host pages %s',
    (hostPageSize) => {
      const driven = aCooperatingLane(environment, { hostPageSize })
      const { machine } = driven
      const [l0, l1] = machine.stack.layers
      const pinned = pinnedFrames(machine)
      const balloon = new Balloon(l0, l1)
      // Free frames that were in use before: something is behind them.
      const used = Array.from({ length: 20 }, () => l1.allocateFrame())
      for (const f of used) l0.space.ensure(f, STORE)
      for (const f of used) l1.frames.free(f, 0)
      const [hostFree, guestFree] = [l0.frames.freeFrames, l1.frames.freeFrames]
      const taken = (): number => l0.space.table.tablePages + l0.space.teas.usage().frames
      const before = taken()
      expect(used.reduce((sum, f) => sum + balloon.inflateAt(f, 1), 0)).toBe(20)
      expect(l0.frames.freeFrames).toBeGreaterThanOrEqual(hostFree + 20 - (taken() - before))
      expect([l1.frames.freeFrames, balloon.size]).toEqual([guestFree - 20, 20])
      for (const f of used) expect(l0.space.table.leafLevelOf(f)).toBe(0)
      pinned[1] += 20
      checkMemory(machine, pinned)
      checkTranslations(machine, PAGES)
      expect(balloon.deflate(25)).toBe(20)
      pinned[1] -= 20
      expect(l1.frames.freeFrames).toBe(guestFree)
      for (const page of PAGES) driven.touch({ page: page + 1 })
      expect(driven.lane.firstError).toBeNull()
      checkMemory(machine, pinned)
      expect(count(machine, 'balloonPages')).toBe(20)
    }
  )

  it('gets what the guest has and no more', () => {
    const { machine } = aCooperatingLane(environment)
    const [l0, l1] = machine.stack.layers
    l1.frames.allocateRange(l1.frames.largestRun() - 1000, 1)
    const free = l1.frames.freeFrames
    const balloon = new Balloon(l0, l1)
    expect(balloon.inflate(free + 7)).toBe(free)
    expect([l1.frames.freeFrames, count(machine, 'balloonRefusals')]).toEqual([0, 7])
  })

  it('G25 is refused pages of windows, and those in use', () => {
    const { machine } = aCooperatingLane(environment)
    const { stack } = machine
    const pinned = pinnedFrames(machine)
    const { window, frames } = heldOf(machine)
    const balloon = new Balloon(stack.layers[stack.inner.index - 1], stack.inner)
    expect(balloon.inflateAt(window, frames)).toBe(0)
    expect(balloon.inflateAt(stack.inner.space.table.root, 1)).toBe(0)
    expect(count(machine, 'balloonRefusals')).toBe(frames + 1)
    checkMemory(machine, pinned)
    checkTranslations(machine, PAGES)
  })
})

describe('G29 L1 takes memory of L2 back', () => {
  it('drops what L0 combined from its entries; registers of L1 stay', () => {
    const driven = aCooperatingLane('nested')
    const { machine } = driven
    const { layers, shadow } = machine.stack
    const pinned = pinnedFrames(machine)
    const f = layers[2].allocateFrame()
    layers[1].space.ensure(f, STORE)
    shadow?.ensure(f, STORE)
    layers[2].frames.free(f, 0)
    expect(shadow?.table.leafLevelOf(f)).toBe(1)
    const { registers, teas } = layers[1].space.teas
    const before = teas.map((tea) => registers.valueOf(tea.register))
    const free = layers[1].frames.freeFrames
    const moves = machine.tableMoves
    expect(new Balloon(layers[1], layers[2]).inflateAt(f, 1)).toBe(1)
    expect([shadow?.table.leafLevelOf(f), layers[1].space.table.leafLevelOf(f)]).toEqual([0, 0])
    expect([layers[1].frames.freeFrames - free, machine.tableMoves - moves]).toEqual([1, 1])
    expect(teas.map((tea) => registers.valueOf(tea.register))).toEqual(before)
    pinned[2]++
    checkMemory(machine, pinned)
    checkTranslations(machine, PAGES)
  })
})
