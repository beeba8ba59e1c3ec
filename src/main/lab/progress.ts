/** Long work tells how far it is, how fast it goes and how long it still takes, at most ten times a second. */
import type { Progress } from '@shared/model/snapshot'

export type ProgressReport = (task: string, done: number, total: number, unit: string) => void

const MS_BETWEEN = 100

export function progressMeter(emit: (progress: Progress) => void, now: () => number): ProgressReport {
  let task = ''
  let started = 0
  let told = -MS_BETWEEN
  return (name, done, total, unit) => {
    const at = now()
    if (name !== task) {
      task = name
      started = at
      told = -MS_BETWEEN
    }
    if (at - told < MS_BETWEEN && done < total) return
    told = at
    const perSecond = at > started ? (1000 * done) / (at - started) : 0
    const secondsLeft = perSecond > 0 ? (total - done) / perSecond : null
    emit({ task: name, done, total, unit, perSecond, secondsLeft })
  }
}
