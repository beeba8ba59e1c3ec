/** Which existing area takes a neighbouring memory area in, so that one register covers both. */
import { spanEnd, teaEnd, type Tea, type TeaSpan } from './tea'
import { pagesPerTable } from '@shared/address/address'
import type { TeaSet } from './tea-set'

/**
 * Percent of the slots of both together that one of them asked for, rounded down. An area's slots all count,
 * bubbles of earlier merges too, as in the published kernel (HPL_MERGE_THRESHOLD).
 */
export const occupancy = (areaSlots: number, teaSlots: number, unionSlots: number): number =>
  Math.floor((100 * (areaSlots + teaSlots)) / unionSlots)

export interface Merge {
  readonly tea: Tea
  readonly span: TeaSpan
}

/**
 * Areas that may take the span in, by index up to the first free place, as the published kernel looks for them.
 * Spans that touch may merge; one that overlaps always extends the area it overlaps.
 */
export function mergesFor(set: TeaSet, span: TeaSpan, level: number, leastOccupancy: number): Merge[] {
  const merges: Merge[] = []
  for (const tea of set.untilFirstFree(level)) {
    const union = unionOf(tea, span)
    if (occupancy(span.slots, tea.slots, union.slots) < leastOccupancy) continue
    if (isAlone(set, tea, union)) merges.push({ tea, span: union })
  }
  return merges
}

function unionOf(tea: Tea, span: TeaSpan): TeaSpan {
  const start = Math.min(tea.start, span.start)
  const end = Math.max(teaEnd(tea), spanEnd(span, tea.level))
  return { start, slots: (end - start) / pagesPerTable(tea.level) }
}

/** No other area of the class lies in the union: areas of one class stay apart. */
function isAlone(set: TeaSet, tea: Tea, union: TeaSpan): boolean {
  const end = spanEnd(union, tea.level)
  const inside = set.ofClass(tea.level).filter((t) => t.start < end && teaEnd(t) > union.start)
  return inside.length === 1
}
