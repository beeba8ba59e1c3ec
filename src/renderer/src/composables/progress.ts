/** How far long work is, in words and as a share. */
import { formatSeconds } from '@shared/format/duration'
import { formatCount } from '@shared/format/number'
import type { Progress } from '@shared/model/snapshot'

/** `, 4 s left`; nothing while nobody can say. */
export const leftWords = ({ secondsLeft }: Pick<Progress, 'secondsLeft'>): string =>
  secondsLeft === null ? '' : `, ${formatSeconds(secondsLeft)} left`

/** `1,200 of 4,000 pages, 4 s left` */
export const progressWords = (progress: Progress): string =>
  `${formatCount(progress.done)} of ${formatCount(progress.total)} ${progress.unit}${leftWords(progress)}`

/** 0 to 1; 0 while there is nothing to do. */
export const shareDone = (progress: Pick<Progress, 'done' | 'total'> | null): number =>
  progress && progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0
