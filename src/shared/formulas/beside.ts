/** Each design of a run as it was emulated, beside the paper's formula on the radix lane: rows and reasons. */
import { formatFixed, formatRatio, NONE } from '../format/number'
import type { RunFormula } from '../model/result'
import type { PaperDesign, PaperEnvironment } from './designs'
import { difference, differenceText, type Difference } from './difference'
import { formulaRows } from './formula-rows'
import type { LaneFacts } from './lane-facts'
import { paperDesignOf } from './terms'

/** Cycles per walk, page-walk and application speedup, as texts. */
export type BesideValues = readonly [string, string, string]

export interface BesideRow {
  /** Null for a lane that the paper has no formula for. */
  readonly design: PaperDesign | null
  readonly title: string
  /** Lane of the design; null where none ran. */
  readonly lane: string | null
  /** Dashes where the paper has no formula. */
  readonly formula: BesideValues
  /** Dashes where no lane ran. */
  readonly emulated: BesideValues
}

export interface LaneDifference extends Difference {
  readonly lane: string
  readonly text: string
}

const NOTHING: BesideValues = [NONE, NONE, NONE]

/** The lane against the one whose walks the formula read. */
function emulatedTexts(own: LaneFacts, base: LaneFacts | undefined): BesideValues {
  const ratio = (of: (lane: LaneFacts) => number): string => {
    if (own === base) return 'baseline'
    return base === undefined ? NONE : formatRatio(of(base) / of(own))
  }
  return [
    formatFixed(own.derived.cyclesPerWalk, 1),
    ratio(({ derived }) => derived.cyclesPerWalk),
    ratio(({ counters }) => counters.totalCycles)
  ]
}

/** Designs of the paper in its order, then lanes that it has no formula for. */
export function besideRows(lanes: readonly LaneFacts[], formula: RunFormula): BesideRow[] {
  const base = lanes.find(({ id }) => id === formula.lane)
  const rows = formulaRows(formula).flatMap((row): BesideRow[] => {
    const { title, cyclesPerWalk, pageWalkSpeedup, applicationSpeedup } = row
    const own = lanes.filter(({ design }) => paperDesignOf(design) === row.design)
    const texts = {
      design: row.design,
      title,
      formula: [cyclesPerWalk, pageWalkSpeedup, applicationSpeedup] as const
    }
    if (own.length === 0) return [{ ...texts, lane: null, emulated: NOTHING }]
    return own.map((lane) => ({ ...texts, lane: lane.id, emulated: emulatedTexts(lane, base) }))
  })
  const told = new Set(rows.map(({ lane }) => lane))
  const without = lanes
    .filter(({ id }) => !told.has(id))
    .map((lane) => ({
      design: null,
      title: lane.id,
      lane: lane.id,
      formula: NOTHING,
      emulated: emulatedTexts(lane, base)
    }))
  return [...rows, ...without]
}

/** Of each lane that has walked; empty without the lane whose walks the formula read. */
export function laneDifferences(
  lanes: readonly LaneFacts[],
  formula: RunFormula,
  environment: PaperEnvironment
): LaneDifference[] {
  const radix = lanes.find(({ id }) => id === formula.lane)
  if (radix === undefined) return []
  return lanes
    .filter(({ counters }) => counters.walks > 0)
    .map((lane) => {
      const one = difference(lane, radix, formula, environment)
      return { ...one, lane: lane.id, text: differenceText(one) }
    })
}
