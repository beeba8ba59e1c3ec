/**
 * A radix lane's walks as the vectors of the paper's evaluation (src/shared/formulas/places.ts), so that its
 * formulas can be applied to a run: 4 places natively, 24 where hardware walks two dimensions.
 */
import {
  GUEST_WIDTH,
  NATIVE_PLACES,
  PAPER_PAGES,
  PLACE_LEVELS,
  TWO_DIMENSIONAL_PLACES,
  type PaperPages,
  type PlaceToken,
  type PlacedWalks
} from '@shared/formulas/places'
import { PATTERN_STEPS } from '@shared/model/walk-record'
import {
  HIT_NTLB,
  HIT_ZERO,
  forLevel1Of,
  forLevel2Of,
  hitOf,
  layerOf,
  levelOf
} from '../hardware/walker/walk'
import { isByRegister } from './step-code'
import type { WalkPattern } from './walk-patterns'

/** The vectors know one kind of walk cache: a nested-TLB hit spares host steps as a walk-cache hit does. */
const TOKENS = PATTERN_STEPS.map((step): PlaceToken =>
  step === 'NTLB' ? 'PWC' : step === 'PREFETCHED' ? 'ZERO' : step
)

/** Place of a step, counted from the root; -1 for a level that vectors do not have. */
const fromRoot = (level: number): number => (level >= 1 && level <= PLACE_LEVELS ? PLACE_LEVELS - level : -1)

/**
 * Position of a step in the vector of a stack of `depth` layers, or -1. With three layers hardware walks two
 * dimensions, L2's table and the shadow of the two below it; a step of L1 means a third.
 */
function placeOf(code: number, level: number, depth: number): number {
  const [layer, place] = [layerOf(code), fromRoot(level)]
  const guest = depth - 1
  if (isByRegister(code) || place < 0 || (layer !== 0 && layer !== guest)) return -1
  if (depth === 1) return place
  if (layer === guest) return place * GUEST_WIDTH + PLACE_LEVELS
  const served = depth === 2 ? forLevel1Of(code) : forLevel2Of(code)
  return (served === 0 ? PLACE_LEVELS : fromRoot(served)) * GUEST_WIDTH + place
}

/** The vector of one pattern; null when it is no radix walk of at most two dimensions and four levels. */
export function placesOf(codes: Uint16Array, depth: number): PlaceToken[] | null {
  const places = new Array<PlaceToken>(depth === 1 ? NATIVE_PLACES : TWO_DIMENSIONAL_PLACES).fill('ZERO')
  if (codes.length === 0) return null
  const hostLeaf = levelOf(codes[codes.length - 1])
  const taken = new Set<number>()
  for (const code of codes) {
    if (hitOf(code) === HIT_ZERO) continue
    // The nested TLB stands for a whole host walk, so its place is that of the host's leaf.
    const level = hitOf(code) === HIT_NTLB ? hostLeaf : levelOf(code)
    const place = placeOf(code, level, depth)
    if (place < 0 || place >= places.length || taken.has(place)) return null
    taken.add(place)
    places[place] = TOKENS[hitOf(code)]
  }
  return places
}

/** Null when a pattern has no vector. Patterns of the same vector stay apart. */
export function placedWalks(patterns: readonly WalkPattern[], depth: number): PlacedWalks[] | null {
  const walks: PlacedWalks[] = []
  for (const { codes, count } of patterns) {
    const places = placesOf(codes, depth)
    if (places === null) return null
    walks.push({ places, count })
  }
  return walks
}

/** Leaf level of one dimension by its last places: the deepest level at which there was a step. */
function leafPages(levels: readonly PlaceToken[]): PaperPages | null {
  if (levels[PLACE_LEVELS - 1] !== 'ZERO') return '4K'
  return levels[PLACE_LEVELS - 2] === 'ZERO' ? null : '2M'
}

function pagesOf(places: readonly PlaceToken[]): PaperPages | null {
  if (places.length === NATIVE_PLACES) return leafPages(places)
  const guest = Array.from({ length: PLACE_LEVELS }, (_, i) => places[i * GUEST_WIDTH + PLACE_LEVELS])
  const [own, host] = [leafPages(guest), leafPages(places.slice(PLACE_LEVELS * GUEST_WIDTH))]
  return own === host ? own : null
}

/** Edges of an area may lie on pages of another size, so a few such walks are no mixture. */
const LEAST_SHARE = 0.95

export interface WalksOfSize {
  readonly pages: PaperPages
  /** Those with leaves of this size in both dimensions. */
  readonly walks: readonly PlacedWalks[]
  readonly count: number
}

const countOf = (walks: readonly PlacedWalks[]): number => walks.reduce((sum, { count }) => sum + count, 0)

/**
 * The walks of the one page size that nearly all of them have. Null where there is none: a formula reads the
 * leaf of one size, so it would leave out the leaves of the others.
 */
export function walksOfOneSize(all: readonly PlacedWalks[]): WalksOfSize | null {
  const total = countOf(all)
  for (const pages of PAPER_PAGES) {
    const walks = all.filter(({ places }) => pagesOf(places) === pages)
    const count = countOf(walks)
    if (count > 0 && count >= LEAST_SHARE * total) return { pages, walks, count }
  }
  return null
}
