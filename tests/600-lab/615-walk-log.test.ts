/** Walks that are kept: their steps are their own until they are overwritten, and then they are gone. */
import { describe, expect, it } from 'vitest'
import { Walk } from '@main/hardware/walker/walk'
import { resultWalks } from '@main/lab/result-walks'
import { WalkLog } from '@main/lab/walk-log'
import { walkRecord } from '@main/lab/walk-records'
import { MOST_RESULT_WALKS } from '@shared/model/result'
import { MAIN, aDrivenLane } from '../builders/a-machine'

describe('the walk log', () => {
  it.each([9, 24, 700])('never shows a step of another walk, with %i steps a walk', (steps) => {
    const walk = new Walk()
    const log = new WalkLog(walk)
    for (let number = 1; number * steps < 200_000; number++) {
      walk.begin()
      for (let i = 0; i < steps; i++) walk.read(0, 1, number, number, i % 512, 0, 1, 0, 0, 0)
      log.add(number, number, 0, 0, number, 0, number)
      if (number % (steps === 700 ? 5 : 997) !== 0) continue
      let expected = number
      for (const logged of log.newestFirst()) {
        const { firstStep } = logged
        const [first, last] = [walk.machineFrame[firstStep], walk.machineFrame[firstStep + steps - 1]]
        if (logged.number !== expected-- || first !== logged.number || last !== logged.number) {
          throw new Error(`walk ${logged.number} shows steps of another`)
        }
      }
      expect(number - expected).toBeGreaterThanOrEqual(Math.min(number, 1024, Math.floor(15_000 / steps)))
    }
  })

  it('goes into a result with its latest walks, oldest first, each with its own steps', () => {
    const driven = aDrivenLane({ environment: 'virtualized', lanes: ['radix'] })
    const { machine, lane } = driven
    const record = (logged: Parameters<typeof walkRecord>[0]) =>
      walkRecord(logged, machine.walk, machine.stack)
    expect(resultWalks(lane.log, record)).toEqual([])
    const pages = MOST_RESULT_WALKS + 30
    for (let page = 0; page < pages; page++) driven.touch({ page: MAIN.start + page })
    const walks = resultWalks(lane.log, record)
    expect(walks).toHaveLength(MOST_RESULT_WALKS)
    expect(walks.at(-1)?.walk).toBe(lane.log.latest()?.number)
    for (const [i, walk] of walks.entries()) {
      if (i > 0) expect(walk.reference).toBeGreaterThanOrEqual(walks[i - 1].reference)
      const reads = walk.steps.filter(({ hit, wasted }) => hit !== 'PWC' && hit !== 'NTLB' && !wasted)
      if (walk.outcome === 'translated') expect(reads).toHaveLength(walk.references)
    }
  })

  it('shows the register arithmetic of a fetch, and none that the register no longer stands for', () => {
    const driven = aDrivenLane({ environment: 'virtualized', lanes: ['pvdmt'] })
    driven.touch({ page: MAIN.start + 700 })
    const { machine, lane } = driven
    const logged = lane.log.latest()
    if (!logged) throw new Error('no walk')
    const shown = walkRecord(logged, machine.walk, machine.stack)
    for (const match of shown.registers) {
      const step = shown.steps[match.step - 1]
      expect(BigInt(match.base) + BigInt(8 * match.linearIndex)).toBe(
        BigInt(match.cooperative || match.layer === 'L0' ? step.address : step.tableAddress)
      )
    }
    expect(shown.registers.length).toBe(2)
    machine.setCooperation(false)
    const later = walkRecord(logged, machine.walk, machine.stack).registers
    expect(later.map((match) => match.layer)).toEqual(['L0'])
  })
})
