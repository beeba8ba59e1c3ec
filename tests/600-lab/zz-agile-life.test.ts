import { checkMachine } from '@main/lab/invariants'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Life, aSetting, anEvent, type Event, type Setting } from '../builders/living'
const SEED = Number(process.env.LIFE_SEED ?? 7)
const totals: Record<string, number> = {}
function live(base: Setting, events: readonly Event[]): void {
  const setting = { ...base, environment: 'virtualized', design: 'agile' }
  const life = new Life(setting)
  life.play(events)
  expect(life.lane.firstError?.text ?? null).toBe(null)
  expect(checkMachine(life.machine).told).toEqual([])
  if (life.isOver) return
  expect(life.misled()).toEqual([])
  const c = life.machine.ledger.snapshot?.() ?? {}
  void c
  life.end()
  expect(checkMachine(life.machine).told).toEqual([])
  expect(life.machine.stack.inner.dataFrames).toBe(0)
}
it('agile lives', () => {
  fc.assert(fc.property(aSetting, fc.array(anEvent, { minLength: 40, maxLength: 90 }), live), { numRuns: Number(process.env.LIVES ?? 150), seed: SEED })
  void totals
}, 300000)
