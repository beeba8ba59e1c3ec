/**
 * Page halves and offset (address.ts) of a 64-bit address that arrives as two 32-bit words. Bits above those
 * that the tables translate repeat the top bit in a canonical address, so they are dropped.
 */

const LOW_BITS_IN_UPPER_WORD = 7
const HIGH_MASK = { 4: 0x1ff, 5: 0x3ffff } as const

/** Upper half of the page number: address bits 39..47 with 4 levels, 39..56 with 5. */
export const highOfWords = (upper: number, levels: 4 | 5): number =>
  (upper >>> LOW_BITS_IN_UPPER_WORD) & HIGH_MASK[levels]
/** The same with every bit above the lower half kept, whatever tables translate: 25 bits. */
export const wholeHighOfWord = (upper: number): number => upper >>> LOW_BITS_IN_UPPER_WORD
/** Lower half of the page number: address bits 12..38. */
export const lowOfWords = (upper: number, lower: number): number => ((upper & 0x7f) << 20) | (lower >>> 12)
export const offsetOfWord = (lower: number): number => lower & 0xfff
