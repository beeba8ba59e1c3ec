/** How fragmented free memory is, by the counts of free blocks alone, whatever their type. */
import { MAX_ORDER } from './free-blocks'

interface BlockCounts {
  count(order: number): number
}

/**
 * Why a request of this order fails: 1 - (1 + freeFrames / 2^order) / freeBlocks; towards 0 for lack of
 * memory, towards 1 for fragmentation, -1 when it would not fail (Linux mm/vmstat.c, fragmentation index).
 */
export function fragmentationIndex(blocks: BlockCounts, freeFrames: number, order: number): number {
  const all = sum(blocks, 0, 1)
  if (all === 0) return 0
  return sum(blocks, order, 1) > 0 ? -1 : 1 - (1 + freeFrames / 2 ** order) / all
}

/** Share of the free frames that lie in blocks too small for this order, 0..1; 1 when nothing is free. */
export function unusableFreeSpace(blocks: BlockCounts, freeFrames: number, order: number): number {
  return freeFrames === 0 ? 1 : (freeFrames - sum(blocks, order, 2)) / freeFrames
}

/** Of all free blocks from an order on, weighed by a power of their order: 1 counts blocks, 2 frames. */
function sum(blocks: BlockCounts, from: number, weight: 1 | 2): number {
  let total = 0
  for (let order = from; order <= MAX_ORDER; order++) total += blocks.count(order) * weight ** order
  return total
}
