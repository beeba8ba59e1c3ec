/** What guests may and may not do with gTEAs, and what L0 may do to them (A.11; part G, cases 20 to 30 and 32). */
import { describe, expect, it, vi } from 'vitest'
import type { RegisterValue } from '@main/hardware/registers/dmt-registers'
import { gteaIndex } from '@main/hardware/registers/gtea-table'
import type { Machine } from '@main/lab/machine'
import { chain } from '@main/software/hypervisor/grant'
import { page, type Frame } from '@shared/address/address'
import { LOAD } from '@shared/model/access'
import { MAIN, aDrivenLane, aMachine, type DrivenLane } from '../builders/a-machine'
import {
  PAGES,
  aCooperatingLane,
  aWarmMachine,
  count,
  framesRead,
  heldOf,
  innerHolding,
  leaveFree,
  stateOf
} from '../builders/coop-state'
import { NO_WALK_CACHES } from '../builders/no-walk-caches'
import { checkMemory, checkTranslations, machineFrameBehind, pinnedFrames } from '../builders/stack-laws'

const BOTH = ['virtualized', 'nested'] as const
const CHECKS = ['on-load', 'on-walk-cached', 'on-walk-memory'] as const
/** Too small for an area: what registers say of it is forged. */
const SMALL = { start: 0x7f0000000, pages: 512, name: 'small' }
const FORGED = 15

const events = (machine: Machine, kind: string): number =>
  machine.ledger.events().filter((e) => e.kind === kind).length

/** What the guest writes into a register to have `SMALL` translated by pages of a grant. */
const forged = (id: number, slots = 1, offset = 0): RegisterValue => ({
  level: 1,
  start: page(SMALL.start),
  pages: slots * 512,
  base: 2 ** 28,
  gtea: { id, offset }
})

/** A grant of another VM, with entries in it: L1's in a nested stack, else that of a VM beside this one. */
function victim({ machine }: DrivenLane): { id: number; base: number; pages: number } {
  const { layers, gteas, memory } = machine.stack
  const pages = 8
  const base = layers[0].allocateArea(pages)
  const id = gteas.grant(base, pages, machine.stack.inner.index === 2 ? 1 : 9)
  for (let i = 0; i < pages; i++) memory.write((base + i) as never, 0, 0x7067, 0)
  return { id, base, pages }
}

describe.each(BOTH)(
  'G21 %s: a register that names a grant of another VM, an ended one, or none',
  (environment) => {
    it.each(CHECKS)('reads nothing by it, checked %s', (check) => {
      const driven = aDrivenLane({ environment, lanes: ['pvdmt'], gtea: { check } }, [MAIN, SMALL])
      const { machine } = driven
      driven.touch({ page: MAIN.start })
      const foreign = victim(driven)
      const ended = machine.stack.inner.hypercalls.allocate(3)
      if (ended) machine.stack.inner.hypercalls.giveBack(ended)
      machine.stack.inner.hypercalls.allocate(3)
      const { registers } = machine.stack.inner.space.teas
      const ids = [foreign.id, ended?.id ?? 0, 999, 70_000, -1, foreign.id + 1024]
      ids.forEach((id, i) => {
        const violations = count(machine, 'gteaViolations')
        const from = machine.walk.end
        registers.load(FORGED, forged(id))
        driven.touch({ page: SMALL.start + i })
        expect(count(machine, 'gteaViolations'), `ID ${id}`).toBe(violations + 1)
        expect(registers.valueOf(FORGED)).toBeNull()
        for (const frame of framesRead(machine, from))
          expect(frame < foreign.base || frame >= foreign.base + foreign.pages).toBe(true)
      })
      expect(events(machine, 'gtea-violation')).toBeGreaterThan(0)
      expect(driven.lane.firstError).toBeNull()
      checkTranslations(machine, [MAIN.start, SMALL.start])
    })

    it('is seen by the guest as a fault where it is asked for', () => {
      for (const [onViolation, faults] of [
        ['fallback', 0],
        ['fault', 1]
      ] as const) {
        const { stack, ledger } = aMachine({ environment, lanes: ['pvdmt'], gtea: { onViolation } })
        const machine = { ledger } as Machine
        expect(stack.inner.space.teas.registers.load(FORGED, forged(7))).toBe(false)
        expect([count(machine, 'gteaViolations'), count(machine, 'gteaFaults')]).toEqual([1, faults])
      }
    })
  }
)

