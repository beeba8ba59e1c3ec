/**
 * The records of a trace as the artifact writes it, or as the lab does: the same 8-byte records after a header of
 * 16 bytes, which are `DMTLAB` 0 1 and a little-endian u64 with the number of records.
 */
import { UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'
import { RECORD_BYTES } from '../traces/access-records'
import { firstBytes } from './first-bytes'

const MAGIC = [...new TextEncoder().encode('DMTLAB'), 0, 1]
const HEADER_BYTES = 16
const NOTHING = new Uint8Array(0)

export const hasLabHeader = (beginning: Uint8Array): boolean =>
  MAGIC.every((byte, i) => beginning[i] === byte)

/** The records in views that hold whole ones. @throws UserError for a trace that is cut off */
export async function* wholeRecords(trace: FileStream): AsyncGenerator<DataView> {
  const promised = await promisedRecords(trace)
  let skip = promised === null ? 0 : HEADER_BYTES
  let left: Uint8Array = NOTHING
  let records = 0
  for await (const chunk of trace.chunks()) {
    const fresh = chunk.subarray(Math.min(skip, chunk.length))
    skip -= chunk.length - fresh.length
    const bytes = left.length === 0 ? fresh : joined(left, fresh)
    const whole = bytes.length - (bytes.length % RECORD_BYTES)
    if (whole > 0) yield new DataView(bytes.buffer, bytes.byteOffset, whole)
    records += whole / RECORD_BYTES
    left = bytes.slice(whole)
  }
  checkEnd(trace.name, left.length, records, promised)
}

/** Null for a trace without the lab's header. */
async function promisedRecords(trace: FileStream): Promise<number | null> {
  const beginning = await firstBytes(trace, HEADER_BYTES)
  if (!hasLabHeader(beginning)) return null
  if (beginning.length < HEADER_BYTES) throw new UserError('the header is cut off', trace.name, WHOLE)
  return Number(new DataView(beginning.buffer, beginning.byteOffset).getBigUint64(MAGIC.length, true))
}

const WHOLE = 'give a whole trace of 8-byte records'

function checkEnd(name: string, left: number, records: number, promised: number | null): void {
  if (left > 0) throw new UserError(`the last record has ${left} of ${RECORD_BYTES} bytes`, name, WHOLE)
  if (promised !== null && promised !== records)
    throw new UserError(`the header promises ${promised} records, there are ${records}`, name, WHOLE)
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
