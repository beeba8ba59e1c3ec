/** Cells of a map of physical memory: who has most of each, what a cell says in words, and its outline. */
import { formatFrame } from '@shared/address/address'
import { formatShare } from '@shared/format/number'
import { FRAME_OWNERS, type PhysicalMap } from '@shared/model/physical-map'
import { OWNER_LOOKS } from './owner-looks'

const OWNERS = FRAME_OWNERS.length
/** Entry areas are small beside the memory they lie in: a cell with any of their frames is drawn as theirs. */
const DRAWN_WIDER = [FRAME_OWNERS.indexOf('tea'), FRAME_OWNERS.indexOf('gtea')]

export const cellCount = (map: Pick<PhysicalMap, 'cells'>): number => map.cells.length / OWNERS

export const framesOf = (map: PhysicalMap, cell: number): number[] =>
  Array.from(map.cells.subarray(cell * OWNERS, (cell + 1) * OWNERS))

/** Index of the owner that the cell is drawn as. */
export function ownerOfCell(map: PhysicalMap, cell: number): number {
  const frames = framesOf(map, cell)
  const wide = DRAWN_WIDER.find((owner) => frames[owner] > 0)
  return wide ?? frames.indexOf(Math.max(...frames))
}

/** First and last frame of a cell. */
export function cellFrames(map: PhysicalMap, cell: number): { first: number; last: number } {
  const first = cell * map.framesPerCell
  return { first, last: Math.min(map.frames, first + map.framesPerCell) - 1 }
}

/** `frames 0x4000 to 0x7fff: 60 % data, 40 % free` */
export function cellWords(map: PhysicalMap, cell: number): string {
  const { first, last } = cellFrames(map, cell)
  const shares = framesOf(map, cell)
    .map((frames, owner) => ({ frames, title: OWNER_LOOKS[owner].title }))
    .filter(({ frames }) => frames > 0)
    .sort((a, b) => b.frames - a.frames)
    .map(({ frames, title }) => `${formatShare(frames / (last - first + 1), 0)} ${title}`)
  return `frames ${formatFrame(first)} to ${formatFrame(last)}: ${shares.join(', ')}`
}

/** Where a cell is drawn, in units of a cell. */
export interface Layout {
  readonly columns: number
  readonly rows: number
  readonly placeOf: (cell: number) => { readonly x: number; readonly y: number }
}

/** Rows from the left, like text. */
export const inRows = (cells: number, columns: number): Layout => ({
  columns,
  rows: Math.max(1, Math.ceil(cells / columns)),
  placeOf: (cell) => ({ x: cell % columns, y: Math.floor(cell / columns) })
})

/** Columns from the top, so that the place from left to right is the place in memory. */
export const inColumns = (cells: number, rows: number): Layout => ({
  columns: Math.max(1, Math.ceil(cells / rows)),
  rows,
  placeOf: (cell) => ({ x: Math.floor(cell / rows), y: cell % rows })
})

/** One outline for all cells of each owner, in units of a cell; empty where nobody has one. */
export function ownerOutlines(map: PhysicalMap, layout: Layout, gap: number): string[] {
  const outlines = FRAME_OWNERS.map(() => '')
  const side = 1 - gap
  for (let cell = 0; cell < cellCount(map); cell++) {
    const { x, y } = layout.placeOf(cell)
    outlines[ownerOfCell(map, cell)] += `M${x} ${y}h${side}v${side}h-${side}z`
  }
  return outlines
}
