/**
 * The walk grid as data: what stands in which row and column, for one walk of each lane. Made from the steps
 * alone, for any depth and any mix of radix and registers, so that lanes of different designs share their rows.
 */
import type { LayerName } from '@shared/model/environment'
import type { RegisterMatch, WalkRecord, WalkStep } from '@shared/model/walk-record'
import { columnOf, ENTRY_ORDER, endsRow, laneColumns, type GridColumn, type GridShape } from './grid-columns'
import { isDataRow, isShadowRow, rowOf, rowsAbove, sectionOf, type RowHead } from './grid-rows'
import { innermostOf, layersPassed } from './layers'
import { rowYield, type RowYield } from './row-yield'
import { sameEntries } from './same-entry'
import { placeSteps } from './step-place'

export type GridCell =
  | {
      readonly kind: 'step'
      readonly column: number
      readonly step: WalkStep
      /** Further reads that stand in the same place: probes made at once, a prefetch before its read. */
      readonly beside: readonly WalkStep[]
      readonly same: WalkStep | null
    }
  /** A walk cache made the read unnecessary. */
  | { readonly kind: 'skipped'; readonly column: number }
  /** The page the walk was for. */
  | { readonly kind: 'data'; readonly column: number }

export interface LaneRow {
  readonly cells: readonly GridCell[]
  readonly yields: RowYield | null
  /** Register that gave the row's first cell. */
  readonly register: RegisterMatch | null
}

export interface GridRow {
  readonly head: RowHead
  readonly lanes: readonly LaneRow[]
}

export interface GridSection {
  readonly head: RowHead
  readonly rows: readonly GridRow[]
}

/** `radix`: cells under column heads; `register`: one to seven wide cells, each with its register. */
export interface GridLane {
  readonly style: 'radix' | 'register' | 'none'
  readonly columns: readonly GridColumn[]
}

export interface WalkGrid {
  readonly shape: GridShape
  readonly innermost: LayerName
  readonly lanes: readonly GridLane[]
  readonly sections: readonly GridSection[]
}

/** More columns than a plane of three layers shows with all its words. */
const COLUMNS_OF_PLANE = 7

interface Placed {
  readonly step: WalkStep
  readonly column: GridColumn
  readonly row: RowHead
  readonly section: RowHead
  readonly same: WalkStep | null
}

interface LaneWalk {
  readonly record: WalkRecord | null
  readonly lane: GridLane
  readonly placed: readonly Placed[]
}

type Records = readonly (WalkRecord | null)[]

function shapeOf(records: Records): GridShape {
  if (innermostOf(records) === 'L0') return 'line'
  return records.some((record) => record !== null && isTooWide(record, innermostOf(records)))
    ? 'cube'
    : 'plane'
}

function isTooWide(record: WalkRecord, innermost: LayerName): boolean {
  if (layersPassed(record).length < 3 || isRegisterWalk(record)) return false
  return laneColumns(record, placeSteps(record, innermost), 'plane', innermost).length > COLUMNS_OF_PLANE
}

const isRegisterWalk = (record: WalkRecord): boolean => record.steps.every((step) => step.by === 'register')

/** Index of the walk in whose lane `same` of a cell is; -1 where there is none beside this one. */
export const comparedWith = (records: Records, index: number): number =>
  records.findIndex((other, i) => other && i !== index)

function laneWalk(records: Records, index: number, shape: GridShape, innermost: LayerName): LaneWalk {
  const record = records[index]
  if (!record || record.steps.length === 0)
    return { record, lane: { style: 'none', columns: [] }, placed: [] }
  const places = placeSteps(record, innermost)
  const same = sameEntries(record, records[comparedWith(records, index)] ?? null, innermost)
  const placed = record.steps.map((step, i) => ({
    step,
    column: columnOf(step, places[i], shape, innermost),
    row: rowOf(places[i], shape, innermost),
    section: sectionOf(places[i], shape, innermost),
    same: same.get(step.n) ?? null
  }))
  const style = isRegisterWalk(record) ? 'register' : 'radix'
  return { record, lane: { style, columns: laneColumns(record, places, shape, innermost) }, placed }
}

const byOrder = (heads: readonly RowHead[]): RowHead[] =>
  [...new Map(heads.map((head) => [head.order, head])).values()].sort((a, b) => a.order - b.order)

