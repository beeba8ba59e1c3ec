/** Over how many references a point of a chart is the mean. */
import { formatTick } from '@shared/format/quantity'

/** `none`: its own window; `run`: everything since the warm-up; else that many references back. */
export type Smoothing = 'none' | 'run' | number

export function smoothingTitle(smoothing: Smoothing): string {
  if (smoothing === 'none') return 'None'
  return smoothing === 'run' ? 'Whole run so far' : `Last ${formatTick(smoothing)}`
}

/** Behind a unit, where the chart is not of its own windows. */
export function smoothingWords(smoothing: Smoothing): string {
  if (smoothing === 'none') return ''
  return smoothing === 'run' ? 'mean of the run so far' : `mean of the last ${formatTick(smoothing)}`
}
