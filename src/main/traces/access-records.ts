/**
 * The 8-byte records of the lab's binary traces and of the simulator published with DMT: little-endian u64, bits
 * 63..62 kind (0 read, 1 write, 2 instruction fetch, 3 software prefetch), 61..56 size in bytes (0 means 8), 55..0
 * virtual address.
 */
import { LOW_BITS, PAGE_SHIFT } from '@shared/address/address'
import type { AccessBatch } from '@shared/model/access'
import { UserError } from '@shared/model/user-error'

const MAGIC = [...new TextEncoder().encode('DMTLAB'), 0, 1]
export const HEADER_BYTES = 16
const WHOLE = 'give a whole trace of 8-byte records'

/** The lab's own traces begin with `DMTLAB` 0 1; those of the simulator with their first record. */
export const hasLabHeader = (beginning: Uint8Array): boolean =>
  MAGIC.every((byte, i) => beginning[i] === byte)

/** Records that the header says there are; null without one. @throws UserError for a header that is cut off */
export function promisedRecords(beginning: Uint8Array, name: string): number | null {
  if (!hasLabHeader(beginning)) return null
  if (beginning.length < HEADER_BYTES) throw new UserError('the header is cut off', name, WHOLE)
  return Number(new DataView(beginning.buffer, beginning.byteOffset).getBigUint64(MAGIC.length, true))
}

export function labHeader(records: number): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES)
  header.set(MAGIC)
  new DataView(header.buffer).setBigUint64(MAGIC.length, BigInt(records), true)
  return header
}

/** @throws UserError for a trace that ends inside a record, or not where its header says */
export function checkRecordEnd(name: string, left: number, records: number, promised: number | null): void {
  if (left > 0) throw new UserError(`the last record has ${left} of ${RECORD_BYTES} bytes`, name, WHOLE)
  if (promised !== null && promised !== records)
    throw new UserError(`the header promises ${promised} records, there are ${records}`, name, WHOLE)
}

export const RECORD_BYTES = 8
export const PREFETCH = 3
const MOST_RECORD_BYTES = 63
/** Of the low half of a page number, bits that the upper word holds. */
const LOW_BITS_IN_UPPER = 7
const DEFAULT_SIZE = 8
const ADDRESS_BITS_IN_UPPER_WORD = 0xffffff

/** Fields of a record from its upper word; the lower one holds the low bits of the address alone. */
export const recordKind = (upper: number): number => upper >>> 30
export const recordSize = (upper: number): number => (upper >>> 24) & MOST_RECORD_BYTES || DEFAULT_SIZE
/** The upper word of the address. */
export const recordAddress = (upper: number): number => upper & ADDRESS_BITS_IN_UPPER_WORD

/** The records of batch[from..to). */
export function recordsOf(batch: AccessBatch, from: number, to: number): Uint8Array {
  const view = new DataView(new ArrayBuffer((to - from) * RECORD_BYTES))
  for (let i = from; i < to; i++) {
    const at = (i - from) * RECORD_BYTES
    view.setUint32(at, lowerWord(batch.low[i], batch.offset[i]), true)
    view.setUint32(at + 4, upperWord(batch.kind[i], batch.size[i], batch.high[i], batch.low[i]), true)
  }
  return new Uint8Array(view.buffer)
}

/** Words of the record of an access; sizes above 63 bytes do not fit and become 63. */
const lowerWord = (pageLow: number, offset: number): number => (pageLow << PAGE_SHIFT) | offset
const upperWord = (kind: number, size: number, pageHigh: number, pageLow: number): number =>
  (kind << 30) |
  (Math.min(size, MOST_RECORD_BYTES) << 24) |
  ((pageHigh << LOW_BITS_IN_UPPER) & ADDRESS_BITS_IN_UPPER_WORD) |
  (pageLow >>> (LOW_BITS - LOW_BITS_IN_UPPER))
