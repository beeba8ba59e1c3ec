/** Drawings of numbers: a whole and its parts, a ratio, a stream of accesses, two lanes, a sheet of lines. */
import { arrow, box, line, middle, text, WIDTH, type Paint, type Shape, type TermPicture } from './shapes'

export interface PartsChoice {
  /** Shares are for the eye; no picture is a measurement. */
  readonly parts: readonly { readonly word: string; readonly share: number; readonly fill?: Paint }[]
  /** The part that is counted; the whole where not given. */
  readonly lit?: number
  readonly whole: string
  readonly says: string
}

/** A bar split into parts, with the one that is meant marked. */
export function partsBar({ parts, lit, whole, says }: PartsChoice): TermPicture {
  const all = parts.reduce((sum, { share }) => sum + share, 0)
  const inner = WIDTH - 16
  let x = 8
  const shapes: Shape[] = parts.flatMap(({ word, share, fill = 'cy-instr' }, i) => {
    const width = (inner * share) / all
    const at = x
    x += width
    const isLit = i === lit
    const row = 76 + (i % 2) * 18
    return [
      box(at, 30, width - 2, 28, { fill, stroke: isLit ? 'ink' : 'none', isLit }),
      line(
        [
          [at + width / 2 - 1, 60],
          [at + width / 2 - 1, row - 10]
        ],
        { stroke: 'line-strong' }
      ),
      wordAt(at + width / 2 - 1, row, word, isLit)
    ]
  })
  const bracket = line([
    [8, 24],
    [8, 20],
    [WIDTH - 10, 20],
    [WIDTH - 10, 24]
  ])
  const isWhole = lit === undefined
  return { shapes: [text(8, 14, whole, { isBold: isWhole, fill: 'ink' }), bracket, ...shapes], says }
}

/** Words below a narrow part lean to the side that has room. */
function wordAt(x: number, y: number, word: string, isBold: boolean): Shape {
  const half = word.length * 3.2
  const anchor = x - half < 6 ? 'start' : x + half > WIDTH - 6 ? 'end' : 'middle'
  const at = anchor === 'start' ? Math.min(x, 8) : anchor === 'end' ? WIDTH - 8 : x
  return text(at, y, word, { anchor, isBold, fill: isBold ? 'ink' : 'ink-2' })
}

export interface RatioChoice {
  readonly over: string
  readonly under: string
  readonly overFill?: Paint
  readonly underFill?: Paint
  /** Length of the upper bar, the lower being 1. */
  readonly share?: number
  readonly says: string
}

/** One bar over another. */
export function ratioBars({
  over,
  under,
  overFill,
  underFill,
  share = 0.45,
  says
}: RatioChoice): TermPicture {
  const inner = WIDTH - 16
  return {
    shapes: [
      text(8, 16, over, { fill: 'ink', isBold: true }),
      box(8, 22, inner * Math.min(share, 1), 20, { fill: overFill ?? 'lane-a', stroke: 'none' }),
      line(
        [
          [8, 56],
          [WIDTH - 8, 56]
        ],
        { stroke: 'ink' }
      ),
      text(8, 74, under, { fill: 'ink', isBold: true }),
      box(8, 80, inner * Math.min(1, 1 / Math.max(share, 1)), 20, {
        fill: underFill ?? 'cy-data',
        stroke: 'none'
      })
    ],
    says
  }
}

/** `f` fetch, `l` load, `s` store, `2` a split access, `!` a fault, `?` not an access, `m` missed the TLB, `.` not kept. */
const MARKS: Record<string, { word: string; fill: Paint; stroke: Paint }> = {
  f: { word: 'F', fill: 'cy-instr', stroke: 'line-strong' },
  l: { word: 'L', fill: 'sunken', stroke: 'line-strong' },
  s: { word: 'S', fill: 'cy-data', stroke: 'line-strong' },
  2: { word: 'L+', fill: 'sunken', stroke: 'ink' },
  '!': { word: '!', fill: 'panel', stroke: 'bad' },
  '?': { word: '?', fill: 'panel', stroke: 'bad' },
  m: { word: 'miss', fill: 'ink-2', stroke: 'ink' },
  '.': { word: '', fill: 'panel', stroke: 'line-strong' }
}

