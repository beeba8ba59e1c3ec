/** How far long work is, in words. */
import { formatSeconds } from '@shared/format/duration'
import { formatCount } from '@shared/format/number'
import type { Progress } from '@shared/model/snapshot'

/** `, 4 s left`; nothing while nobody can say. */
export const leftWords = ({ secondsLeft }: Pick<Progress, 'secondsLeft'>): string =>
  secondsLeft === null ? '' : `, ${formatSeconds(secondsLeft)} left`

/** `1,200 of 4,000 pages, 4 s left` */
export const progressWords = (progress: Progress): string =>
  `${formatCount(progress.done)} of ${formatCount(progress.total)} ${progress.unit}${leftWords(progress)}`
