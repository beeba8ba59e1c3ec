/** What the barrier makes of the lanes' reports. */
import { describe, expect, it } from 'vitest'
import type { BarrierReport, LaneClient } from '@main/lab/lane-protocol'
import { LockStep } from '@main/lab/lock-step'
import { StreamBuffer } from '@main/lab/stream-buffer'
import { smallSpec, sourceOf } from '../builders/a-lane'

const plain: BarrierReport = { accesses: 100, hashA: 1, hashB: 2, walks: 3, error: null, ended: null }

const laneThatReports = (report: BarrierReport): LaneClient => {
  const lane: Pick<LaneClient, 'run'> = { run: () => Promise.resolve(report) }
  return lane as LaneClient
}

const barrierOf = async (...differences: Partial<BarrierReport>[]): Promise<unknown[]> => {
  const lanes = differences.map((difference) => laneThatReports({ ...plain, ...difference }))
  const lockStep = new LockStep(lanes, new StreamBuffer(sourceOf(smallSpec()), 0, 3000))
  const step = await lockStep.advance(100)
  return [lockStep.accesses, lockStep.sameTranslations, step.ended]
}

describe('a barrier', () => {
  it('finds lanes that reached other pages', async () => {
    expect(await barrierOf({}, {})).toEqual([100, true, null])
    expect(await barrierOf({}, { hashA: 9 })).toEqual([100, false, null])
    expect(await barrierOf({}, { error: { reference: 7, text: 'wrong' } })).toEqual([100, false, null])
  })

  it('does not take a lane that ran out of memory midway for one that reached other pages', async () => {
    expect(await barrierOf({}, { accesses: 41, hashA: 9, ended: 'L0 is out of memory' })).toEqual([
      41,
      true,
      'L0 is out of memory'
    ])
  })
})
