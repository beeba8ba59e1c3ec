/**
 * A walk as the paper's evaluation writes it: one token for each place a step can have, in a fixed order.
 *
 * Levels are counted from the root here, 1 .. 4. Native: G1 .. G4. Two dimensions: for each guest level i the
 * four host steps GiH1 .. GiH4 and then Gi, and at the end UDH1 .. UDH4 for the page asked for. A level that was
 * not visited, because a walk cache hit below it or the leaf lies above it, is ZERO; the hit itself is PWC.
 * (Order of the columns and tokens: the artifact's sim.log; docs/formats.md describes it.)
 */

/** Cycles each token stands for (artifact's machine: L1, L2, LLC, memory, walk cache). */
export const PLACE_CYCLES = { PWC: 1, L1: 4, L2: 14, LLC: 54, MEMORY: 200, ZERO: 0 } as const
export type PlaceToken = keyof typeof PLACE_CYCLES

export const isPlaceToken = (text: string): text is PlaceToken => Object.hasOwn(PLACE_CYCLES, text)

export const PLACE_LEVELS = 4
/** A guest level takes its host steps and the step itself. */
export const GUEST_WIDTH = PLACE_LEVELS + 1
export const NATIVE_PLACES = PLACE_LEVELS
export const TWO_DIMENSIONAL_PLACES = PLACE_LEVELS * GUEST_WIDTH + PLACE_LEVELS

/** How often walks with these steps occurred. */
export interface PlacedWalks {
  /** NATIVE_PLACES or TWO_DIMENSIONAL_PLACES tokens. */
  readonly places: readonly PlaceToken[]
  readonly count: number
}

/** Page size whose walks the formulas read: with 2M the leaf is level 3 and level 4 is left out. */
export type PaperPages = '4K' | '2M'
export const PAPER_PAGES: readonly PaperPages[] = ['4K', '2M']

/** Cycles of one walk's steps by place, root first, down to the leaf level. Without a host, `host` and `data` are empty. */
export interface PlaceCycles {
  readonly guest: readonly number[]
  /** For each guest level, the host steps that find its table. */
  readonly host: readonly (readonly number[])[]
  /** Host steps for the page asked for. */
  readonly data: readonly number[]
}

/** @param places of a native or a two-dimensional walk */
export function placeCycles(places: readonly PlaceToken[], pages: PaperPages): PlaceCycles {
  const depth = pages === '4K' ? PLACE_LEVELS : PLACE_LEVELS - 1
  const cycles = places.map((token) => PLACE_CYCLES[token])
  if (cycles.length === NATIVE_PLACES) return { guest: cycles.slice(0, depth), host: [], data: [] }
  const starts = Array.from({ length: depth }, (_, level) => level * GUEST_WIDTH)
  const data = PLACE_LEVELS * GUEST_WIDTH
  return {
    guest: starts.map((start) => cycles[start + PLACE_LEVELS]),
    host: starts.map((start) => cycles.slice(start, start + depth)),
    data: cycles.slice(data, data + depth)
  }
}