describe.each(BOTH)('G22 %s: a register that reaches beyond its grant', (environment) => {
  it.each(CHECKS)('reads nothing out there, checked %s', (check) => {
    const driven = aDrivenLane({ environment, lanes: ['pvdmt'], gtea: { check } }, [MAIN, SMALL])
    const { machine } = driven
    driven.touch({ page: MAIN.start })
    const { stack } = machine
    const grant = stack.inner.hypercalls.allocate(4)
    const base = stack.gteas.find(grant?.id ?? -1)?.base ?? -1
    // Frames beside the grant that nobody has are L0's own from now on.
    const beyond = [base - 1, base + 4, base + 5].filter((f) => stack.layers[0].frames.allocateAt(f, 1))
    expect(beyond.length).toBeGreaterThan(0)
    const { registers } = stack.inner.space.teas
    for (const [slots, offset] of [
      [1, 4],
      [1, -1],
      [1, 2 ** 20]
    ]) {
      const from = machine.walk.end
      const before = count(machine, 'gteaViolations')
      registers.load(FORGED, forged(grant?.id ?? -1, slots, offset))
      driven.touch({ page: SMALL.start + offset + 5 - (offset > 9 ? offset : 0) })
      expect(count(machine, 'gteaViolations')).toBe(before + 1)
      for (const frame of framesRead(machine, from)) expect(beyond).not.toContain(frame)
    }
    expect(driven.lane.firstError).toBeNull()
  })

  it('is refused for its size when it is loaded, and bounds are checked at each fetch besides', () => {
    const { stack } = aMachine({ environment, lanes: ['pvdmt'] })
    const { registers } = stack.inner.space.teas
    const id = stack.inner.hypercalls.allocate(4)?.id ?? -1
    expect(registers.load(FORGED, forged(id, 5))).toBe(false)
    expect(registers.load(FORGED, forged(id, 2, 2))).toBe(true)
    const base = stack.gteas.find(id)?.base ?? -1
    expect([registers.describedFrame(FORGED, 1), registers.describedFrame(FORGED, 2)]).toEqual([base + 3, -1])
    expect(registers.valueOf(FORGED)).toBeNull()
  })
})

describe.each([
  ['virtualized', 'pure'],
  ['nested', 'pure'],
  ['nested', 'shadow-ept']
])('G23 %s, %s: a guest that writes any guest-physical page into its entries', (environment, fallback) => {
  const naming = (frame: number): DrivenLane => {
    const driven = aCooperatingLane(environment as 'nested', { nested: { fallback } })
    const { stack, tlb } = driven.machine
    const { table } = stack.inner.space
    table.map(PAGES[3], frame, 1, 0x67, true)
    tlb.flushAll()
    return driven
  }

  it('reaches nothing outside its memory: the access is refused, counted, and the lab goes on', () => {
    const outside = 2 ** 27 + 12_345
    const driven = naming(outside)
    const { machine } = driven
    const from = machine.walk.end
    driven.touch({ page: PAGES[3] })
    expect([count(machine, 'eptRefusals'), events(machine, 'ept-refusal')]).toEqual([1, 1])
    const { frames } = machine.stack.layers[0].frames
    for (const frame of framesRead(machine, from)) expect(frame).toBeLessThan(frames)
    expect(driven.lane.firstError).toBeNull()
    checkTranslations(machine, PAGES)
  })

  it('reaches by a page of its own memory what its hypervisor mapped there', () => {
    const driven = naming(5)
    const { machine } = driven
    machine.stack.inner.below?.space.ensure(5, LOAD)
    driven.touch({ page: PAGES[3] })
    const { logged } = { logged: driven.lane.log.latest() }
    expect(logged?.machineFrame).toBe(machineFrameBehind(machine, machine.stack.inner.index, 5))
    expect(count(machine, 'eptRefusals')).toBe(0)
  })

  it('has a table pointer outside its memory dropped as well, and a register with a base there', () => {
    const driven = aCooperatingLane(environment as 'nested', { nested: { fallback } })
    const { machine } = driven
    const { space } = machine.stack.inner
    machine.setDmt(false)
    space.table.repoint(PAGES[3], 1, (2 ** 27 + 77) as Frame)
    machine.walkCaches.flushAll()
    machine.tlb.flushAll()
    driven.touch({ page: PAGES[3] })
    expect(count(machine, 'eptRefusals')).toBe(1)
    const other = aDrivenLane({ environment, lanes: ['pvdmt'], nested: { fallback } }, [MAIN, SMALL])
    other.touch({ page: MAIN.start })
    const { registers } = other.machine.stack.inner.space.teas
    registers.load(FORGED, { ...forged(0), base: 2 ** 27 + 77, gtea: null })
    other.touch({ page: SMALL.start })
    expect([count(other.machine, 'eptRefusals'), registers.valueOf(FORGED)]).toEqual([1, null])
    expect(other.lane.firstError).toBeNull()
  })
})

