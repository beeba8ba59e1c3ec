/** What each lane has spent when the playhead stands at `now` cycles: references and cycles by level. */
import { HIT_LEVELS, type HitLevel, type WalkRecord, type WalkStep } from '@shared/model/walk-record'
import { waitedForAll } from './critical-path'
import { HIT_LOOKS, isReference } from './hit-levels'

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

interface Done {
  readonly record: WalkRecord | null
  readonly steps: readonly WalkStep[]
}

export const stepsDone = (record: WalkRecord | null, now: number): readonly WalkStep[] =>
  record?.steps.filter((step) => step.cyclesSoFar <= now) ?? []

const spent = (record: WalkRecord, steps: readonly WalkStep[], references: number): Spent => ({
  references,
  cycles: waitedForAll(record, steps)
})

const NOTHING: Spent = { references: 0, cycles: 0 }

function atLevel({ record, steps }: Done, level: HitLevel): Spent {
  const found = steps.filter((step) => step.hit === level && !step.wasted)
  return record ? spent(record, found, found.filter(isReference).length) : NOTHING
}

function wasted({ record, steps }: Done): Spent {
  const found = steps.filter((step) => step.wasted)
  return record ? spent(record, found, found.length) : NOTHING
}

export const totalOf = (steps: readonly WalkStep[]): Spent => ({
  references: steps.filter(isReference).length,
  cycles: steps.at(-1)?.cyclesSoFar ?? 0
})

/** Some lane waits for what it has read ahead. */
const hasReadAhead = (done: readonly Done[]): boolean =>
  done.some(({ record }) => record?.steps.some((step) => step.by === 'prefetch'))

/** Cycles that no read explains. */
function matching({ record, steps }: Done): Spent {
  return record ? { references: 0, cycles: totalOf(steps).cycles - waitedForAll(record, steps) } : NOTHING
}

const isEmpty = (row: SoFarRow): boolean =>
  row.lanes.every((lane) => lane.references === 0 && lane.cycles === 0)

/** The cache levels always have a row, so that the table keeps its shape; the others only when there is one. */
export function soFar(records: readonly (WalkRecord | null)[], now: number): SoFar {
  const done = records.map((record) => ({ record, steps: stepsDone(record, now) }))
  const levels = HIT_LEVELS.map((level) => ({
    level,
    word: HIT_LOOKS[level].word,
    lanes: done.map((lane) => atLevel(lane, level))
  }))
  const extra = [
    { level: null, word: hasReadAhead(done) ? 'Waiting' : 'Register match', lanes: done.map(matching) },
    { level: null, word: 'Wasted', lanes: done.map(wasted) }
  ]
  const walkCaches = levels
    .slice(0, 2)
    .filter((row) => row.lanes.some((_, i) => hasWalkCache(done[i].steps, row.level)))
  return {
    rows: [...walkCaches, ...levels.slice(2), ...extra.filter((row) => !isEmpty(row))],
    total: done.map((lane) => totalOf(lane.steps))
  }
}

const hasWalkCache = (steps: readonly WalkStep[], level: HitLevel): boolean =>
  steps.some((step) => step.hit === level)
