/** Where the walk grid's parts stand on the page: the tracks of one CSS grid that both lanes share. */
import type { RegisterMatch } from '@shared/model/walk-record'
import type { GridLane, GridSection, WalkGrid } from './walk-grid'

/**
 * Place of the register cards: in the rows a lane does not walk, above all rows where every lane has one, else
 * below them, so that cells that read the same entry stay level.
 */
export type CardPlace = 'free rows' | 'head' | 'foot' | 'none'

export interface LaneTracks {
  /** Grid lines, from 1. */
  readonly from: number
  readonly to: number
  readonly cards: CardPlace
  /** First row with a cell, from 0; -1 without any. */
  readonly firstRow: number
}

export interface GridTracks {
  readonly columns: string
  readonly rows: string
  readonly minHeight: number
  /** Its rows are as low as their words let them be. */
  readonly isLow: boolean
  readonly hasTitles: boolean
  /** Line where row `i` starts; the track before it is the gap above it. */
  readonly rowLines: readonly number[]
  readonly headLine: number
  readonly cardLine: number
  readonly lanes: readonly LaneTracks[]
}

/** Least heights in px; what is above them is shared by the rows. */
interface Heights {
  readonly heads: number
  readonly gap: number
  readonly row: number
  readonly card: number
}
const USUAL: Heights = { heads: 26, gap: 19, row: 66, card: 218 }
/** Where the view is too low for these, as below an answer in a low window: all rows are seen at once. */
const LOW: Heights = { heads: 22, gap: 14, row: 54, card: 186 }
/** Of the whole view: what stands above the grid, and five rows of the usual height. */
const USUAL_VIEW = 620

/** Whether rows of the usual height would end below a view of this height; 0 is one that is not yet measured. */
export const isLowView = (height: number): boolean => height > 0 && height < USUAL_VIEW

const COLUMN_GAP = 11
const ROW_MAX = 150
/** A picture of few rows stays together instead of filling the view. */
const ROW_MAX_OF_FEW = 104
const FEW_ROWS = 3
/** Free rows that hold a card. */
const CARD_ROWS = 2
/** Widths as shares of a radix column. */
const REGISTER_MIN = 196
const REGISTER_SHARE = 2.15
const REGISTER_CELL_SHARE = 0.9
const EMPTY_SHARE = 1.5
const ENTRY_SHARE = 1.04

const firstRowOf = (section: GridSection, lane: number): number =>
  section.rows.findIndex((row) => row.lanes[lane].cells.some((cell) => cell.kind === 'step'))

const widestRow = (grid: WalkGrid, lane: number): number =>
  Math.max(0, ...grid.sections.flatMap((section) => section.rows.map((row) => row.lanes[lane].cells.length)))

function laneColumns(grid: WalkGrid, lane: GridLane, index: number): string[] {
  if (lane.style === 'none') return [`minmax(0, ${EMPTY_SHARE}fr)`]
  if (lane.style === 'radix') return lane.columns.map((c) => `minmax(0, ${c.level > 0 ? 1 : ENTRY_SHARE}fr)`)
  return [
    `minmax(${REGISTER_MIN}px, ${Math.max(REGISTER_SHARE, REGISTER_CELL_SHARE * widestRow(grid, index))}fr)`
  ]
}

/** Register of the first cell of a lane in this section. */
export const firstRegister = (section: GridSection, lane: number): RegisterMatch | null =>
  section.rows.map((row) => row.lanes[lane].register).find((match) => match !== null) ?? null

function cardPlaces(grid: WalkGrid, section: GridSection): CardPlace[] {
  const needs = grid.lanes.map((lane, i) => lane.style === 'register' && firstRegister(section, i) !== null)
  const isEvery = needs.every(Boolean)
  return needs.map((hasCard, i) => {
    if (!hasCard) return 'none'
    if (isEvery) return 'head'
    return firstRowOf(section, i) >= CARD_ROWS ? 'free rows' : 'foot'
  })
}

/** Lines of each lane's columns: line 1 opens the row heads, a gap track stands between lanes. */
function laneLines(tracks: readonly string[][]): { from: number; to: number }[] {
  const starts = tracks.map((_, i) => 2 + tracks.slice(0, i).reduce((sum, t) => sum + t.length + 1, 0))
  return starts.map((from, i) => ({ from, to: from + tracks[i].length }))
}

/** Rows of heads and cards around the rows of cells. */
function rowTracks(
  rowCount: number,
  hasTitles: boolean,
  places: readonly CardPlace[],
  { heads, gap, row, card: cardMin }: Heights
): string[] {
  const rowMax = rowCount > FEW_ROWS ? ROW_MAX : ROW_MAX_OF_FEW
  const cells = Array.from({ length: rowCount }, (_, i) => [
    ...(i > 0 ? [`${gap}px`] : []),
    `minmax(${row}px, ${rowMax}px)`
  ]).flat()
  const card = `minmax(${cardMin}px, auto)`
  const head = places.includes('head') ? [card, `${gap}px`] : []
  const foot = places.includes('foot') ? [`${gap}px`, card] : []
  return [...(hasTitles ? [`${heads}px`] : []), `${heads}px`, ...head, ...cells, ...foot]
}

const minimum = (tracks: readonly string[]): number =>
  tracks.reduce((sum, track) => sum + Number(/\d+/.exec(track)?.[0] ?? 0), 0)

/** @param isLow rows as low as their words let them be */
export function gridTracks(grid: WalkGrid, section: GridSection, isLow = false): GridTracks {
  const columns = grid.lanes.map((lane, i) => laneColumns(grid, lane, i))
  const lines = laneLines(columns)
  const places = cardPlaces(grid, section)
  // Only the last lane's name fits in the line of the column heads, and only over a single column.
  const hasTitles = grid.lanes.slice(1).some((lane) => lane.style === 'radix')
  const rows = rowTracks(section.rows.length, hasTitles, places, isLow ? LOW : USUAL)
  const headLine = hasTitles ? 2 : 1
  const firstLine = headLine + 1 + (places.includes('head') ? 2 : 0)
  const rowLines = section.rows.map((_, i) => firstLine + 2 * i)
  return {
    columns: [
      '62px',
      ...columns.flatMap((tracks, i) => (i > 0 ? [`${COLUMN_GAP}px`, ...tracks] : tracks))
    ].join(' '),
    rows: rows.join(' '),
    minHeight: minimum(rows),
    isLow,
    hasTitles,
    rowLines,
    headLine,
    cardLine: places.includes('head') ? headLine + 1 : (rowLines.at(-1) ?? headLine) + 2,
    lanes: lines.map((line, i) => ({ ...line, cards: places[i], firstRow: firstRowOf(section, i) }))
  }
}
