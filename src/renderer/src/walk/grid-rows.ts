/** Rows of the walk grid: one for each read that ends a row, in the order of the walk, then the data page. */
import type { LayerName } from '@shared/model/environment'
import type { WalkStep } from '@shared/model/walk-record'
import type { GridShape } from './grid-columns'
import { entryName } from './layers'
import type { Attempt, Place } from './step-place'

export interface RowHead {
  /** Sorts the rows and names them: equal order is the same row. */
  readonly order: number
  readonly layer: LayerName | null
  readonly title: string
  readonly caption: string
}

const DATA_ORDER = 90
const MAX_LEVELS = 10

const dataHead: RowHead = { order: DATA_ORDER, layer: null, title: 'data', caption: 'page' }

/** Above the rows of the walk, the page-size classes of one layer below each other. */
const attemptHead = ({ layer, level }: Attempt): RowHead => ({
  order: level / MAX_LEVELS - 1,
  layer,
  title: 'register',
  caption: 'fell back'
})

/** Above the rows of the guest's own tables. */
const shadowHead: RowHead = { order: 0, layer: 'L0', title: 'shadow', caption: 'table' }

const levelHead = (layer: LayerName, level: number): RowHead => ({
  order: MAX_LEVELS - level,
  layer,
  title: `level ${level}`,
  caption: entryName(level)
})

const topHead = (place: Place, innermost: LayerName): RowHead => {
  return place.top === null ? dataHead : levelHead(innermost, place.top)
}

/** The last row of a plane inside a cube: the innermost layer's own entry. */
const closingHead = (place: Place, innermost: LayerName): RowHead =>
  place.top === null ? dataHead : { ...levelHead(innermost, place.top), order: DATA_ORDER }

export function rowOf(place: Place, shape: GridShape, innermost: LayerName): RowHead {
  if (shape === 'line') return dataHead
  if (place.attempt) return attemptHead(place.attempt)
  if (place.isShadow) return shadowHead
  if (shape === 'plane') return topHead(place, innermost)
  return place.middle === null ? closingHead(place, innermost) : levelHead('L1', place.middle)
}

/** The planes of a cube; the other shapes have a single one. */
export function sectionOf(place: Place, shape: GridShape, innermost: LayerName): RowHead {
  return shape === 'cube' ? topHead(place, innermost) : dataHead
}

export const isShadowRow = (head: RowHead): boolean => head.order === shadowHead.order
export const isDataRow = (head: RowHead): boolean => head.layer === null

/** Rows above the first one that a radix lane reached are rows its walk caches spared. */
export function rowsAbove(first: WalkStep, shape: GridShape): RowHead[] {
  if (shape !== 'plane' || first.by !== 'radix') return []
  const spared = Array.from({ length: Math.max(0, 4 - first.level) }, (_, i) => 4 - i)
  return spared.map((level) => levelHead(first.layer, level))
}
