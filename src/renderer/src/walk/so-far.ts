/** What each lane has spent when the playhead stands at `now` cycles: references and cycles by level. */
import { HIT_LEVELS, type HitLevel, type WalkRecord, type WalkStep } from '@shared/model/walk-record'
import { HIT_LOOKS, isReference, isWalkCacheHit, readCycles, type HitCycles } from './hit-levels'

export interface Spent {
  readonly references: number
  readonly cycles: number
}

export interface SoFarRow {
  /** Null for a row that is no level: register matches, wasted reads. */
  readonly level: HitLevel | null
  readonly word: string
  /** One for each lane. */
  readonly lanes: readonly Spent[]
}

export interface SoFar {
  readonly rows: readonly SoFarRow[]
  readonly total: readonly Spent[]
}

export const stepsDone = (record: WalkRecord | null, now: number): readonly WalkStep[] =>
  record?.steps.filter((step) => step.cyclesSoFar <= now) ?? []

type Latencies = HitCycles | null

const readsOf = (steps: readonly WalkStep[], latencies: Latencies): number =>
  steps.reduce((cycles, step) => cycles + readCycles(step, latencies), 0)

function atLevel(steps: readonly WalkStep[], level: HitLevel, latencies: Latencies): Spent {
  const found = steps.filter((step) => step.hit === level && !step.wasted)
  return { references: found.filter(isReference).length, cycles: readsOf(found, latencies) }
}

function wasted(steps: readonly WalkStep[], latencies: Latencies): Spent {
  const found = steps.filter((step) => step.wasted && !isWalkCacheHit(step))
  return { references: found.length, cycles: readsOf(found, latencies) }
}

export const totalOf = (steps: readonly WalkStep[]): Spent => ({
  references: steps.filter(isReference).length,
  cycles: steps.at(-1)?.cyclesSoFar ?? 0
})

/** Cycles that no read explains: matching registers. Parallel reads overlap and may hide them. */
function matching(steps: readonly WalkStep[], latencies: Latencies): Spent {
  return { references: 0, cycles: Math.max(0, totalOf(steps).cycles - readsOf(steps, latencies)) }
}

const isEmpty = (row: SoFarRow): boolean =>
  row.lanes.every((lane) => lane.references === 0 && lane.cycles === 0)

/**
 * The cache levels always have a row, so that the table keeps its shape; the others only when there is one.
 * `latencies` tell a read from the matching before it; without them the two are one.
 */
export function soFar(
  records: readonly (WalkRecord | null)[],
  now: number,
  latencies: HitCycles | null
): SoFar {
  const done = records.map((record) => stepsDone(record, now))
  const levels = HIT_LEVELS.map((level) => ({
    level,
    word: HIT_LOOKS[level].word,
    lanes: done.map((steps) => atLevel(steps, level, latencies))
  }))
  const extra = [
    { level: null, word: 'Register match', lanes: done.map((steps) => matching(steps, latencies)) },
    { level: null, word: 'Wasted', lanes: done.map((steps) => wasted(steps, latencies)) }
  ]
  const walkCaches = levels
    .slice(0, 2)
    .filter((row) => row.lanes.some((_, i) => hasWalkCache(done[i], row.level)))
  return {
    rows: [...walkCaches, ...levels.slice(2), ...extra.filter((row) => !isEmpty(row))],
    total: done.map(totalOf)
  }
}

const hasWalkCache = (steps: readonly WalkStep[], level: HitLevel): boolean =>
  steps.some((step) => step.hit === level)
