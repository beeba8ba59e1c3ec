/**
 * The 8-byte records of the lab's binary traces and of the simulator published with DMT: little-endian u64, bits
 * 63..62 kind (0 read, 1 write, 2 instruction fetch, 3 software prefetch), 61..56 size in bytes (0 means 8), 55..0
 * virtual address.
 */
import { LOW_BITS, PAGE_SHIFT } from '@shared/address/address'

export const RECORD_BYTES = 8
export const PREFETCH = 3
export const MOST_RECORD_BYTES = 63
/** Of the low half of a page number, bits that the upper word holds. */
const LOW_BITS_IN_UPPER = 7
const DEFAULT_SIZE = 8
const ADDRESS_BITS_IN_UPPER_WORD = 0xffffff

/** Fields of a record from its upper word; the lower one holds the low bits of the address alone. */
export const recordKind = (upper: number): number => upper >>> 30
export const recordSize = (upper: number): number => (upper >>> 24) & MOST_RECORD_BYTES || DEFAULT_SIZE
/** The upper word of the address. */
export const recordAddress = (upper: number): number => upper & ADDRESS_BITS_IN_UPPER_WORD

/** Words of the record of an access; sizes above 63 bytes do not fit and become 63. */
export const lowerWord = (pageLow: number, offset: number): number => (pageLow << PAGE_SHIFT) | offset
export const upperWord = (kind: number, size: number, pageHigh: number, pageLow: number): number =>
  (kind << 30) |
  (Math.min(size, MOST_RECORD_BYTES) << 24) |
  ((pageHigh << LOW_BITS_IN_UPPER) & ADDRESS_BITS_IN_UPPER_WORD) |
  (pageLow >>> (LOW_BITS - LOW_BITS_IN_UPPER))
