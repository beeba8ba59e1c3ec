/**
 * Address spaces as types, and every shift and mask of the project.
 *
 * A virtual address may have 57 bits and does not fit a JavaScript number, so an address is always a page
 * number (45 bits, exact in a number) and an offset inside the 4 KiB page. Where speed matters a page number
 * travels as two int32 halves, because JavaScript's bit operators see 32 bits only:
 *
 *   56      48 47      39 38      30 29      21 20      12 11       0
 *  +----------+----------+----------+----------+----------+----------+
 *  | level 5  | level 4  | level 3  | level 2  | level 1  |  offset  |
 *  +----------+----------+----------+----------+----------+----------+
 *  |<------ high ------->|<------------- low ------------>|
 *         18 bits                    27 bits
 */

declare const space: unique symbol
type Branded<Name extends string> = number & { readonly [space]: Name }

/** Number of a 4 KiB page in the space a layer translates from (virtual, or guest-physical for a hypervisor). */
export type Page = Branded<'page'>
/** Number of a 4 KiB frame in the physical space that one layer hands out. Always below 2^31. */
export type Frame = Branded<'frame'>
/** Number of a 4 KiB frame of the real machine (L0's physical space): what caches and walkers address. */
export type MachineFrame = Branded<'machineFrame'>

/** Levels of a radix table, counted from the leaf table (1) to the root (4 or 5). */
export type Level = 1 | 2 | 3 | 4 | 5

export const PAGE_SHIFT = 12
export const PAGE_BYTES = 4096
export const ENTRIES_PER_TABLE = 512
export const ENTRY_BYTES = 8
export const ENTRIES_PER_LINE = 8
export const LINES_PER_FRAME = 64
export const LOW_BITS = 27
/** A page number has 45 bits at most. */
export const HIGH_BITS = 18
export const LOW_SPAN = 2 ** LOW_BITS
const LOW_MASK = LOW_SPAN - 1

export const page = (value: number): Page => value as Page
export const frame = (value: number): Frame => value as Frame
export const machineFrame = (value: number): MachineFrame => value as MachineFrame

/** What one layer calls a frame is a page to the layer below it, which maps it further down. */
export const asPage = (f: Frame): Page => f as number as Page
/** At L0 the physical space is the machine. */
export const asMachineFrame = (f: Frame): MachineFrame => f as number as MachineFrame

export const pageHigh = (p: number): number => Math.floor(p / LOW_SPAN)
export const pageLow = (p: number): number => p - Math.floor(p / LOW_SPAN) * LOW_SPAN
export const pageFrom = (high: number, low: number): Page => (high * LOW_SPAN + low) as Page

/**
 * Halves of the number of the unit of 2^shift pages that holds the page (high, low); shift 0..45.
 * Shift 9 * (level - 1) gives what one entry at `level` covers: the key of TLBs and page-walk caches.
 */
export const unitHigh = (high: number, shift: number): number => (shift < LOW_BITS ? high >>> shift : 0)
export const unitLow = (high: number, low: number, shift: number): number =>
  shift < LOW_BITS ? ((high << (LOW_BITS - shift)) & LOW_MASK) | (low >>> shift) : high >>> (shift - LOW_BITS)

/** Halves of a frame number (31 bits) seen as a page of the layer below. */
export const frameHigh = (f: number): number => f >>> LOW_BITS
export const frameLow = (f: number): number => f & LOW_MASK

/** Index of the entry read at `level` when the page (high, low) is walked: 0..511. */
export function indexAt(high: number, low: number, level: number): number {
  if (level <= 3) return (low >>> (9 * (level - 1))) & 511
  return level === 4 ? high & 511 : (high >>> 9) & 511
}

const POWERS_OF_512 = [1, 512, 512 ** 2, 512 ** 3, 512 ** 4, 512 ** 5] as const

/** Pages covered by one entry at `level`: 1, 512, 512^2, ... */
export const pagesPerEntry = (level: number): number => POWERS_OF_512[level - 1]
/** Pages covered by one whole table at `level`. */
export const pagesPerTable = (level: number): number => POWERS_OF_512[level]

export const alignDown = (p: number, pages: number): Page => (Math.floor(p / pages) * pages) as Page
export const alignUp = (p: number, pages: number): Page => (Math.ceil(p / pages) * pages) as Page

/** `0x` and lower case, no leading zeros: page * 4096 + offset. */
export function formatAddress(p: number, offset = 0): string {
  return '0x' + (BigInt(p) * BigInt(PAGE_BYTES) + BigInt(offset)).toString(16)
}

/** Halves and offset of an address written in hex, with or without `0x`. */
export function parseAddress(hex: string): { high: number; low: number; offset: number } {
  const address = BigInt(hex.startsWith('0x') ? hex : '0x' + hex)
  const number = Number(address >> BigInt(PAGE_SHIFT))
  return { high: pageHigh(number), low: pageLow(number), offset: Number(address & BigInt(PAGE_BYTES - 1)) }
}

export const formatFrame = (f: number): string => '0x' + f.toString(16)
