import { checkMachine } from '@main/lab/invariants'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Life, aSetting, anEvent } from '../builders/living'

/** The long run draws more and longer sequences (npm run test:long). */
const RUNS = Number(process.env.LIVES ?? 40)
const LENGTH = Number(process.env.LIFE_LENGTH ?? 60)

describe('a machine on which processes live', () => {
  it('keeps all its laws, takes every access to its own page, and gives everything back in the end', () => {
    fc.assert(
      fc.property(aSetting, fc.array(anEvent, { maxLength: LENGTH }), (setting, events) => {
        const life = new Life(setting)
        life.play(events)
        expect(life.lane.firstError?.text ?? null).toBe(null)
        expect(checkMachine(life.machine).told).toEqual([])
        if (life.isOver) return
        life.end()
        expect(checkMachine(life.machine).told).toEqual([])
        expect(life.machine.stack.inner.dataFrames).toBe(0)
      }),
      { numRuns: RUNS }
    )
  }, 600_000)
})
