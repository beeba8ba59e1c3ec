/** Leaf entries as ranges, and which of them make one. */
import { pagesPerEntry } from '@shared/address/address'
import {
  COPY_ON_WRITE,
  NO_EXECUTE_HIGH,
  PAGE_SIZE_BIT,
  PRESENT,
  WRITABLE,
  entryFrame
} from '@shared/arch/entry'
import type { Range } from '@shared/arch/range-node'

const FLAGS = WRITABLE | COPY_ON_WRITE

/** What the leaves of a range have in common. */
type Kind = Pick<Range, 'flags' | 'noExecute' | 'level'>

export const isLeaf = (low: number, level: number): boolean =>
  (low & PRESENT) !== 0 && (level === 1 || (low & PAGE_SIZE_BIT) !== 0)

export const leafRange = (page: number, level: number, low: number, high: number): Range => ({
  start: page,
  end: page + pagesPerEntry(level),
  frame: entryFrame(low, high),
  flags: low & FLAGS,
  noExecute: (high & NO_EXECUTE_HIGH) !== 0,
  level
})

export const isAlike = (a: Kind, b: Kind): boolean =>
  a.flags === b.flags && a.noExecute === b.noExecute && a.level === b.level

export const lengthOf = ({ start, end }: Pick<Range, 'start' | 'end'>): number => end - start

/** `b` goes on where `a` ends, in both spaces. */
export const follows = (a: Range, b: Range): boolean =>
  a.end === b.start && a.frame + lengthOf(a) === b.frame && isAlike(a, b)
