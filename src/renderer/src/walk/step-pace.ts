/** How long slow play stays at a step before it goes on. */
import type { WalkRecord } from '@shared/model/walk-record'
import { nextStep, stepAt, type StepCursor } from './step-cursor'

/** Times faster or slower than a step a second. */
export const PLAY_RATES = [0.5, 1, 2, 4] as const

/** Where cycles set the pace, so many take a second: a read from memory of the default profile. */
const CYCLES_A_SECOND = 200
const SHORTEST_MS = 60

/** Milliseconds until the next step; where cycles set the pace, as long as the playhead has to go. */
export function stepDelay(
  records: readonly (WalkRecord | null)[],
  cursor: StepCursor | null,
  rate: number,
  isByCycles: boolean
): number {
  if (!isByCycles) return 1000 / rate
  const here = stepAt(records, cursor)?.cyclesSoFar ?? 0
  const next = stepAt(records, nextStep(records, cursor))?.cyclesSoFar ?? here
  return Math.max(SHORTEST_MS, (1000 * Math.max(0, next - here)) / CYCLES_A_SECOND / rate)
}
