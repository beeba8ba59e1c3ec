/**
 * The 8-byte records of the lab's binary traces and of the simulator published with DMT: little-endian u64, bits
 * 63..62 kind (0 read, 1 write, 2 instruction fetch, 3 software prefetch), 61..56 size in bytes (0 means 8), 55..0
 * virtual address.
 */
import { LOW_BITS, PAGE_SHIFT } from '@shared/address/address'

export const RECORD_BYTES = 8
export const PREFETCH = 3
export const MOST_RECORD_BYTES = 63
const DEFAULT_SIZE = 8
/** Bits of the page number that the lower word holds. */
const LOWER_PAGE_BITS = 32 - PAGE_SHIFT
/** Bits of the upper word that belong to the page number's low half. */
const SHARED_BITS = LOW_BITS - LOWER_PAGE_BITS

/** Fields of a record from its two 32-bit words. */
export const recordKind = (upper: number): number => upper >>> 30
export const recordSize = (upper: number): number => (upper >>> 24) & MOST_RECORD_BYTES || DEFAULT_SIZE
export const recordOffset = (lower: number): number => lower & 0xfff
export const recordPageLow = (lower: number, upper: number): number =>
  (lower >>> PAGE_SHIFT) | ((upper & ((1 << SHARED_BITS) - 1)) << LOWER_PAGE_BITS)
export const recordPageHigh = (upper: number): number => (upper & 0xffffff) >>> SHARED_BITS

/** Words of the record of an access; sizes above 63 bytes do not fit and become 63. */
export const lowerWord = (pageLow: number, offset: number): number => (pageLow << PAGE_SHIFT) | offset
export const upperWord = (kind: number, size: number, pageHigh: number, pageLow: number): number =>
  (kind << 30) |
  (Math.min(size, MOST_RECORD_BYTES) << 24) |
  ((pageHigh << SHARED_BITS) & 0xffffff) |
  (pageLow >>> LOWER_PAGE_BITS)