describe.each(BOTH)('G24 %s: a grant given back while a register names it', (environment) => {
  it('leaves descriptors first, then frames; a later load fails', () => {
    const machine = aWarmMachine(environment)
    const { stack } = machine
    const { registers } = stack.inner.space.teas
    const grant = stack.inner.hypercalls.allocate(8)
    if (grant === null) throw new Error('it was denied')
    expect(registers.load(FORGED, forged(grant.id, 8))).toBe(true)
    const seen: boolean[] = []
    const free = vi.spyOn(stack.layers[0].frames, 'free').mockImplementation(function (this: void) {
      seen.push(registers.valueOf(FORGED) === null)
    })
    stack.inner.hypercalls.giveBack(grant)
    free.mockRestore()
    expect([seen.length > 0, seen.every((isVoid) => isVoid)]).toEqual([true, true])
    expect(registers.load(FORGED, forged(grant.id, 8))).toBe(false)
  })

  it('H9 is nobody else’s to give back, and not twice', () => {
    const machine = aWarmMachine(environment)
    const { layers, gteas } = machine.stack
    const grant = layers[1].hypercalls.allocate(8)
    if (grant === null) throw new Error('it was denied')
    const before = stateOf(machine)
    machine.stack.inner.hypercalls.giveBack({ ...grant, window: page(grant.window + 1) })
    machine.stack.inner.hypercalls.revoke({ ...grant, id: grant.id + 1 })
    if (environment === 'nested') layers[2].hypercalls.giveBack(grant)
    expect(stateOf(machine)).toEqual(before)
    layers[1].hypercalls.giveBack(grant)
    const after = stateOf(machine)
    layers[1].hypercalls.giveBack(grant)
    expect(stateOf(machine)).toEqual(after)
    expect(count(machine, 'gteaViolations')).toBe(environment === 'nested' ? 4 : 3)
    expect(gteas.list().some((e) => e.valid)).toBe(false)
  })
})

describe.each(BOTH)('G25 %s: a grant that L0 takes back', (environment) => {
  it('keeps its contents at the same place of the window; entry, descriptors and frames are void', () => {
    const driven = aCooperatingLane(environment)
    const { machine } = driven
    const { stack } = machine
    const pinned = pinnedFrames(machine)
    const holding = innerHolding(machine)
    const { id, window, frames } = holding.grant
    const entry = stack.gteas.find(id)
    if (entry === null) throw new Error('no entry')
    const words = (): number[] =>
      Array.from({ length: frames * 512 }, (_, i) =>
        stack.inner.entries.low((window + Math.floor(i / 512)) as Frame, i % 512)
      )
    const before = words()
    expect(stack.host.reclaim(holding)).toBe(true)
    expect(words()).toEqual(before)
    const after = stack.gteas.list()[gteaIndex(id)]
    expect([after.valid, after.generation]).toEqual([false, entry.generation + 1])
    for (let f = entry.base; f < entry.base + frames; f++)
      expect([stack.memory.hasContents(f), stack.layers[0].frames.isFree(f)].slice(0, 2)).not.toEqual([
        true,
        true
      ])
    const [tea] = stack.inner.space.teas.teas
    const { registers } = stack.inner.space.teas
    expect([tea.grant, tea.base, registers.cooperative[tea.register]]).toEqual([null, window, 0])
    expect(count(machine, 'gteaReclaims')).toBe(1)
    checkMemory(machine, pinned)
    checkTranslations(machine, PAGES)
    for (const p of PAGES) driven.touch({ page: p + 1 })
    expect(driven.lane.firstError).toBeNull()
  })

  it('stays where it is when no ordinary frames are free', () => {
    const driven = aCooperatingLane(environment)
    const { stack } = driven.machine
    const { frames } = stack.layers[0]
    leaveFree(frames, 100)
    const holding = innerHolding(driven.machine)
    expect(stack.host.reclaim(holding) || holding.grant.frames <= 100).toBe(holding.grant.frames <= 100)
  })
})

