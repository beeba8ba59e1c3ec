/** What a lane measured, reduced to what a difference from the paper's formula can be explained by. */
import type { LaneResult } from '../model/result'
import { answered, type HitLevel } from '../model/walk-record'
import type { Counters } from '../stats/counters'

/** A lane as far as it is needed here: without series and events, so that the window can ask for it while it runs. */
export type LaneFacts = Pick<
  LaneResult,
  'id' | 'design' | 'counters' | 'derived' | 'memory' | 'walkHistogram'
>

const isCacheHit = (hit: HitLevel): boolean => hit === 'PWC' || hit === 'NTLB'

/** Places that a read can be answered at, nearest first. */
export const READ_PLACES = ['L1', 'L2', 'LLC', 'MEMORY'] as const
export type ReadPlace = (typeof READ_PLACES)[number]

export interface StepMix {
  /** Of all steps, those that walk caches answered. */
  readonly cachedShare: number
  /** Of all reads, by the place that answered them. */
  readonly readShares: Readonly<Record<ReadPlace, number>>
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

export function stepMix({ walkHistogram }: Pick<LaneFacts, 'walkHistogram'>): StepMix {
  const reads: Record<ReadPlace, number> = { L1: 0, L2: 0, LLC: 0, MEMORY: 0 }
  let cached = 0
  for (const { steps, count } of walkHistogram)
    for (const hit of answered(steps)) {
      if (isCacheHit(hit)) cached += count
      else reads[hit as ReadPlace] += count
    }
  const total = READ_PLACES.reduce((sum, place) => sum + reads[place], 0)
  const readShares = Object.fromEntries(READ_PLACES.map((place) => [place, share(reads[place], total)]))
  return { cachedShare: share(cached, cached + total), readShares: readShares as StepMix['readShares'] }
}

/** A counter over the walks of the lane; 0 for a file that has not got it. */
export const perWalk = ({ counters }: Pick<LaneFacts, 'counters'>, id: keyof Counters): number =>
  share(counters[id] ?? 0, counters.walks)
