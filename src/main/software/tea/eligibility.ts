/** Which memory areas get TEAs, and how many table pages they need. */
import { alignDown, alignUp, pagesPerTable } from '@shared/address/address'
import type { Vma } from '../space/vma-list'
import type { TeaSpan } from './tea'

const PAGES_PER_MIB = 256

/** First page after the user half; an area that ends there is the stack in its first position. */
export const USER_TOP: Record<4 | 5, number> = { 4: 0x7ffffffff, 5: 0xfffffffffff }

/** A big TEA reaches 256 GiB to either side of the start of its area (xlab-uiuc/dmt, /proc/dmt/big_tea). */
const BIG_REACH = 2 ** 26

export function isEligible(vma: Vma, minVmaMiB: number, levels: 4 | 5): boolean {
  if (!vma.mayHaveTea || vma.end === USER_TOP[levels]) return false
  return Math.floor((vma.end - vma.start) / PAGES_PER_MIB) >= minVmaMiB
}

/** The first 2 MiB of a process never get a TEA, as in the published kernel. */
export const isFirstRegion = (p: number): boolean => p < pagesPerTable(1)

/** Exactly the table pages that cover the area: the ceiling, not one more. */
export function spanOf(vma: Vma, level: number): TeaSpan {
  const reach = pagesPerTable(level)
  const start = alignDown(vma.start, reach)
  return { start, slots: (alignUp(vma.end, reach) - start) / reach }
}

/** As the published kernel rounds: where the area ends at a boundary, a slot more. */
export function artifactSpanOf(vma: Vma, level: number): TeaSpan {
  const reach = pagesPerTable(level)
  const start = alignDown(vma.start, reach)
  return { start, slots: Math.floor(vma.end / reach) + 1 - start / reach }
}

/** 512 GiB of addresses around the start of the area: 262,145 slots of the 4K class. */
export function bigSpanOf(vma: Vma, level: number): TeaSpan {
  const reach = pagesPerTable(level)
  const centre = alignDown(vma.start, reach)
  const side = Math.ceil(BIG_REACH / reach)
  const before = Math.min(side, centre / reach)
  return { start: centre - before * reach, slots: before + side + 1 }
}
