/**
 * Mixes the bits of a 32-bit word: a bijection in which every input bit changes each output bit about half of
 * the time. Constants: C. Wellons, "Prospecting for Hash Functions" (lowbias32). Result 0..2^32-1.
 */
export function mix32(word: number): number {
  let x = word | 0
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}
