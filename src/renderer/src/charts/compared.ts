/** What lanes are compared by: the counters that speedups and bars of cycles are made of. */
import type { Counters } from '@shared/stats/counters'
import { cyclesPerWalk } from '@shared/stats/derived'

export type ComparedCounters = Pick<
  Counters,
  | 'references'
  | 'walks'
  | 'walkCycles'
  | 'walkStallCycles'
  | 'dataCycles'
  | 'instructionCycles'
  | 'softwareCycles'
  | 'totalCycles'
>

export interface Compared {
  readonly counters: ComparedCounters
}

/** NaN where one of them has measured nothing. */
const over = (base: number, own: number): number => (base > 0 && own > 0 ? base / own : NaN)

/** How many times as long walks of the first lane take. */
export const pageWalkSpeedup = (
  base: Pick<Counters, 'walkCycles' | 'walks'>,
  own: Pick<Counters, 'walkCycles' | 'walks'>
): number => over(cyclesPerWalk(base), cyclesPerWalk(own))

/** How many times as long the first lane takes for everything. */
export const applicationSpeedup = (
  base: Pick<Counters, 'totalCycles'>,
  own: Pick<Counters, 'totalCycles'>
): number => over(base.totalCycles, own.totalCycles)
