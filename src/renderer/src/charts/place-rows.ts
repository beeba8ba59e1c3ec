/** Places of walks in all lanes as rows of one table: the same entry for the same translation is the same row. */
import type { WalkPlace, WalkPlaces } from '@shared/model/walk-places'
import { HIT_LEVELS } from '@shared/model/walk-record'

/** Levels as they are shown: both kinds of walk caches as one, and reads that waited for a prefetch. */
export const SHOWN_LEVELS = [
  { id: 'hit-pwc', word: 'Walk cache', levels: ['PWC', 'NTLB'] },
  { id: 'hit-l1', word: 'L1 cache', levels: ['L1'] },
  { id: 'hit-l2', word: 'L2 cache', levels: ['L2'] },
  { id: 'hit-llc', word: 'LLC', levels: ['LLC'] },
  { id: 'hit-mem', word: 'Memory', levels: ['MEMORY'] }
] as const
const POSITIONS = SHOWN_LEVELS.map(({ levels }) => levels.map((level) => HIT_LEVELS.indexOf(level)))

export interface PlaceRow {
  readonly key: string
  readonly layer: WalkPlace['layer']
  /** `level 4`, or how else its entry is found. */
  readonly what: string
  readonly for: string
  /** By lane; null where that lane's walks have no such place. */
  readonly lanes: readonly (LanePlace | null)[]
}

export interface LanePlace {
  /** Of all walks, those that came here: 0..1. */
  readonly reached: number
  /** Of those, by SHOWN_LEVELS; what is missing to 1 waited for a prefetch. */
  readonly shares: readonly number[]
}

const keyOf = ({ layer, level, for: purpose, byRegister }: WalkPlace): string =>
  [layer, level, purpose, byRegister].join(' ')

const whatOf = ({ level, byRegister }: WalkPlace): string =>
  level === 0 ? 'gTEA table' : `level ${level}${byRegister ? ' by register' : ''}`

function placeOf(place: WalkPlace, walks: number): LanePlace {
  const counts = POSITIONS.map((at) => at.reduce((sum, i) => sum + place.hits[i], 0))
  const all = counts.reduce((sum, count) => sum + count, place.prefetched)
  return {
    reached: walks > 0 ? all / walks : 0,
    shares: counts.map((count) => (all > 0 ? count / all : 0))
  }
}

/**
 * Rows in the order in which walks come to them. A lane's places that the lanes before it lack are put before the next
 * place that they have in common.
 */
export function placeRows(lanes: readonly (WalkPlaces | null)[]): PlaceRow[] {
  const order: WalkPlace[] = []
  for (const lane of lanes) {
    let at = 0
    for (const place of lane?.places ?? []) {
      const known = order.findIndex((one) => keyOf(one) === keyOf(place))
      if (known < 0) order.splice(at++, 0, place)
      else at = known + 1
    }
  }
  return order.map((row) => ({
    key: keyOf(row),
    layer: row.layer,
    what: whatOf(row),
    for: row.for,
    lanes: lanes.map((lane) => {
      const own = lane?.places.find((one) => keyOf(one) === keyOf(row))
      return lane && own ? placeOf(own, lane.walks) : null
    })
  }))
}
