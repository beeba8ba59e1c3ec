/**
 * An entry of a cuckoo walk table: for a region of 2 MiB or 1 GiB which page sizes are in it, and for one of 2 MiB in
 * which way its huge leaf is. 0: nothing is known.
 *
 *    5..4      2       1        0
 *  way of 2M  2M      4K     present
 */
import { PRESENT } from './entry'

export const HINT_4K = 1 << 1
export const HINT_2M = 1 << 2
const WAY_SHIFT = 4
const WAY_MASK = 3
/** It is in no way, or nobody can say in which. */
export const ANY_WAY = 3

export const hintOf = (has4K: boolean, has2M: boolean, way = ANY_WAY): number =>
  has4K || has2M ? PRESENT | (has4K ? HINT_4K : 0) | (has2M ? HINT_2M | (way << WAY_SHIFT) : 0) : 0

export const hintedWay = (hint: number): number => (hint >>> WAY_SHIFT) & WAY_MASK
