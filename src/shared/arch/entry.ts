/**
 * The x86-64 page-table entry, kept as two 32-bit words (Intel SDM vol. 3A, 4.5; tables 4-15 to 4-20).
 *
 *  high word                                low word
 *  63  62........52 51..................32  31......12 11..9 8 7  6 5 4   3   2 1 0
 *  XD  ignored      frame, upper 20 bits    frame low  ign.  G PS D A PCD PWT U W P
 */

export const PRESENT = 1 << 0
export const WRITABLE = 1 << 1
export const USER = 1 << 2
export const ACCESSED = 1 << 5
export const DIRTY = 1 << 6
/** In a level-2 or level-3 entry: it maps a page, no table follows. */
export const PAGE_SIZE_BIT = 1 << 7
export const GLOBAL = 1 << 8
/** Ignored by hardware, used by software: the page is shared, and the first write to it makes a copy. */
export const COPY_ON_WRITE = 1 << 9
/**
 * One of the bits that hardware leaves to software. In a shadow table: the tables it stands for allow stores, though R/W
 * is 0 so that the first store to a clean page exits.
 */
export const SHADOW_WRITABLE = 1 << 10
/**
 * Another of them, the switching bit of agile paging. An entry of a shadow table that has it names no page of its own
 * and no shadow table: it names the machine frame of a table page of the guest, from where the walk goes on nested. PS
 * is set too, because the shadow ends here.
 */
export const SHADOW_SWITCH = 1 << 11
/** Bit 63, that is bit 31 of the high word. */
export const NO_EXECUTE_HIGH = 1 << 31

const FLAG_MASK = 0xfff
const HIGH_FRAME_MASK = 0xfffff

export const entryLow = (frameNumber: number, flags: number): number =>
  (frameNumber << 12) | (flags & FLAG_MASK)
export const entryHigh = (frameNumber: number, noExecute: boolean): number =>
  (frameNumber >>> 20) | (noExecute ? NO_EXECUTE_HIGH : 0)
export const entryFrame = (low: number, high: number): number =>
  ((high & HIGH_FRAME_MASK) << 20) | (low >>> 12)
export const entryFlags = (low: number): number => low & FLAG_MASK

export interface EntryFlags {
  present: boolean
  writable: boolean
  user: boolean
  accessed: boolean
  dirty: boolean
  pageSize: boolean
  global: boolean
  noExecute: boolean
}

/** Flags of an entry by name, for panels and tests. */
export function decodeEntry(low: number, high: number): EntryFlags & { frame: number } {
  return {
    frame: entryFrame(low, high),
    present: (low & PRESENT) !== 0,
    writable: (low & WRITABLE) !== 0,
    user: (low & USER) !== 0,
    accessed: (low & ACCESSED) !== 0,
    dirty: (low & DIRTY) !== 0,
    pageSize: (low & PAGE_SIZE_BIT) !== 0,
    global: (low & GLOBAL) !== 0,
    noExecute: (high & NO_EXECUTE_HIGH) !== 0
  }
}

/** The 64 bits as 16 hex digits. */
export function formatEntry(low: number, high: number): string {
  const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')
  return '0x' + hex(high) + hex(low)
}
