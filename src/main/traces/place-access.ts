import { PAGE_BYTES } from '@shared/address/address'
import { highOfWords, lowOfWords, offsetOfWord } from '@shared/address/address-words'
import type { AccessBatch } from '@shared/model/access'
import type { Levels } from './trace-format'

/** A batch has one byte for a size: the rare larger access, a save of the register file, is kept as this. */
const MOST_KEPT_BYTES = 255

export const keptSize = (bytes: number): number => (bytes < MOST_KEPT_BYTES ? bytes : MOST_KEPT_BYTES)

/** Writes a 64-bit address, given as two words, to batch[at]. */
export function placeAddress(
  batch: AccessBatch,
  at: number,
  upper: number,
  lower: number,
  levels: Levels
): void {
  batch.high[at] = highOfWords(upper, levels)
  batch.low[at] = lowOfWords(upper, lower)
  batch.offset[at] = offsetOfWord(lower)
}

/** A size that is assumed ends with the page: an access must not count as crossing for want of its size. */
export function assumedSize(bytes: number, lower: number): number {
  const left = PAGE_BYTES - offsetOfWord(lower)
  return bytes < left ? bytes : left
}
