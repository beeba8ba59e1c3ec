import { mix32 } from './mix32'

/** Hash of a number in two halves (any int32), one of a family of functions by its seed. Result 0..2^32-1. */
export const hashWords = (seed: number, high: number, low: number): number =>
  mix32(mix32(mix32(low ^ seed) ^ high) + seed)
