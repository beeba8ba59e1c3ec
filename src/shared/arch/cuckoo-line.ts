/**
 * A line of a cuckoo table: 64 bytes, 8 consecutive entries of one level. The number of the cluster that they map
 * (up to 45 bits, in halves) is hidden in bits 52..57 of each of them, 6 bits an entry. A line of which no entry is
 * present is empty, whatever else it says.
 *
 *  entry        0     1      2       3      4         5        6        7
 *  cluster    5..0  11..6  17..12  23..18  29..24  35..30  41..36  45..42
 */
import { LOW_BITS } from '../address/address'

/** log2 of the entries of a line. */
export const LINE_SHIFT = 3
const TAG_SHIFT = 20
const TAG_BITS = 6
const PIECE = (1 << TAG_BITS) - 1
/** Of the high word of an entry. */
export const TAG_MASK = PIECE << TAG_SHIFT
/** Entries whose piece lies in the lower half alone. */
const LOW_PIECES = 4
const LOW_REST = LOW_BITS - LOW_PIECES * TAG_BITS

/** The bits that entry i of a line keeps of its cluster, where they lie in the high word. */
export function tagAt(i: number, high: number, low: number): number {
  if (i < LOW_PIECES) return ((low >>> (i * TAG_BITS)) & PIECE) << TAG_SHIFT
  if (i === LOW_PIECES) return ((low >>> (LOW_PIECES * TAG_BITS)) | ((high << LOW_REST) & PIECE)) << TAG_SHIFT
  return ((high >>> ((i - LOW_PIECES) * TAG_BITS - LOW_REST)) & PIECE) << TAG_SHIFT
}

const pieceOf = (highWord: number): number => (highWord >>> TAG_SHIFT) & PIECE

/** Halves of the cluster that a line says, from the high words of its entries. */
export function clusterOf(highWord: (i: number) => number): { high: number; low: number } {
  let low = 0
  for (let i = 0; i < LOW_PIECES; i++) low |= pieceOf(highWord(i)) << (i * TAG_BITS)
  const middle = pieceOf(highWord(LOW_PIECES))
  low |= (middle & ((1 << LOW_REST) - 1)) << (LOW_PIECES * TAG_BITS)
  let high = middle >>> LOW_REST
  for (let i = LOW_PIECES + 1; i < 1 << LINE_SHIFT; i++)
    high |= pieceOf(highWord(i)) << ((i - LOW_PIECES) * TAG_BITS - LOW_REST)
  return { high, low }
}
