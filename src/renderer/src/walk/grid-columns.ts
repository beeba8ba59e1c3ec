/** Columns of the walk grid: the lower layer's levels from its root down, then the entry they lead to. */
import type { LayerName } from '@shared/model/environment'
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import type { Place } from './step-place'

/**
 * Shape of the picture. `line`: one layer, one row. `plane`: rows are the guest's reads, columns the host's.
 * `cube`: all three layers walked; one plane for each read of the innermost guest, shown one at a time.
 */
export type GridShape = 'line' | 'plane' | 'cube'

export interface GridColumn {
  /** Sorts the columns and names them: equal order is the same column. */
  readonly order: number
  readonly layer: LayerName | null
  readonly label: string
  /** Level of a plain radix column; 0 for the others. */
  readonly level: number
}

/** Steps that end a row stand here, and the data page below them. */
export const ENTRY_ORDER = 1000
const PLAIN_ORDER = 500
const MAX_LEVELS = 10
const ROOT_LEVEL = 4

/** A read that ends a row: of the innermost layer, and in a cube also of the layer between. */
export const endsRow = (step: WalkStep, shape: GridShape, innermost: LayerName): boolean =>
  shape !== 'line' && (step.layer === innermost || (shape === 'cube' && step.layer !== 'L0'))

const plain = (level: number, layer: LayerName | null): GridColumn => ({
  order: PLAIN_ORDER + MAX_LEVELS - level,
  layer,
  // An entry of L0's table of gTEAs, read to check a register, has no level.
  label: level === 0 ? 'gTEA' : `level ${level}`,
  level
})

/** In a plane of three layers the reads for the layer between come first, each followed by that layer's own. */
function between(step: WalkStep, middle: number): GridColumn {
  const group = (MAX_LEVELS - middle) * 2 * MAX_LEVELS
  if (step.layer !== 'L0')
    return { order: group + 2 * MAX_LEVELS - 1, layer: step.layer, label: `level ${step.level}`, level: 0 }
  return { order: group + MAX_LEVELS - step.level, layer: 'L0', label: 'for L1', level: 0 }
}

export function columnOf(step: WalkStep, place: Place, shape: GridShape, innermost: LayerName): GridColumn {
  if (endsRow(step, shape, innermost)) {
    return { order: ENTRY_ORDER, layer: shape === 'cube' ? null : innermost, label: 'entry', level: 0 }
  }
  if (step.wasted && step.by === 'register')
    return { order: MAX_LEVELS - step.level, layer: step.layer, label: 'register', level: 0 }
  if (shape === 'plane' && place.middle !== null) return between(step, place.middle)
  return step.by === 'node' ? node(step.level, step.layer) : plain(step.level, step.layer)
}

/** Both levels that a node holds; it stands in the place of the lower one. */
const node = (level: number, layer: LayerName | null): GridColumn => ({
  ...plain(level, layer),
  label: `levels ${level + 1}, ${level}`
})

/**
 * The columns a lane needs, in order. A radix lane has them all from the root, so that what a walk cache spared
 * is drawn too.
 */
export function laneColumns(
  record: WalkRecord,
  places: readonly Place[],
  shape: GridShape,
  innermost: LayerName
): GridColumn[] {
  const columns = new Map<number, GridColumn>()
  // A level that is also walked alone keeps its name.
  const add = (column: GridColumn): void => {
    const known = columns.get(column.order)
    if (known === undefined || known.label.startsWith('levels')) columns.set(column.order, column)
  }
  record.steps.forEach((step, i) => add(columnOf(step, places[i], shape, innermost)))
  const walked = [...columns.values()].filter((column) => column.level > 0)
  const levels = walked.map((column) => column.level)
  if (
    record.steps.some((step) => step.by === 'radix' && walked.some((column) => column.layer === step.layer))
  ) {
    for (let level = Math.max(ROOT_LEVEL, ...levels); level > Math.min(...levels); level--) {
      add(plain(level, walked[0].layer))
    }
  }
  if (shape === 'line') add({ order: ENTRY_ORDER, layer: null, label: 'page', level: 0 })
  return [...columns.values()].sort((a, b) => a.order - b.order)
}
