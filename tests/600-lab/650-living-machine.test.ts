import { readFileSync } from 'node:fs'
import { checkMachine } from '@main/lab/invariants'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Life, aSetting, anEvent, type Event, type Setting } from '../builders/living'

interface Regression {
  readonly why: string
  readonly setting: Setting
  readonly events: Event[]
}

/** `npm run test:long` draws more and longer lives, of another seed each time; here they are always the same. */
const LIVES = Number(process.env.LIVES ?? 1000)
const LENGTH = Number(process.env.LIFE_LENGTH ?? 60)
const SHORTEST = process.env.LIVES === undefined ? 0 : LENGTH
const SEED = Number(process.env.LIFE_SEED ?? (process.env.LIVES === undefined ? 1 : Date.now() % 2 ** 31))
const AN_HOUR = 3_600_000

const REGRESSIONS = JSON.parse(readFileSync('tests/fixtures/lives/regressions.json', 'utf8')) as Regression[]

function live(setting: Setting, events: readonly Event[]): void {
  const life = new Life(setting)
  life.play(events)
  expect(life.lane.firstError?.text ?? null).toBe(null)
  expect(checkMachine(life.machine).told).toEqual([])
  if (life.isOver) return
  expect(life.misled()).toEqual([])
  life.end()
  expect(checkMachine(life.machine).told).toEqual([])
  expect(life.machine.stack.inner.dataFrames).toBe(0)
}

describe('a machine on which processes live', () => {
  it.each(REGRESSIONS)('holds where it once did not: $why', ({ setting, events }) => live(setting, events))

  it(
    `keeps all its laws, takes every access to its own page, and gives everything back (seed ${SEED})`,
    () => {
      fc.assert(fc.property(aSetting, fc.array(anEvent, { minLength: SHORTEST, maxLength: LENGTH }), live), {
        numRuns: LIVES,
        seed: SEED
      })
    },
    AN_HOUR
  )
})