describe.each(BOTH)('G26 %s: a grant that L0 moves', (environment) => {
  it('keeps ID, window and registers of the guest; base and generation change, and walks stay as short', () => {
    const driven = aCooperatingLane(environment, NO_WALK_CACHES)
    const { machine } = driven
    const { stack } = machine
    const pinned = pinnedFrames(machine)
    const holding = innerHolding(machine)
    const { id } = holding.grant
    const [tea] = stack.inner.space.teas.teas
    const { registers } = stack.inner.space.teas
    const guestSees = registers.valueOf(tea.register)
    const before = stack.gteas.find(id)
    expect(stack.host.move(holding)).toBe(true)
    const after = stack.gteas.find(id)
    expect(after?.base).not.toBe(before?.base)
    expect(after?.generation).toBe((before?.generation ?? 0) + 1)
    expect([registers.base[tea.register], registers.valueOf(tea.register)]).toEqual([after?.base, guestSees])
    expect(chain(holding.grant).map((g) => stack.gteas.find(g.id)?.base)).toEqual(
      chain(holding.grant).map(() => after?.base)
    )
    checkMemory(machine, pinned)
    checkTranslations(machine, PAGES)
    machine.tlb.flushAll()
    driven.touch({ page: PAGES[1] })
    machine.ledger.restart()
    machine.tlb.flushAll()
    driven.touch({ page: PAGES[1] })
    expect(count(machine, 'walkReferences')).toBe(environment === 'nested' ? 3 : 2)
  })
})

describe('G20 host huge pages under pvDMT', () => {
  it.each([
    ['virtualized', '2M', 2],
    ['virtualized', 'thp', 2],
    ['nested', 'thp', 3]
  ] as const)(
    '%s, host pages %s: %i references still, and the TLB keeps the smaller of the sizes',
    (environment, hostPageSize, references) => {
      const driven = aCooperatingLane(environment, { hostPageSize, ...NO_WALK_CACHES })
      const { machine } = driven
      expect(machine.stack.layers[0].space.table.leafLevelOf(0)).toBe(2)
      machine.tlb.flushAll()
      machine.ledger.restart()
      driven.touch({ page: PAGES[1] })
      expect([count(machine, 'walkReferences'), machine.walk.leafLevel]).toEqual([references, 1])
      expect(machine.tlb.entries().data.map((entry) => entry.pageShift)).toEqual([0])
    }
  )

  it.each(BOTH)('%s: guest pages larger than the host’s are kept as pages of the host', (environment) => {
    const driven = aDrivenLane({ environment, lanes: ['pvdmt'], pageSize: '2M', hostPageSize: '4K' })
    const page = MAIN.start + 4096
    for (let i = 0; i < 2; i++) driven.touch({ page })
    const { machine } = driven
    expect(machine.stack.inner.space.table.leafLevelOf(page)).toBe(2)
    machine.tlb.flushAll()
    driven.touch({ page })
    expect(machine.tlb.entries().data.map((entry) => entry.pageShift)).toEqual([0])
  })
})

describe('G28 what a guest can save of its registers', () => {
  it.each(BOTH)('%s: names no machine frame', (environment) => {
    const { machine } = aCooperatingLane(environment)
    const { teas } = machine.stack.inner.space
    const [tea] = teas.teas
    const grant = heldOf(machine)
    expect(teas.registers.valueOf(tea.register)).toEqual({
      level: 1,
      start: tea.start,
      pages: tea.slots * 512,
      base: grant.window,
      gtea: { id: grant.id, offset: 0 }
    })
  })
})