export interface StreamChoice {
  readonly marks: string
  /** First and last place of what the eye should rest on. */
  readonly run?: readonly [number, number]
  readonly word?: string
  readonly foot: string
  readonly says: string
}

/** Accesses in the order in which they happen. */
export function accessStream({ marks, run, word = '', foot, says }: StreamChoice): TermPicture {
  const width = (WIDTH - 16) / marks.length
  const shapes: Shape[] = [...marks].flatMap((mark, i) => {
    const { word: letter, fill, stroke } = MARKS[mark] ?? MARKS['.']
    const x = 8 + i * width
    return [
      box(x, 42, width - 3, 26, { fill, stroke, isDashed: mark === '.' }),
      ...(letter ? [middle(x + width / 2 - 1.5, 59, letter, { fill: mark === 'm' ? 'panel' : 'ink' })] : [])
    ]
  })
  const mark = run
    ? [
        box(5 + run[0] * width, 38, (run[1] - run[0] + 1) * width + 2, 34, {
          fill: 'none',
          stroke: 'ink',
          isLit: true
        }),
        wordAt(8 + ((run[0] + run[1] + 1) * width) / 2, 88, word, true)
      ]
    : []
  return {
    shapes: [
      text(8, 18, 'accesses in order'),
      arrow(
        [
          [8, 28],
          [WIDTH - 8, 28]
        ],
        { stroke: 'ink-3' }
      ),
      ...shapes,
      ...mark,
      text(8, 110, foot)
    ],
    says
  }
}

export interface LanesChoice {
  readonly designs?: readonly [string, string]
  /** Places along the lanes where both are compared. */
  readonly barriers?: readonly number[]
  readonly words: readonly [string, string]
  readonly foot: string
  readonly says: string
}

/** Lane A over lane B, with the accesses that both get. */
export function twoLanes({ barriers = [], words, foot, says }: LanesChoice): TermPicture {
  const lane = (i: 0 | 1): Shape[] => {
    const y = 34 + i * 40
    const fill: Paint = i === 0 ? 'lane-a' : 'lane-b'
    return [
      box(8, y - 11, 22, 22, { fill, stroke: fill, radius: i === 0 ? 11 : 4 }),
      middle(19, y + 4, 'AB'[i], { fill: 'lane-on', isBold: true }),
      line(
        [
          [36, y],
          [WIDTH - 8, y]
        ],
        { stroke: fill }
      ),
      text(42, y - 6, words[i], { fill: 'ink' })
    ]
  }
  const marks = barriers.map((at) =>
    line(
      [
        [36 + at * (WIDTH - 44), 16],
        [36 + at * (WIDTH - 44), 90]
      ],
      { stroke: 'ink', isDashed: true }
    )
  )
  return { shapes: [...lane(0), ...lane(1), ...marks, text(8, 110, foot)], says }
}

export interface SheetChoice {
  readonly title: string
  readonly lines: readonly string[]
  /** The line on which the eye should rest. */
  readonly lit?: number
  readonly says: string
}

/** A file, a set-up or a result as lines of text. */
export function sheet({ title, lines, lit, says }: SheetChoice): TermPicture {
  const step = Math.min(19, 84 / lines.length)
  return {
    shapes: [
      box(8, 4, WIDTH - 16, 112, { fill: 'panel', stroke: 'line-strong' }),
      text(18, 21, title, { isBold: true, fill: 'ink' }),
      ...lines.flatMap((words, i) => [
        ...(i === lit
          ? [box(14, 28 + i * step, WIDTH - 28, step - 2, { fill: 'sunken', stroke: 'ink', isLit: true })]
          : []),
        text(20, 28 + i * step + step / 2 + 3, words, { fill: i === lit ? 'ink' : 'ink-2' })
      ])
    ],
    says
  }
}
