/** Ranges of one layer's addresses, from hex text and frames. */
import { readHex } from '@renderer/walk/input-address'

/** The end is outside. */
export interface AddressRange {
  readonly from: bigint
  readonly to: bigint
}

const FRAME_BYTES = 4096n

export const rangeOf = ({ start, end }: { start: string; end: string }): AddressRange => ({
  from: readHex(start),
  to: readHex(end)
})

export const framesRange = (first: number, frames: number): AddressRange => ({
  from: BigInt(first) * FRAME_BYTES,
  to: BigInt(first + frames) * FRAME_BYTES
})

export const overlaps = (a: AddressRange, b: AddressRange): boolean => a.from < b.to && b.from < a.to