describe('G30 a VM that ends', () => {
  it.each([
    ['virtualized', 1],
    ['nested', 1],
    ['nested', 2]
  ] as const)('%s: with L%i all that was granted for it goes back to L0', (environment, vm) => {
    const machine = aWarmMachine(environment)
    const { layers, gteas, host } = machine.stack
    const before = stateOf(machine)
    const own = layers[1].hypercalls.allocate(9)
    const passed = environment === 'nested' ? layers[2].hypercalls.allocate(7) : null
    host.releaseVm(vm)
    const left = gteas.list().filter((e) => e.valid)
    if (vm === 1) {
      expect(left).toEqual([])
      expect(stateOf(machine)).toEqual(before)
    } else {
      expect(left.map((e) => [e.owner, e.pages])).toEqual([[1, 9]])
      if (own) layers[1].hypercalls.giveBack(own)
      expect(stateOf(machine)).toEqual(before)
    }
    for (const grant of [passed, vm === 1 ? own : null])
      if (grant) expect(layers[1].space.teas.registers.load(FORGED, forged(grant.id))).toBe(false)
  })
})

describe('G32 a host that does not cooperate', () => {
  it.each([
    ['virtualized', 3],
    ['nested', 7]
  ] as const)(
    '%s: knows no such call; the guest asks once, and %i references by registers of its own',
    (environment, references) => {
      const driven = aCooperatingLane(environment, { gtea: { support: false }, ...NO_WALK_CACHES })
      const { machine } = driven
      const callsOf = (): number[] => [count(machine, 'hypercallsL1'), count(machine, 'hypercallsL2')]
      // L1 has learned it by a call of its own when L2 asks.
      const once = environment === 'nested' ? [1, 1] : [1, 0]
      expect(callsOf()).toEqual(once)
      for (const { hypercalls } of machine.stack.layers.slice(1)) expect(hypercalls.allocate(4)).toBeNull()
      expect(callsOf()).toEqual(once)
      machine.tlb.flushAll()
      driven.touch({ page: PAGES[1] })
      machine.tlb.flushAll()
      machine.ledger.restart()
      driven.touch({ page: PAGES[1] })
      expect(count(machine, 'walkReferences')).toBe(references)
    }
  )

  it.each(BOTH)(
    '%s: denies by the switch and by the quota of a VM, and leaves nothing behind',
    (environment) => {
      const machine = aWarmMachine(environment, { gtea: { quota: 1000 } })
      const { hypercalls } = machine.stack.inner
      const before = stateOf(machine)
      expect(hypercalls.allocate(1001)).toBeNull()
      expect(stateOf(machine)).toEqual(before)
      const half = hypercalls.allocate(500)
      expect([hypercalls.allocate(501), hypercalls.allocate(500)?.frames]).toEqual([null, 500])
      if (half) hypercalls.giveBack(half)
      expect(hypercalls.allocate(500)?.frames).toBe(500)
      machine.stack.host.cooperates = false
      expect(hypercalls.allocate(1)).toBeNull()
      expect(hypercalls.isSupported).toBe(true)
    }
  )
})

describe('exits of a nested call', () => {
  it('are of three kinds, and more where the VMCS is not shadowed', () => {
    const kinds = ['hypercallExits', 'resumeExits', 'vmcsExits', 'reflectedExits', 'vmExits'] as const
    const of = (vmcsAccesses: number): number[] => {
      const machine = aWarmMachine('nested', { nested: { vmcsAccesses } })
      machine.stack.inner.hypercalls.allocate(8)
      return kinds.map((kind) => count(machine, kind))
    }
    expect(of(0)).toEqual([2, 1, 0, 1, 3])
    expect(of(12)).toEqual([2, 1, 12, 1, 15])
  })

  it('are the sum of their kinds, whatever has happened', () => {
    for (const environment of BOTH) {
      const { machine } = aCooperatingLane(environment, { nested: { vmcsAccesses: 3 } })
      const kinds = [
        'hypercallExits',
        'eptViolationExits',
        'resumeExits',
        'vmcsExits',
        'shadowExits'
      ] as const
      const sum = kinds.reduce((total, kind) => total + count(machine, kind), 0)
      expect(sum).toBe(count(machine, 'vmExits'))
      expect(count(machine, 'hypercallsL1') + count(machine, 'hypercallsL2')).toBe(
        count(machine, 'hypercalls')
      )
    }
  })
})
