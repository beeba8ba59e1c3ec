/** Where the steps of a lane's walks were answered, place by place: which entry for which translation. */
import type { LayerName } from './environment'

/** One place in a walk: a radix walk of two layers has 24, one that registers serve has one for each layer. */
export interface WalkPlace {
  readonly layer: LayerName
  readonly level: number
  /** What the translation serves, as in WalkStep. */
  readonly for: string
  readonly byRegister: boolean
  /** Walks that came to this place, by where it was answered; in the order of HIT_LEVELS. */
  readonly hits: readonly number[]
  /** Walks that waited here for a line that a prefetch was fetching. */
  readonly prefetched: number
}

export interface WalkPlaces {
  /** All walks since the warm-up. */
  readonly walks: number
  /** In the order in which a walk comes to them. */
  readonly places: readonly WalkPlace[]
}
