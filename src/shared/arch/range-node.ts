/**
 * A node of a range table, as system software writes it and hardware reads it: one frame, 512 words of 64 bits. The
 * table is a B-tree by first page; no two ranges overlap.
 *
 *   word 0           31..0 entries in use | 63..32 height, 0 for a leaf
 *   inner, 2 words   first page of the child's ranges | frame of the child
 *   leaf, 3 words    first page | pages, and the level of its leaves | frame and flags, as in a page-table entry
 *
 * A page number stands in a word as its halves: the lower 27 bits in the low half, the rest in the high one.
 */
import { LOW_SPAN, pageHigh, pageLow } from '@shared/address/address'
import { entryFrame, entryHigh, entryLow } from '@shared/arch/entry'

/** Word of the first entry. */
export const FIRST_ENTRY = 2
export const INNER_WORDS = 2
export const LEAF_WORDS = 3
/** Entries that a node has room for. */
export const MOST_INNER = 255
export const MOST_LEAF = 170

const LEVEL_SHIFT = 24
const PAGES_MASK = (1 << LEVEL_SHIFT) - 1

/** Pages that follow each other, mapped to frames that follow each other, with equal permissions and page sizes. */
export interface Range {
  readonly start: number
  readonly end: number
  /** Of the first page. */
  readonly frame: number
  /** WRITABLE and COPY_ON_WRITE, as in the low word of an entry. */
  readonly flags: number
  readonly noExecute: boolean
  /** Level of its leaves in the radix table. */
  readonly level: number
}

/** The two halves of a word. */
export type Word = readonly [low: number, high: number]

export const pageWord = (page: number): Word => [pageLow(page), pageHigh(page)]
export const pageOf = (low: number, high: number): number => high * LOW_SPAN + low

export const lengthWord = ({ start, end, level }: Range): Word => {
  const [low, high] = pageWord(end - start)
  return [low, high | (level << LEVEL_SHIFT)]
}
export const frameWord = ({ frame, flags, noExecute }: Range): Word => [
  entryLow(frame, flags),
  entryHigh(frame, noExecute)
]

/** The range that three words stand for. */
export const rangeOf = (start: Word, length: Word, frame: Word): Range => {
  const first = pageOf(...start)
  return {
    start: first,
    end: first + pageOf(length[0], length[1] & PAGES_MASK),
    frame: entryFrame(...frame),
    flags: frame[0] & 0xfff,
    noExecute: frame[1] < 0,
    level: length[1] >>> LEVEL_SHIFT
  }
}
