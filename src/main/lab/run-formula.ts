/** The paper's formulas on the walks of a run's radix lane. */
import { applicationSpeedups, estimate } from '@shared/formulas/estimate'
import { DEPTH, type Environment } from '@shared/model/environment'
import type { RunFormula } from '@shared/model/result'
import type { LabSpec } from '@shared/model/spec'
import { radix } from '../designs/radix'
import { placedWalks, walksOfOneSize } from './placed-walks'
import type { WalkPattern } from './walk-patterns'

/** Lanes whose walks the formulas may read. */
export const isFormulaLane = (design: string): boolean => design === radix.info.id

interface LaneWalks {
  readonly id: string
  readonly environment: Environment
  readonly patterns: readonly WalkPattern[]
  /** Emulated, of the same lane. */
  readonly walkOverhead: number
}

/**
 * Null where the formulas have no meaning: 5 levels, leaves of mixed sizes or of 1 GiB, walks through
 * registers, and a lane that has not walked.
 */
export function runFormula(lane: LaneWalks, { levels, hostLevels }: LabSpec): RunFormula | null {
  if (levels !== 4 || hostLevels === 5) return null
  const placed = placedWalks(lane.patterns, DEPTH[lane.environment])
  const read = placed === null ? null : walksOfOneSize(placed)
  if (read === null) return null
  const { id, environment, walkOverhead } = lane
  const { pages, walks, count } = read
  const { cyclesPerWalk, pageWalkSpeedup } = estimate(walks, environment, pages)
  const applicationSpeedup = applicationSpeedups(cyclesPerWalk, walkOverhead)
  return { lane: id, pages, walks: count, walkOverhead, cyclesPerWalk, pageWalkSpeedup, applicationSpeedup }
}
