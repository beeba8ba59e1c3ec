/** Places where a walk step is answered, cheapest first: the ramp of colours, pips and words. */
import type { HistogramRow } from '@shared/model/result'
import { answered, type HitLevel } from '@shared/model/walk-record'

export interface HitGroup {
  /** Pips, and position on the ramp: 1 cheapest .. 5. */
  readonly rank: number
  readonly title: string
  readonly levels: readonly HitLevel[]
}

export const HIT_GROUPS: readonly HitGroup[] = [
  { rank: 1, title: 'Walk cache', levels: ['PWC', 'NTLB'] },
  { rank: 2, title: 'L1 cache', levels: ['L1'] },
  { rank: 3, title: 'L2 cache', levels: ['L2'] },
  { rank: 4, title: 'LLC', levels: ['LLC'] },
  { rank: 5, title: 'Memory', levels: ['MEMORY'] }
]

const groupByLevel = new Map(
  HIT_GROUPS.flatMap((group) => group.levels.map((level) => [level, group] as const))
)

export const groupOf = (level: HitLevel): HitGroup => groupByLevel.get(level) ?? HIT_GROUPS[4]

/** Steps answered in each group, over all walks of a histogram. */
export function stepsByGroup(histogram: readonly HistogramRow[]): number[] {
  const sums = HIT_GROUPS.map(() => 0)
  for (const { steps, count } of histogram)
    for (const level of answered(steps)) sums[groupOf(level).rank - 1] += count
  return sums
}

export const isReference = (level: HitLevel): boolean => level !== 'PWC' && level !== 'NTLB'

/** `2 × Walk cache, LLC, Memory` */
export function stepsText(steps: readonly HitLevel[]): string {
  const runs: { title: string; times: number }[] = []
  for (const level of steps) {
    const { title } = groupOf(level)
    const last = runs.at(-1)
    if (last?.title === title) last.times++
    else runs.push({ title, times: 1 })
  }
  return runs.map(({ title, times }) => (times > 1 ? `${times} × ${title}` : title)).join(', ') || 'no step'
}
