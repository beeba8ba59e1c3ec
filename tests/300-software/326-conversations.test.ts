/** What layers say to each other adds up to what was booked for it, and is kept within bounds. */
import type { Machine } from '@main/lab/machine'
import type { KeptCall } from '@main/software/calls/call-log'
import { STEPS } from '@main/software/hypervisor/steps'
import { ENVIRONMENTS, LAYER_NAMES } from '@shared/model/environment'
import { MOST_FIRST_CALLS, MOST_LAST_CALLS } from '@shared/model/conversation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAIN, aDrivenLane, aMachine } from '../builders/a-machine'
import { aCooperatingLane, aWarmMachine, count, innerHolding } from '../builders/coop-state'

const BOTH = ['virtualized', 'nested'] as const

interface Heard {
  readonly calls: readonly KeptCall[]
  readonly cycles: number
  readonly exits: number
}

/** The conversations in which work was done, and what it was booked for. */
function heard(machine: Machine, work: () => void): Heard {
  const { calls } = machine.ledger
  const last = calls.after(0).at(-1)?.n ?? 0
  const [cycles, exits] = [count(machine, 'softwareCycles'), count(machine, 'vmExits')]
  work()
  return {
    calls: calls.after(last),
    cycles: count(machine, 'softwareCycles') - cycles,
    exits: count(machine, 'vmExits') - exits
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)

function checkBooks({ calls, cycles, exits }: Heard): void {
  expect(sum(calls.map((call) => call.cycles))).toBe(cycles)
  expect(sum(calls.map((call) => call.exits))).toBe(exits)
  for (const call of calls) {
    expect(sum(call.messages.map((message) => message.cycles))).toBe(call.cycles)
    expect(sum(call.messages.map((message) => message.exits))).toBe(call.exits)
    for (const message of call.messages) expect(message.cycles).toBeGreaterThanOrEqual(0)
  }
}

const between = ({ messages }: KeptCall): string[] =>
  messages.filter(({ from, to }) => from !== to).map(({ from, to }) => `${from}>${to}`)

describe.each(BOTH)('%s: a call for machine-contiguous frames', (environment) => {
  it('is one conversation whose messages add up to cycles and exits', () => {
    const machine = aWarmMachine(environment)
    const done = heard(machine, () => machine.stack.inner.hypercalls.allocate(40))
    checkBooks(done)
    const [call] = done.calls
    expect([done.calls.length, call.result, call.frames]).toEqual([1, 'granted', 40])
    expect(call.asker).toBe(machine.stack.inner.name)
    expect(done.exits).toBe(environment === 'nested' ? 3 : 1)
    expect(between(call)).toEqual(
      environment === 'nested'
        ? ['L2>L0', 'L0>L1', 'L1>L0', 'L0>L1', 'L0>L1', 'L1>L2', 'L0>L2', 'L1>L0', 'L0>L2']
        : ['L1>L0', 'L0>L1', 'L0>L1', 'L0>L1']
    )
    const { costs } = machine.spec
    const asked = call.messages.find(({ text }) => text.startsWith('allocate'))
    expect(asked?.cycles).toBe(environment === 'nested' ? costs.nestedExit : costs.hypercall)
  })

  it.each(STEPS)('that fails at %s says so, and still adds up', (step) => {
    if (environment === 'virtualized' && ['reflect', 'map-l2-window', 'delegate'].includes(step)) return
    const machine = aWarmMachine(environment)
    machine.stack.host.failAt = step
    const done = heard(machine, () => machine.stack.inner.hypercalls.allocate(40))
    checkBooks(done)
    const [call] = done.calls
    expect([done.calls.length, call.result]).toEqual([1, 'denied'])
    expect(call.messages.filter(({ isRefusal }) => isRefusal).length).toBe(1)
  })

  it('ends, is taken back, moves, or is named by somebody else, each as a conversation', () => {
    const driven = aCooperatingLane(environment)
    const { machine } = driven
    const { stack } = machine
    const moved = heard(machine, () => stack.host.move(innerHolding(machine)))
    const reclaimed = heard(machine, () => stack.host.reclaim(innerHolding(machine)))
    const { hypercalls } = stack.inner
    const grant = hypercalls.allocate(5)
    if (grant === null) throw new Error('it was denied')
    const ended = heard(machine, () => hypercalls.giveBack(grant))
    const refused = heard(machine, () => hypercalls.giveBack(grant))
    const all = [moved, reclaimed, ended, refused]
    all.forEach(checkBooks)
    expect(all.map(({ calls }) => calls.map(({ result }) => result))).toEqual([
      ['migrated'],
      ['revoked'],
      ['revoked'],
      ['refused']
    ])
    expect(refused.calls[0].messages.at(-1)?.isRefusal).toBe(true)
  })
})

describe.each(ENVIRONMENTS)('%s: requests for areas', (environment) => {
  const lanes = [environment === 'native' ? 'dmt' : 'pvdmt']

  it('tell the area that they were for, while it stands', () => {
    const driven = aDrivenLane({ environment, lanes })
    for (let i = 0; i < 60; i++) driven.touch({ page: MAIN.start + i * 531 })
    const { stack, ledger } = driven.machine
    for (const { name, space } of stack.layers) {
      const call = ledger.calls.after(0).find(({ asker, area }) => asker === name && area !== null)
      expect(space.teas.teas).toContain(call?.area)
      expect(call?.result).toBe('granted')
      expect(call?.messages.length).toBeGreaterThan(0)
    }
  })

  it('are split or refused as fragmentation grows, and say which', () => {
    const results = [0, 0.5, 1].map((fragmentation) => {
      const driven = aDrivenLane({ environment, lanes, fragmentation })
      for (let i = 0; i < 60; i++) driven.touch({ page: MAIN.start + i * 531 })
      return new Set(driven.machine.ledger.calls.after(0).map(({ result }) => result))
    })
    expect([...results[0]]).toEqual(['granted'])
    expect(results[2]).toContain('fallback')
    expect(results[2]).not.toContain('granted')
  })

  it('cost no layer more than the books say, whatever fragmentation and switches come', () => {
    const property = fc.property(
      fc.constantFrom(0, 0.3, 0.7, 1),
      fc.array(fc.constantFrom('cooperation', 'touch', 'unmap'), { minLength: 1, maxLength: 6 }),
      (fragmentation, acts) => {
        const driven = aDrivenLane({ environment, lanes, fragmentation, tea: { minVmaMiB: 1 } })
        const { machine } = driven
        let isOn = true
        const { cycles, exits, calls } = heard(machine, () => {
          acts.forEach((act, i) => {
            if (act === 'cooperation') machine.setCooperation((isOn = !isOn))
            if (act === 'unmap') driven.operate('munmap', MAIN.start + i * 3000, 900)
            for (let k = 0; k < 12; k++)
              driven.tryTouch({ page: MAIN.start + (((i * 17 + k) * 1031) % MAIN.pages) })
          })
        })
        expect(sum(calls.map((call) => call.cycles))).toBeLessThanOrEqual(cycles)
        expect(sum(calls.map((call) => call.exits))).toBeLessThanOrEqual(exits)
        for (const call of calls) checkBooks({ calls: [call], cycles: call.cycles, exits: call.exits })
        expect(calls.map(({ n }) => n)).toEqual(calls.map((_, i) => calls[0].n + i))
        for (const { messages } of calls)
          for (const { from, to } of messages) expect(LAYER_NAMES).toEqual(expect.arrayContaining([from, to]))
      }
    )
    fc.assert(property, { numRuns: 6 })
  })
})

describe('switching cooperation while a lane runs', () => {
  it.each(BOTH)(
    '%s: tables move out of grants and into grants, in conversations that add up',
    (environment) => {
      const { machine } = aCooperatingLane(environment)
      const off = heard(machine, () => machine.setCooperation(false))
      const on = heard(machine, () => machine.setCooperation(true))
      checkBooks(off)
      checkBooks(on)
      expect(new Set(off.calls.map(({ result }) => result))).toEqual(new Set(['migrated']))
      expect(new Set(on.calls.map(({ result }) => result))).toEqual(new Set(['granted']))
    }
  )
})

describe('the log', () => {
  it('keeps the first and the last, and grows no further', () => {
    const { ledger, stack } = aMachine({ environment: 'native', lanes: ['dmt'] })
    const before = ledger.calls.after(0).length
    const most = MOST_FIRST_CALLS + MOST_LAST_CALLS
    for (let i = 0; i < most + 100; i++)
      ledger.calls.during(
        { asker: 0, title: `${i}`, frames: 0 },
        () => undefined,
        () => ({ result: 'granted', outcome: '' })
      )
    const kept = ledger.calls.after(0).map(({ n }) => n)
    expect(before).toBe(0)
    expect(kept.slice(0, MOST_FIRST_CALLS)).toEqual(Array.from({ length: MOST_FIRST_CALLS }, (_, i) => i + 1))
    expect(kept.slice(MOST_FIRST_CALLS)).toEqual(
      Array.from({ length: MOST_LAST_CALLS }, (_, i) => most + 100 - MOST_LAST_CALLS + i + 1)
    )
    expect(ledger.calls.after(most + 98).map(({ n }) => n)).toEqual([most + 99, most + 100])
    expect(stack.inner.space.teas.teas).toEqual([])
  })

  it('says what ended a conversation that memory ran out in, and goes on', () => {
    const { ledger } = aMachine({ environment: 'native', lanes: ['dmt'] })
    const failing = (): void =>
      ledger.calls.during(
        { asker: 0, title: 'a', frames: 1 },
        () => {
          ledger.calls.say(0, 0, 'tries')
          ledger.charge(7)
          throw new Error('no frames')
        },
        () => ({ result: 'granted', outcome: '' })
      )
    expect(failing).toThrow('no frames')
    expect(ledger.calls.after(0)).toMatchObject([{ result: 'denied', outcome: 'no frames', cycles: 7 }])
    expect(ledger.calls.current).toBeNull()
  })
})
