/**
 * Time in a walk. Reads that start at once, one for each page-size class of the registers, end in any order, and
 * the walk waits only for the useful one. `settled` puts the steps on one line of time, so that a playhead can
 * pass them.
 */
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'

/**
 * For each step the earliest end of all that follows: what ends later kept nobody waiting. Probes of a cuckoo table are
 * all waited for, in whatever order they end.
 */
function deadlines(record: WalkRecord): number[] {
  let earliest = record.cycles
  return record.steps
    .toReversed()
    .map((step) => {
      const deadline = step.by === 'hash' ? record.cycles : earliest
      earliest = Math.min(earliest, step.cyclesSoFar)
      return deadline
    })
    .reverse()
}

/**
 * The same walk with steps whose `cyclesSoFar` only grow, up to the cycles of the walk. A read that nobody waited
 * for stands at the end of the step before it and takes no time.
 */
export function settled(record: WalkRecord): WalkRecord {
  let now = 0
  const deadline = deadlines(record)
  const last = record.steps.length - 1
  const steps = record.steps.map((step, i) => {
    if (step.cyclesSoFar <= deadline[i]) now = Math.max(now, step.cyclesSoFar)
    // A walk may end by waiting for what was read ahead.
    if (i === last) now = Math.max(now, record.cycles)
    return { ...step, cyclesSoFar: now }
  })
  return { ...record, steps }
}

/** Cycles the walk spent on a step of a settled record, without the register match before it. */
export function waited(record: WalkRecord, step: WalkStep): number {
  const before = record.steps[step.n - 2]?.cyclesSoFar ?? 0
  return Math.min(step.cycles, step.cyclesSoFar - before)
}

export const waitedForAll = (record: WalkRecord, steps: readonly WalkStep[]): number =>
  steps.reduce((cycles, step) => cycles + waited(record, step), 0)
