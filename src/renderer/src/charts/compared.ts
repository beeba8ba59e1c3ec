/** What lanes are compared by: the counters that speedups and bars of cycles are made of. */
import type { Counters } from '@shared/stats/counters'

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
