/** Where the parts of a design's picture stand, in pixels: text keeps its size, so wide pictures scroll. */
import type { DesignPicture, PictureCell } from './design-picture'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface PictureLayout {
  readonly width: number
  readonly height: number
  /** Cells show their number alone: rows and columns say the rest. */
  readonly isNarrow: boolean
  readonly cells: readonly Box[]
  /** Left edge of each column. */
  readonly columns: readonly number[]
  readonly columnWidth: number
  /** Top edge of each row. */
  readonly rows: readonly number[]
  readonly rowHeight: number
  /** A band for each layer, in the order of the rows that open one. */
  readonly bands: readonly Box[]
  /** Lines from each fetch that the walk waits for to the next. */
  readonly links: readonly string[]
}

const LABELS = 92
const HEAD = 40
const BAND_GAP = 10
const PAD = 6
/** More columns than these are drawn narrow. */
const MOST_WIDE = 8

const WIDE = { cell: 92, gap: 20, row: 46, rowGap: 6 }
const NARROW = { cell: 30, gap: 3, row: 26, rowGap: 3 }

function rowTops(picture: DesignPicture, row: number, gap: number): number[] {
  let y = HEAD + PAD
  return picture.rows.map(({ opensLayer }, i) => {
    if (i > 0) y += row + (opensLayer ? 2 * PAD + BAND_GAP : gap)
    return y
  })
}

/** Straight down within a column; else around the corner through the gap before the next cell. */
function link(from: Box, to: Box, gap: number): string {
  if (from.x === to.x) {
    const x = from.x + from.width / 2
    return `M${x} ${from.y + from.height}V${to.y}`
  }
  const [y1, y2] = [from.y + from.height / 2, to.y + to.height / 2]
  return `M${from.x + from.width} ${y1}H${to.x - gap / 2}V${y2}H${to.x}`
}

export function pictureLayout(picture: DesignPicture): PictureLayout {
  const isNarrow = picture.columns.length > MOST_WIDE
  const size = isNarrow ? NARROW : WIDE
  const columns = picture.columns.map((_, i) => LABELS + PAD + i * (size.cell + size.gap))
  const rows = rowTops(picture, size.row, size.rowGap)
  const boxOf = ({ column, row }: PictureCell): Box => ({
    x: columns[column],
    y: rows[row],
    width: size.cell,
    height: size.row
  })
  const cells = picture.cells.map(boxOf)
  const width = (columns.at(-1) ?? LABELS) + size.cell + PAD + 1
  const opens = picture.rows.flatMap(({ opensLayer }, i) => (opensLayer ? [i] : []))
  const bands = opens.map((first, i): Box => {
    const last = (opens[i + 1] ?? picture.rows.length) - 1
    const y = rows[first] - PAD
    return { x: 0.5, y, width: width - 1, height: rows[last] + size.row + PAD - y }
  })
  const height = (rows.at(-1) ?? HEAD) + size.row + PAD + 1
  const links = picture.chain
    .slice(1)
    .map((cell, i) => [cells[picture.chain[i]], cells[cell]] as const)
    .filter(([from, to]) => !isNarrow || from.x === to.x)
    .map(([from, to]) => link(from, to, size.gap))
  return {
    width,
    height,
    isNarrow,
    cells,
    columns,
    columnWidth: size.cell,
    rows,
    rowHeight: size.row,
    bands,
    links
  }
}