/** Its first levels are a shadow table's, so none of the guest's was spared. */
const hasShadow = (walk: LaneWalk): boolean => walk.placed.some((p) => isShadowRow(p.row))

/** The walk reached its reads below this row by radix, so it would have read this one too. */
const isSpared = (walk: LaneWalk, row: RowHead): boolean =>
  walk.placed.some((p) => p.column.order === ENTRY_ORDER && p.step.by === 'radix' && p.row.order > row.order)

/** Columns of a radix lane left empty before the row's first read: walk caches spared them. */
function skippedColumns(walk: LaneWalk, row: RowHead, found: readonly Placed[]): GridColumn[] {
  if (walk.lane.style !== 'radix' || hasShadow(walk)) return []
  const { columns } = walk.lane
  if (found.length === 0 && isSpared(walk, row)) {
    return columns.filter((column) => column.level > 0 || column.order === ENTRY_ORDER)
  }
  const first = found.find((p) => !p.step.wasted && p.step.by !== 'prefetch')
  if (!first || first.step.by !== 'radix') return []
  return columns.filter((column) => column.level > 0 && column.order < first.column.order)
}

/** One cell for each place; of several reads there the walk waits longest for the last to end. */
function stepCells(walk: LaneWalk, found: readonly Placed[]): GridCell[] {
  const places = [...new Set(found.map((p) => p.column.order))]
  return places.map((order) => {
    const here = found.filter((p) => p.column.order === order)
    const shown = here.reduce((a, b) => (b.step.cyclesSoFar >= a.step.cyclesSoFar ? b : a))
    return {
      kind: 'step',
      column: walk.lane.columns.findIndex((column) => column.order === order),
      step: shown.step,
      beside: here.filter((p) => p !== shown).map((p) => p.step),
      same: shown.same
    }
  })
}

function laneRow(
  walk: LaneWalk,
  section: RowHead,
  row: RowHead,
  shape: GridShape,
  innermost: LayerName
): LaneRow {
  const found = walk.placed.filter((p) => p.section.order === section.order && p.row.order === row.order)
  const { columns } = walk.lane
  const spared = skippedColumns(walk, row, found)
  const skipped = spared.map((column): GridCell => ({ kind: 'skipped', column: columns.indexOf(column) }))
  const isEnd = isDataRow(row) && isDataRow(section) && walk.record?.outcome === 'translated'
  const data: GridCell[] =
    isEnd && walk.lane.style === 'radix' ? [{ kind: 'data', column: columns.length - 1 }] : []
  const last = found.findLast((p) => endsRow(p.step, shape, innermost))
  return {
    cells: [...skipped, ...stepCells(walk, found), ...data],
    yields: last && walk.record ? rowYield(walk.record, last.step, shape, innermost) : null,
    register: walk.record?.registers.find((match) => match.step === found[0]?.step.n) ?? null
  }
}

/** Rows that any lane has, and those above them that a radix lane was spared. */
function headsOf(
  walks: readonly LaneWalk[],
  section: RowHead,
  shape: GridShape,
  innermost: LayerName
): RowHead[] {
  const found = walks.flatMap((walk) => walk.placed.filter((p) => p.section.order === section.order))
  const first = walks
    .filter((walk) => !hasShadow(walk))
    .flatMap((walk) => walk.placed.find((p) => p.step.layer === innermost && !p.step.wasted) ?? [])
  return byOrder([...found.map((p) => p.row), ...first.flatMap((p) => rowsAbove(p.step, shape))])
}

/** Grid of one walk of each lane; a lane without a walk keeps its place and is empty. */
export function walkGrid(records: Records): WalkGrid {
  const shape = shapeOf(records)
  const innermost = innermostOf(records)
  const walks = records.map((_, i) => laneWalk(records, i, shape, innermost))
  const sections = byOrder(walks.flatMap((walk) => walk.placed.map((p) => p.section)))
  return {
    shape,
    innermost,
    lanes: walks.map((walk) => walk.lane),
    sections: sections.map((head) => ({
      head,
      rows: headsOf(walks, head, shape, innermost).map((row) => ({
        head: row,
        lanes: walks.map((walk) => laneRow(walk, head, row, shape, innermost))
      }))
    }))
  }
}
