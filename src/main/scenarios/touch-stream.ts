/** The accesses of one touch. What is random in them follows from the seed and the number of the touch alone. */
import { LOAD, STORE, type AccessBatch } from '@shared/model/access'
import type { TouchPattern } from '@shared/model/scenario'
import { mix32 } from '@shared/random/mix32'
import { RandomWords } from '@shared/random/random-words'
import type { Places } from '../workloads/places'
import { SequentialPlaces } from '../workloads/sequential'
import { StridedPlaces } from '../workloads/strided'
import { WORD_BYTES } from '../workloads/teaching'
import { ZipfPlaces } from '../workloads/zipf'
import type { Touch } from './carry-out'
import { EachPageOnce, RandomPlaces } from './touch-places'

/** The seeds of one touch: where it goes, and which accesses store. */
const seedOf = (seed: number, ordinal: number, use: 0 | 1): number => mix32(mix32(seed) + ordinal * 2 + use)

const PLACES: Record<TouchPattern, (touch: Touch, draws: number, seed: number) => Places> = {
  sequential: ({ start, pages }) => new SequentialPlaces(start, pages),
  strided: ({ start, pages }) => new StridedPlaces(start, pages),
  random: ({ start, pages }, draws) => new RandomPlaces(start, pages, draws),
  // Pages that are hot stay hot from touch to touch.
  zipf: ({ start, pages }, draws, seed) => new ZipfPlaces(start, pages, draws, seed)
}

function placesOf(touch: Touch, seed: number): Places {
  const draws = seedOf(seed, touch.ordinal, 0)
  if (touch.count !== null) return PLACES[touch.pattern](touch, draws, seed)
  return new EachPageOnce(touch.start, touch.pages, touch.pattern === 'random' ? draws : null)
}

export class TouchStream {
  private left: number
  private readonly places: Places
  private readonly kinds: RandomWords
  private readonly stores: number

  constructor(touch: Touch, seed: number) {
    this.left = touch.count ?? touch.pages
    this.places = placesOf(touch, seed)
    this.kinds = new RandomWords(seedOf(seed, touch.ordinal, 1))
    this.stores = touch.stores
  }

  get hasEnded(): boolean {
    return this.left === 0
  }

  /** Writes accesses into batch[from..to), fewer at the end. @returns the position after the last one */
  fill(batch: AccessBatch, from: number, to: number): number {
    const end = from + Math.min(to - from, this.left)
    batch.size.fill(WORD_BYTES, from, end)
    this.places.fill(batch, from, end)
    this.fillKinds(batch, from, end)
    this.left -= end - from
    return end
  }

  private fillKinds(batch: AccessBatch, from: number, end: number): void {
    const { stores } = this
    if (stores === 0 || stores === 1) batch.kind.fill(stores === 0 ? LOAD : STORE, from, end)
    else for (let i = from; i < end; i++) batch.kind[i] = this.kinds.fraction() < stores ? STORE : LOAD
  }
}
