/** Cooperative allocation from asking to giving back: exits, denials, revocation (A.10.1, A.11, part G 21 to 31). */
import { describe, expect, it } from 'vitest'
import { COUNTER_INDEX, type CounterId } from '@shared/stats/counters'
import type { Machine } from '@main/lab/machine'
import { MAIN, aDrivenLane, aMachine } from '../builders/a-machine'
import { checkMemory, checkTranslations, pinnedFrames } from '../builders/stack-laws'

const count = (machine: Machine, id: CounterId): number => machine.ledger.counters[COUNTER_INDEX[id]]

/** What an action adds to the counters of calls and exits. */
function callsOf(machine: Machine, action: () => void): number[] {
  machine.ledger.restart()
  action()
  return [count(machine, 'hypercalls'), count(machine, 'vmExits') - count(machine, 'eptViolations')]
}

describe('a hypercall for contiguous frames', () => {
  it('costs one exit from L1, and three with its cascade from L2', () => {
    const two = aMachine({ environment: 'virtualized', lanes: ['pvdmt'] })
    expect(callsOf(two, () => two.stack.layers[1].hypercalls.allocate(8))).toEqual([1, 1])
    const three = aMachine({ environment: 'nested', lanes: ['pvdmt'] })
    expect(callsOf(three, () => three.stack.layers[1].hypercalls.allocate(8))).toEqual([1, 1])
    expect(callsOf(three, () => three.stack.layers[2].hypercalls.allocate(8))).toEqual([2, 3])
  })

  it('grants frames that are contiguous in the machine and named for each layer of the cascade', () => {
    const { stack } = aMachine({ environment: 'nested', lanes: ['pvdmt'] })
    const grant = stack.layers[2].hypercalls.allocate(8)
    expect(grant?.below).not.toBeNull()
    const [own, passed] = [stack.gteas.list()[grant?.id ?? -1], stack.gteas.list()[grant?.below?.id ?? -1]]
    expect([own.owner, passed.owner, own.base - passed.base, own.pages]).toEqual([2, 1, 0, 8])
  })

  it('is made when an area is made, and never by a walk', () => {
    for (const environment of ['virtualized', 'nested']) {
      const driven = aDrivenLane({ environment, lanes: ['pvdmt'] })
      driven.touch({ page: MAIN.start })
      const made = count(driven.machine, 'hypercalls')
      expect(made).toBeGreaterThan(0)
      for (let i = 0; i < 200; i++) driven.touch({ page: MAIN.start + ((i * 7919) % MAIN.pages) })
      expect(count(driven.machine, 'hypercalls')).toBe(made)
    }
  })
})

describe('a grant that is denied', () => {
  it.each([
    ['virtualized', 1],
    ['nested', 2]
  ])('leaves no window, frame or table entry behind: %s', (environment, asking) => {
    const machine = aMachine({ environment, lanes: ['pvdmt'], fragmentation: 1 })
    const { layers, gteas } = machine.stack
    const state = (): unknown => [
      layers.map((l) => [l.frames.freeFrames, l.space.table.tablePages, l.space.vmas.list().length]),
      gteas.list().length
    ]
    const before = state()
    expect(layers[asking].hypercalls.allocate(2000)).toBeNull()
    expect(state()).toEqual(before)
    expect(count(machine, 'hypercalls')).toBe(asking)
    expect(machine.ledger.events().some((e) => e.kind === 'gtea-deny')).toBe(true)
  })

  it('leaves the area in the memory of the guest itself', () => {
    const driven = aDrivenLane({ environment: 'virtualized', lanes: ['pvdmt'] })
    const { machine } = driven
    const { frames } = machine.stack.layers[0]
    const pinned = pinnedFrames(machine)
    // Every other frame of the machine is taken: no two adjacent ones are free.
    for (let f = 2; f < frames.frames; f += 2) if (frames.allocateAt(f, 1)) pinned[0]++
    driven.touch({ page: MAIN.start })
    const [tea] = machine.stack.layers[1].space.teas.teas
    expect([tea.grant, machine.stack.gteas.list().length]).toEqual([null, 0])
    checkMemory(machine, pinned)
    checkTranslations(machine, [MAIN.start])
  })
})

describe('when cooperation ends', () => {
  it.each(['virtualized', 'nested'])(
    '%s: no ID stays valid, and where the guest has no contiguous frames the window keeps the tables',
    (environment) => {
      const driven = aDrivenLane({ environment, lanes: ['pvdmt'] })
      const { machine } = driven
      const pinned = pinnedFrames(machine)
      const pages = Array.from({ length: 60 }, (_, i) => MAIN.start + i * 531)
      for (const page of pages) driven.touch({ page })
      for (const layer of machine.stack.layers.slice(1)) {
        const { frames } = layer
        for (let f = 2; f < frames.frames; f += 2) if (frames.allocateAt(f, 1)) pinned[layer.index]++
      }
      machine.setCooperation(false)
      expect(machine.stack.gteas.list().filter((e) => e.valid)).toEqual([])
      for (const { space } of machine.stack.layers.slice(1))
        expect(space.teas.teas.every((tea) => tea.grant === null)).toBe(true)
      const inner = machine.stack.inner
      expect(inner.space.teas.teas[0].base).toBeGreaterThan(inner.frames.frames)
      machine.setDmt(false)
      checkMemory(machine, pinned)
      checkTranslations(machine, pages)
      machine.setDmt(true)
      machine.setCooperation(true)
      checkMemory(machine, pinned)
      checkTranslations(machine, pages)
    }
  )
})

describe('a window', () => {
  it('begins beyond the memory of a guest larger than 1 TiB', () => {
    const { stack } = aMachine({ environment: 'virtualized', lanes: ['pvdmt'] })
    const { vmas } = stack.layers[0].space
    const slot = vmas.list()[0]
    slot.end = (2 ** 28 + 1000) as typeof slot.end
    expect(stack.layers[1].hypercalls.allocate(8)?.window).toBe(2 ** 28 + 1000)
  })
})
