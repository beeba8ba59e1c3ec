/** Which areas get TEAs, and how many table pages they need. */
import { alignDown, alignUp, pagesPerTable } from '@shared/address/address'
import type { Vma } from '../space/vma-list'

const PAGES_PER_MIB = 256

/** First page after the user half; an area that ends there is the stack in its first position. */
const USER_TOP: Record<4 | 5, number> = { 4: 0x7ffffffff, 5: 0xfffffffffff }

export interface TeaSpan {
  readonly start: number
  readonly slots: number
}

export function isEligible(vma: Vma, minVmaMiB: number, levels: 4 | 5): boolean {
  if (!vma.mayHaveTea || vma.end === USER_TOP[levels]) return false
  return Math.floor((vma.end - vma.start) / PAGES_PER_MIB) >= minVmaMiB
}

/** Exactly the table pages that cover the area: the ceiling, not one more. */
export function spanOf(vma: Vma, level: number): TeaSpan {
  const reach = pagesPerTable(level)
  const start = alignDown(vma.start, reach)
  return { start, slots: (alignUp(vma.end, reach) - start) / reach }
}
