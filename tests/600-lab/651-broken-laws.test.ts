/** The checker of the laws is itself checked: each law is broken by hand, and must be told. */
import { checkMachine } from '@main/lab/invariants'
import type { Machine } from '@main/lab/machine'
import { PRESENT } from '@shared/arch/entry'
import type { Frame } from '@shared/address/address'
import { STORE } from '@shared/model/access'
import { COUNTER_INDEX } from '@shared/stats/counters'
import { describe, expect, it } from 'vitest'
import { MAIN, aDrivenLane } from '../builders/a-machine'

function aLivingMachine(): Machine {
  const driven = aDrivenLane({
    environment: 'virtualized',
    lanes: ['pvdmt'],
    memory: { limits: { L0: '1GiB', L1: '512MiB' } }
  })
  for (let i = 0; i < 40; i++) driven.touch({ page: MAIN.start + i * 700, kind: STORE })
  return driven.machine
}

const breaches: Record<string, [breach: (machine: Machine) => void, told: RegExp]> = {
  'I2, an entry in a slot that no table uses': [
    ({ stack }) => {
      const [tea] = stack.inner.space.teas.teas
      const unused = tea.states.findIndex((state) => state === 0)
      stack.inner.entries.write((tea.base + unused) as Frame, 7, PRESENT, 0)
    },
    /I2: the slot/
  ],
  'a slot counted that is not linked': [
    ({ stack }) => stack.inner.space.teas.teas[0].slotsUsed++,
    /slots counted/
  ],
  'a register that names other frames': [
    ({ stack }) => {
      const { registers } = stack.layers[0].space.teas
      const value = registers.valueOf(0)
      if (value) registers.load(0, { ...value, base: value.base + 1 })
    },
    /a register names frame/
  ],
  'a frame in use that is free': [
    ({ stack }) => stack.inner.frames.free(stack.inner.space.table.frameOf(MAIN.start), 0),
    /is free and in use/
  ],
  'a frame that nobody owns': [({ stack }) => stack.layers[0].allocateFrame(), /in use and nobody's/],
  'a page mapped to a frame of another': [
    ({ stack }) => {
      const { table } = stack.inner.space
      table.repointLeaf(MAIN.start, table.frameOf(MAIN.start + 700) as Frame)
    },
    /serves another page|is mapped 2 times/
  ],
  'a page that the oracle knows elsewhere': [
    ({ stack }) => stack.inner.space.oracle?.set(MAIN.start, 5, 1),
    /the oracle/
  ],
  'a TLB entry that the tables do not say': [
    ({ stack }) => {
      const last = MAIN.start + 39 * 700
      stack.inner.space.table.unmap(last)
      stack.inner.space.oracle?.delete(last, 1)
    },
    /the TLB keeps frame/
  ],
  'walks that are not counted': [({ ledger }) => ledger.counters[COUNTER_INDEX.walks]++, /walks, \d+ misses/]
}

describe('a machine that breaks a law', () => {
  it('breaks none as it is', () => expect(checkMachine(aLivingMachine()).told).toEqual([]))

  it.each(Object.entries(breaches))('is told of %s', (_, [breach, told]) => {
    const machine = aLivingMachine()
    breach(machine)
    expect(checkMachine(machine).told.join('\n')).toMatch(told)
  })
})
