/** The walks of a lane that go into its result: the latest few that are still kept, step by step. */
import { MOST_RESULT_WALKS, type ResultStep, type ResultWalk } from '@shared/model/result'
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import type { LoggedWalk, WalkLog } from './walk-log'

const resultStep = (step: WalkStep): ResultStep => {
  const { layer, level, for: purpose, tableAddress, address, hit, cycles, wasted } = step
  return { layer, level, for: purpose, tableAddress, address, hit, cycles, wasted }
}

function resultWalk(record: WalkRecord): ResultWalk {
  const { walk, reference, access, address, outcome, references, cycles, steps } = record
  return { walk, reference, access, address, outcome, references, cycles, steps: steps.map(resultStep) }
}

/** Oldest first. */
export function resultWalks(log: WalkLog, recordOf: (walk: LoggedWalk) => WalkRecord): ResultWalk[] {
  const walks: ResultWalk[] = []
  for (const walk of log.newestFirst()) {
    if (walks.length === MOST_RESULT_WALKS) break
    walks.unshift(resultWalk(recordOf(walk)))
  }
  return walks
}
