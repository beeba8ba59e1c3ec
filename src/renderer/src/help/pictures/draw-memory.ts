/** Drawings of memory: frames by owner, what a change makes of them, and an entry area with its register. */
import { arrow, box, line, middle, text, WIDTH, type Paint, type Shape, type TermPicture } from './shapes'

/** `.` free, `d` data, `t` table page, `T` table page of an entry area, `g` of a granted one, `h` hypervisor, `x` refused. */
const OWNERS: Record<string, { fill: Paint; stroke: Paint; isDashed?: boolean; word: string }> = {
  '.': { fill: 'panel', stroke: 'line-strong', isDashed: true, word: 'free' },
  d: { fill: 'cy-data', stroke: 'cy-data', word: 'data' },
  t: { fill: 'l1-tint', stroke: 'l1', word: 'table' },
  T: { fill: 'l1', stroke: 'l1', word: 'entry area' },
  g: { fill: 'l0-tint', stroke: 'l0', word: 'granted' },
  h: { fill: 'l0', stroke: 'l0', word: 'host' },
  x: { fill: 'panel', stroke: 'bad', word: 'refused' }
}
const ownerOf = (cell: string): (typeof OWNERS)[string] => OWNERS[cell] ?? OWNERS['.']

function cells(row: string, x: number, y: number, width: number): Shape[] {
  return [...row].map((cell, i) => {
    const { fill, stroke, isDashed } = ownerOf(cell)
    return box(x + i * width, y, width - 2, 16, { fill, stroke, isDashed })
  })
}

/** The owners that occur, each with its word. */
function legend(rows: readonly string[], y: number): Shape[] {
  const used = [...new Set(rows.join(''))].filter((cell) => cell !== ' ')
  return used.flatMap((cell, i) => {
    const { fill, stroke, isDashed, word } = ownerOf(cell)
    const x = 8 + i * 82
    return [box(x, y - 10, 11, 11, { fill, stroke, isDashed }), text(x + 16, y, word)]
  })
}

export interface FramesChoice {
  readonly rows: readonly string[]
  /** First cell, count and row of what the eye should rest on. */
  readonly run?: {
    readonly row: number
    readonly from: number
    readonly count: number
    readonly word: string
  }
  readonly says: string
}

/** Physical memory as frames, one cell each. */
export function frameRows({ rows, run, says }: FramesChoice): TermPicture {
  const width = 16
  const shapes = rows.flatMap((row, r) => cells(row, 8, 12 + r * 22, width))
  const mark = run
    ? [
        box(5 + run.from * width, 9 + run.row * 22, run.count * width + 3, 22, {
          fill: 'none',
          stroke: 'ink',
          isLit: true
        }),
        text(8, 12 + rows.length * 22 + 10, run.word, { fill: 'ink' })
      ]
    : []
  return { shapes: [...shapes, ...mark, ...legend(rows, 112)], says }
}

export interface TurnChoice {
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly words: readonly [string, string]
  readonly says: string
}

/** What was, and what a change makes of it. */
export function turn({ before, after, words, says }: TurnChoice): TermPicture {
  const width = 15
  const right = 188
  const side = (rows: readonly string[], x: number): Shape[] =>
    rows.flatMap((row, r) => cells(row, x, 28 + r * 21, width))
  return {
    shapes: [
      text(8, 17, words[0]),
      text(right, 17, words[1]),
      ...side(before, 8),
      ...side(after, right),
      arrow([
        [156, 46],
        [180, 46]
      ]),
      ...legend([...before, ...after], 112)
    ],
    says
  }
}

export interface TeaChoice {
  /** One cell a slot: `x` used, `.` a bubble, `o` where the eye should rest. */
  readonly slots: string
  /** The register that points here; none where null. */
  readonly register?: string | null
  readonly area?: string
  readonly name?: string
  readonly foot?: string
  readonly layer?: 'l1' | 'l0'
  readonly says: string
}

/** An area of pages over the table pages that lie in a row for it. */
export function teaSlots(choice: TeaChoice): TermPicture {
  const {
    slots,
    register = 'register',
    area = 'area of pages',
    name = 'TEA',
    foot = '',
    layer = 'l1',
    says
  } = choice
  const left = 92
  const width = (WIDTH - left - 8) / slots.length
  const top: Shape[] = [
    box(left, 8, WIDTH - left - 8, 18, { fill: 'sunken', stroke: 'line-strong' }),
    middle((left + WIDTH - 8) / 2, 21, area, { fill: 'ink' })
  ]
  const tables = [...slots].flatMap((slot, i) => {
    const x = left + i * width
    return [
      line(
        [
          [x + width / 2, 27],
          [x + width / 2, 44]
        ],
        { stroke: slot === '.' ? 'none' : 'line-strong' }
      ),
      box(x, 46, width - 2, 24, {
        fill: slot === 'o' ? layer : slot === 'x' ? `${layer}-tint` : 'panel',
        stroke: slot === '.' ? 'line-strong' : layer,
        isDashed: slot === '.',
        isLit: slot === 'o'
      })
    ]
  })
  const pointer: Shape[] =
    register === null
      ? []
      : [
          box(8, 46, 62, 24, { fill: 'panel', stroke: 'ink' }),
          middle(39, 62, register, { fill: 'ink' }),
          arrow([
            [71, 58],
            [left - 3, 58]
          ])
        ]
  return {
    shapes: [
      ...top,
      ...tables,
      ...pointer,
      text(left, 85, name, { isBold: true, fill: 'ink' }),
      text(8, 108, foot)
    ],
    says
  }
}
