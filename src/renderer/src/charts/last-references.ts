/**
 * What each lane counted over the last references. Rows are cumulative, so it is the difference of two of them; they
 * are the rows that the charts hold, so in a very long run it covers some more references than were asked for, and
 * says which.
 */
import type { Compared } from './compared'
import type { LaneRows } from './lane-rows'
import { COLUMN, type Column } from './measures'

export interface LastReferences {
  /** Counted are those after `from`, up to `to`. */
  readonly from: number
  readonly to: number
  readonly lanes: readonly Compared[]
}

function between(rows: LaneRows, from: number, to: number): Compared {
  const of = (column: Column): number => rows.at(to, COLUMN[column]) - rows.at(from, COLUMN[column])
  const counters = {
    references: of('references'),
    walks: of('walks'),
    walkCycles: of('walkCycles'),
    walkStallCycles: of('walkStallCycles'),
    dataCycles: of('dataCycles'),
    softwareCycles: of('softwareCycles'),
    totalCycles: of('totalCycles')
  }
  const { totalCycles, walkStallCycles, dataCycles, softwareCycles } = counters
  // All cycles are the sum of their four classes (time-model.ts); a sum of fractions may miss it by a hair.
  const instructionCycles = Math.max(0, totalCycles - walkStallCycles - dataCycles - softwareCycles)
  return { counters: { ...counters, instructionCycles } }
}

/**
 * @param lanes rows of each
 * @param span references that are asked for
 * @param warmup references that do not count
 * @returns null where the lanes have not come so far behind the warm-up, or hold no rows of the same references
 */
export function lastReferences(
  lanes: readonly LaneRows[],
  span: number,
  warmup: number
): LastReferences | null {
  if (lanes.length === 0 || lanes.some(({ length }) => length === 0)) return null
  const to = Math.min(...lanes.map((rows) => rows.references(rows.length - 1)))
  const ends = lanes.map((rows) => rows.lastAt(to))
  const starts = lanes.map((rows) => rows.lastAt(to - span))
  if (starts.some((row) => row < 0)) return null
  const from = lanes[0].references(starts[0])
  const isSame = lanes.every(
    (rows, i) => rows.references(starts[i]) === from && rows.references(ends[i]) === to
  )
  if (!isSame || from < warmup) return null
  return { from, to, lanes: lanes.map((rows, i) => between(rows, starts[i], ends[i])) }
}
