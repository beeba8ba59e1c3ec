/** Drawings of walks: the grid of a 2-D walk, one dimension as a tree, and its steps in the order of time. */
import { arrow, box, line, middle, text, WIDTH, type Paint, type Shape, type TermPicture } from './shapes'

export type CellLook = 'plain' | 'read' | 'lit' | 'cached' | 'wasted' | 'fault' | 'none' | Paint

const ROWS = ['L1 level 4', 'L1 level 3', 'L1 level 2', 'L1 level 1', 'data']
const COLUMNS = ['level 4', 'level 3', 'level 2', 'level 1', 'entry']
const LEFT = 70
const STEP = { x: 53, y: 18 }
const CELL = { width: 49, height: 14 }
const TOP = 29

/** Row 4 is the data page: it has host steps and no guest entry. Column 4 is the guest's own entry. */
const hasCell = (row: number, column: number): boolean => row < 4 || column < 4

const cellShapes = (row: number, column: number, look: CellLook): Shape[] => {
  const [x, y] = [LEFT + column * STEP.x, TOP + row * STEP.y]
  const layer: Paint = column === 4 ? 'l1' : 'l0'
  const tint: Paint = column === 4 ? 'l1-tint' : 'l0-tint'
  const at = (paint: Parameters<typeof box>[4]): Shape => box(x, y, CELL.width, CELL.height, paint)
  const across = line(
    [
      [x + 6, y + CELL.height - 3],
      [x + CELL.width - 6, y + 3]
    ],
    { stroke: 'ink-2' }
  )
  switch (look) {
    case 'none':
      return []
    case 'plain':
    case 'cached':
      return [at({ fill: 'panel', stroke: 'line-strong', isDashed: true })]
    case 'read':
      return [at({ fill: tint, stroke: layer })]
    case 'lit':
      return [at({ fill: layer, stroke: layer, isLit: true })]
    case 'wasted':
      return [at({ fill: 'panel', stroke: layer }), across]
    case 'fault':
      return [at({ fill: 'panel', stroke: 'bad', isLit: true })]
    default:
      return [at({ fill: look, stroke: 'line-strong' })]
  }
}

export interface GridChoice {
  readonly cell: (row: number, column: number) => CellLook
  readonly says: string
}

/** Five rows for what the guest asks, five columns for what is read to answer. */
export function walkGrid({ cell, says }: GridChoice): TermPicture {
  const shapes: Shape[] = [
    ...COLUMNS.map((name, c) => middle(LEFT + c * STEP.x + CELL.width / 2, 24, name)),
    middle(LEFT + 2 * STEP.x, 11, 'L0, to find it', { fill: 'ink' }),
    middle(LEFT + 4 * STEP.x + CELL.width / 2, 11, 'L1', { fill: 'ink' }),
    ...ROWS.map((name, r) => text(4, TOP + r * STEP.y + 11, name)),
    ...ROWS.flatMap((_, r) => COLUMNS.flatMap((__, c) => (hasCell(r, c) ? cellShapes(r, c, cell(r, c)) : [])))
  ]
  return { shapes, says }
}

export interface TreeChoice {
  readonly levels?: readonly string[]
  /** Level, from the root, on which the eye should rest; -1 for the page. */
  readonly lit?: number
  /** Where the walk ends: at this level the entry maps a page. */
  readonly leafAt?: number
  readonly page?: string
  readonly says: string
  /** Written below the levels. */
  readonly foot?: string
}

/** One table a column, an entry of each marked, the page at the end. */
export function walkTree({
  levels = ['level 4', 'level 3', 'level 2', 'level 1'],
  lit = -2,
  page = 'page',
  says,
  foot,
  leafAt = levels.length - 1
}: TreeChoice): TermPicture {
  const used = levels.slice(0, leafAt + 1)
  const step = (WIDTH - 76) / levels.length
  const shapes: Shape[] = used.flatMap((name, i) => {
    const x = 8 + i * step
    const row = 22 + ((i * 2) % 5) * 13
    const entries = Array.from({ length: 5 }, (_, r) => box(x, 22 + r * 13, 44, 12, { fill: 'panel' }))
    const mark = box(x, row, 44, 12, { fill: i === lit ? 'l1' : 'l1-tint', stroke: 'l1', isLit: i === lit })
    const to = i + 1 < used.length ? 28 + (((i + 1) * 2) % 5) * 13 : 50
    const next = i + 1 < used.length ? x + step : WIDTH - 66
    const link = arrow([
      [x + 44, row + 6],
      [next - 2, to]
    ])
    return [middle(x + 22, 14, name), ...entries, mark, link]
  })
  const isPage = lit === -1
  const size = box(WIDTH - 64, 32, 58, 36, {
    fill: isPage ? 'cy-instr' : 'sunken',
    stroke: isPage ? 'ink' : 'line-strong',
    isLit: isPage
  })
  const below = foot ? [middle(WIDTH / 2, 111, foot)] : []
  return { shapes: [...shapes, size, middle(WIDTH - 35, 54, page, { fill: 'ink' }), ...below], says }
}

export interface ChainChoice {
  /** Steps that run at once stand in one slot, each with its name. */
  readonly slots: readonly (readonly string[])[]
  /** Slot and step on which the eye should rest; all where not given. */
  readonly lit?: (slot: number, step: number) => boolean
  readonly isWasted?: (slot: number) => boolean
  readonly foot?: string
  readonly says: string
}

/** Steps along time. */
export function walkChain({
  slots,
  lit = () => true,
  isWasted = () => false,
  foot,
  says
}: ChainChoice): TermPicture {
  const step = (WIDTH - 16) / slots.length
  const width = step - 14
  const shapes: Shape[] = slots.flatMap((names, s) =>
    names.flatMap((name, i) => {
      const y = 26 + i * 22
      const isOn = lit(s, i)
      const cell = box(8 + s * step, y, width, 18, {
        fill: isOn && !isWasted(s) ? 'l0-tint' : 'panel',
        stroke: isOn ? 'l0' : 'line-strong',
        isDashed: isWasted(s)
      })
      const link =
        s + 1 < slots.length && i === 0
          ? [
              arrow([
                [8 + s * step + width + 1, y + 9],
                [8 + (s + 1) * step - 2, y + 9]
              ])
            ]
          : []
      return [cell, middle(8 + s * step + width / 2, y + 13, name, { fill: 'ink' }), ...link]
    })
  )
  const below = foot ? [middle(WIDTH / 2, 111, foot)] : []
  return {
    shapes: [
      text(8, 15, 'time'),
      arrow(
        [
          [34, 11],
          [WIDTH - 8, 11]
        ],
        { stroke: 'ink-3' }
      ),
      ...shapes,
      ...below
    ],
    says
  }
}
