/** Areas in the order they are drawn: the largest first, and how much room each takes. */
import type { AreaLook } from '@shared/model/memory-look'

/** More are told by their number; the table VMAs has all. */
export const MOST_AREAS = 60

export interface ShownArea {
  readonly area: AreaLook
  /** Share of the column's free height. */
  readonly grow: number
}

const bySize = (a: AreaLook, b: AreaLook): number => b.bytes - a.bytes || a.index - b.index

/** Heights follow the square root of the bytes, so that a small area beside a large one can still be seen. */
export function shownAreas(areas: readonly AreaLook[]): { shown: ShownArea[]; more: number } {
  const sorted = [...areas].sort(bySize)
  const largest = sorted[0]?.bytes ?? 1
  const shown = sorted.slice(0, MOST_AREAS).map((area) => ({
    area,
    grow: Math.sqrt(area.bytes / Math.max(1, largest))
  }))
  return { shown, more: areas.length - shown.length }
}
