/** A call for contiguous frames that fails anywhere leaves nothing behind in any layer (part G, case 31; H11). */
import { describe, expect, it } from 'vitest'
import { stepsFrom, STEPS } from '@main/software/hypervisor/steps'
import { aMachine } from '../builders/a-machine'
import { aWarmMachine, count, stateOf } from '../builders/coop-state'

const ENVIRONMENTS = [
  ['virtualized', 1],
  ['nested', 2]
] as const

describe('G31 a call that fails', () => {
  const cases = ENVIRONMENTS.flatMap(([environment, asker]) =>
    stepsFrom(asker).map((step) => [environment, asker, step] as const)
  )

  it.each(cases)('%s, L%i, at the step %s: every layer is as it was', (environment, asker, step) => {
    const machine = aWarmMachine(environment)
    const before = stateOf(machine)
    machine.stack.host.failAt = step
    expect(machine.stack.layers[asker].hypercalls.allocate(700)).toBeNull()
    expect(stateOf(machine)).toEqual(before)
    expect(count(machine, 'hypercallsDenied')).toBe(1)
    machine.stack.host.failAt = null
    expect(machine.stack.layers[asker].hypercalls.allocate(700)).not.toBeNull()
  })

  it.each(ENVIRONMENTS)(
    '%s: a thousand failures leak nothing, nor do a thousand grants given back',
    (environment, asker) => {
      const machine = aWarmMachine(environment)
      const { hypercalls } = machine.stack.layers[asker]
      const before = stateOf(machine)
      const steps = stepsFrom(asker)
      for (let i = 0; i < 1000; i++) {
        machine.stack.host.failAt = steps[i % steps.length]
        hypercalls.allocate(3)
      }
      expect(stateOf(machine)).toEqual(before)
      machine.stack.host.failAt = null
      for (let i = 0; i < 1000; i++) {
        const grant = hypercalls.allocate(3)
        if (grant === null) throw new Error(`grant ${i} was denied`)
        expect(grant.window).toBe(2 ** 28)
        hypercalls.giveBack(grant)
      }
      expect(stateOf(machine)).toEqual(before)
      expect(machine.stack.gteas.list().length).toBe(asker)
    }
  )

  it.each([
    ['virtualized', 1, 'allocate', 1],
    ['nested', 2, 'call', 1],
    ['nested', 2, 'allocate', 3],
    // L1 has mapped the window by then: it gives back what it got in a call, and executes INVEPT.
    ['nested', 2, 'map-l2-window', 5],
    ['nested', 2, 'resume', 5]
  ] as const)('%s, L%i, at %s: %i exits', (environment, asker, step, exits) => {
    const machine = aWarmMachine(environment)
    machine.stack.host.failAt = step
    machine.stack.layers[asker].hypercalls.allocate(8)
    expect(count(machine, 'vmExits')).toBe(exits)
  })

  it('lists the steps in the order of the document', () => {
    expect(STEPS.join(' ')).toBe(
      'call reflect reserve-windows allocate map-l1-window grant map-l2-window delegate resume'
    )
  })
})

describe('windows', () => {
  it('take the first gap that is long enough', () => {
    const { stack } = aMachine({ environment: 'virtualized', lanes: ['pvdmt'] })
    const { hypercalls } = stack.layers[1]
    const grants = [8, 4, 8].map((n) => hypercalls.allocate(n))
    const windows = grants.map((g) => (g?.window ?? 0) - 2 ** 28)
    expect(windows).toEqual([0, 8, 12])
    if (grants[1]) hypercalls.giveBack(grants[1])
    expect([5, 4].map((n) => (hypercalls.allocate(n)?.window ?? 0) - 2 ** 28)).toEqual([20, 8])
  })

  it('H11 of a nested grant each layer has its own, and L1 maps one to the other', () => {
    const { stack } = aMachine({ environment: 'nested', lanes: ['pvdmt'] })
    stack.layers[1].hypercalls.allocate(5)
    const grant = stack.layers[2].hypercalls.allocate(8)
    const below = grant?.below
    if (!grant || !below) throw new Error('it was denied')
    expect(grant.window).not.toBe(below.window)
    const { table } = stack.layers[1].space
    expect(Array.from({ length: 8 }, (_, i) => table.frameOf(grant.window + i) - below.window)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7
    ])
    const base = stack.gteas.find(grant.id)?.base ?? -1
    const machineFrames = Array.from({ length: 8 }, (_, i) =>
      stack.layers[0].space.table.frameOf(below.window + i)
    )
    expect(machineFrames).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((i) => base + i))
  })
})
