/** Walks of a lane that outlast the log: copies of their steps, few enough to be kept for a whole run. */
import type { StepColumns, Walk } from '../hardware/walker/walk'
import type { LoggedWalk } from './walk-log'

/** A walk and where its steps stand: in the columns of all walks, or in a copy of its own. */
export interface KeptWalk {
  readonly logged: LoggedWalk
  readonly steps: StepColumns
}

/** A copy of the walk's steps, numbered from 0. */
export function copyOf(logged: LoggedWalk, walk: Walk): KeptWalk {
  const { firstStep, steps } = logged
  return { logged: { ...logged, firstStep: 0 }, steps: walk.copy(firstStep, firstStep + steps) }
}
