/** The step the reader stands at, and how it moves: along its own lane, then on to what the other still does. */
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'

export interface StepCursor {
  readonly lane: number
  /** Number of the step, from 1. */
  readonly n: number
}

type Records = readonly (WalkRecord | null)[]

export const stepAt = (records: Records, cursor: StepCursor | null): WalkStep | null =>
  (cursor && records[cursor.lane]?.steps[cursor.n - 1]) ?? null

/** First step of another lane that ends after the playhead. */
function elsewhere(records: Records, cursor: StepCursor, now: number): StepCursor | null {
  for (const [lane, record] of records.entries()) {
    const later = lane === cursor.lane ? undefined : record?.steps.find((step) => step.cyclesSoFar > now)
    if (later) return { lane, n: later.n }
  }
  return null
}

/** Null at the end of every lane. */
export function nextStep(records: Records, cursor: StepCursor | null): StepCursor | null {
  const here = stepAt(records, cursor)
  if (!cursor || !here) return null
  const isLast = cursor.n === records[cursor.lane]?.steps.length
  return isLast ? elsewhere(records, cursor, here.cyclesSoFar) : { lane: cursor.lane, n: cursor.n + 1 }
}

export const previousStep = (records: Records, cursor: StepCursor | null): StepCursor | null =>
  cursor && cursor.n > 1 && stepAt(records, cursor) ? { lane: cursor.lane, n: cursor.n - 1 } : null
