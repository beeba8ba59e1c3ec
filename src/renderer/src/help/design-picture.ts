/**
 * The picture of a walk as data: which fetch stands in which column and row. Short walks have a column for each slot
 * of time. Long ones are folded: a column for each entry of the layers above that is being found, a row for each
 * level, so that time runs down and then to the right.
 */
import { LAYER_NAMES, type LayerName } from '@shared/model/environment'
import { timeSlots, waitedChain } from '@shared/model/time-slots'
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import { innermostOf } from '../walk/layers'
import { placeSteps, type Place } from '../walk/step-place'
import { cellMeans, fetchNote, tableWords } from './fetch-words'

/** Walks of more slots are folded. */
const MOST_SLOTS = 8

export interface PictureCell {
  readonly column: number
  readonly row: number
  readonly layer: LayerName
  /** Numbers of the fetches in it; several are made at once. */
  readonly fetches: readonly number[]
  readonly table: string
  readonly means: string
  readonly note: string
}

export interface PictureRow {
  readonly layer: LayerName
  /** First of its layer's rows. */
  readonly opensLayer: boolean
  /** What its tables are, where all its cells read the same; else empty. */
  readonly label: string
}

export interface PictureColumn {
  readonly label: string
  /** Stands over the columns from here to the next one that has a group. */
  readonly group: string
}

export interface DesignPicture {
  readonly isFolded: boolean
  readonly columns: readonly PictureColumn[]
  readonly rows: readonly PictureRow[]
  readonly cells: readonly PictureCell[]
  /** Cells that the walk waits for, by their position in `cells`, in order. */
  readonly chain: readonly number[]
}

interface Fetch {
  readonly step: WalkStep
  readonly slot: number
  readonly place: Place
}

/** Sorts columns and rows, and names them. */
type Key = string

interface Spot {
  readonly column: Key
  readonly row: Key
}

const rankOf = (layer: LayerName): number => LAYER_NAMES.indexOf(layer)

/** By what a cell is one: fetches that agree in all of it are made at once and drawn as one. */
const cellKey = ({ step, slot }: Fetch): string =>
  [slot, step.layer, step.level, step.by, step.wasted, step.notPresent].join()

const byFirst = <T>(items: readonly T[], of: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(of(item), [...(groups.get(of(item)) ?? []), item])
  return groups
}

/** In a picture by time cells of one slot and layer stand below each other. */
function spotsByTime(cells: readonly Fetch[][]): Spot[] {
  const taken = new Map<string, number>()
  return cells.map(([{ step, slot }]) => {
    const at = `${slot} ${step.layer}`
    const nth = taken.get(at) ?? 0
    taken.set(at, nth + 1)
    return { column: String(slot), row: `${rankOf(step.layer)} ${String(nth).padStart(3, '0')}` }
  })
}

const LEVELS = 9
const served = (level: number | null): string => (level === null ? 'page' : String(LEVELS - level))

/** In a folded picture L0's levels have rows of their own; a read of another layer ends its column. */
function foldedSpot({ step, place }: Fetch, innermost: LayerName): Spot {
  const column = `${served(place.top)} ${step.layer === innermost ? 'page' : served(place.middle)}`
  const level = step.layer === 'L0' ? String(LEVELS - step.level) : ''
  return { column, row: `${rankOf(step.layer)} ${level}` }
}

function columnHead(
  spot: Key,
  isFolded: boolean,
  innermost: LayerName,
  before: Key | undefined
): PictureColumn {
  if (!isFolded) return { label: spot, group: '' }
  const [top, middle] = spot.split(' ')
  const name = (key: string, layer: LayerName): string =>
    key === 'page' ? 'page' : `${layer} level ${LEVELS - Number(key)}`
  const opens = before?.split(' ')[0] !== top
  return {
    label: middle === 'page' ? '' : `L1 level ${LEVELS - Number(middle)}`,
    group: opens ? name(top, innermost) : ''
  }
}

function rowHeads(rows: readonly Key[], cells: readonly PictureCell[]): PictureRow[] {
  return rows.map((key, row) => {
    const layer = LAYER_NAMES[Number(key.split(' ')[0])]
    const tables = new Set(cells.filter((cell) => cell.row === row).map(({ table }) => table))
    const before = rows[row - 1]?.split(' ')[0]
    return {
      layer,
      opensLayer: before !== key.split(' ')[0],
      label: tables.size === 1 ? [...tables][0] : ''
    }
  })
}

/** Columns in the order of the walk; slots are numbers and sort as such. */
function columnsInOrder(spots: readonly Spot[], isFolded: boolean): Key[] {
  const keys = [...new Set(spots.map(({ column }) => column))]
  return isFolded ? keys : keys.sort((a, b) => Number(a) - Number(b))
}

export function designPicture(record: WalkRecord): DesignPicture {
  const innermost = innermostOf([record])
  const slots = timeSlots(record)
  const places = placeSteps(record, innermost)
  const fetches = record.steps.map((step, i): Fetch => ({ step, slot: slots[i], place: places[i] }))
  const isFolded = Math.max(0, ...slots) > MOST_SLOTS
  const groups = [
    ...byFirst(fetches, (one) =>
      isFolded ? `${cellKey(one)} ${foldedSpot(one, innermost).column}` : cellKey(one)
    ).values()
  ]
  const spots = isFolded ? groups.map(([first]) => foldedSpot(first, innermost)) : spotsByTime(groups)
  const columns = columnsInOrder(spots, isFolded)
  const rows = [...new Set(spots.map(({ row }) => row))].sort()
  const cells = groups.map((group, i): PictureCell => {
    const { step } = group[0]
    return {
      column: columns.indexOf(spots[i].column),
      row: rows.indexOf(spots[i].row),
      layer: step.layer,
      fetches: group.map((one) => one.step.n),
      table: tableWords(step),
      means: cellMeans(step.by, group.length),
      note: fetchNote(step)
    }
  })
  const cellOf = (i: number): number =>
    cells.findIndex(({ fetches: numbers }) => numbers.includes(record.steps[i].n))
  return {
    isFolded,
    columns: columns.map((key, i) => columnHead(key, isFolded, innermost, columns[i - 1])),
    rows: rowHeads(rows, cells),
    cells,
    chain: waitedChain(record, slots).map(cellOf)
  }
}
