/** Drawings of what holds translations: caches of sets and ways, layers over hardware, address bits, hash ways. */
import { arrow, box, middle, text, WIDTH, type Paint, type Shape, type TermPicture } from './shapes'

export interface CacheChoice {
  readonly title: string
  readonly sets?: number
  readonly ways?: number
  /** Entries in use, as set and way; the rest are empty. */
  readonly lit: readonly (readonly [number, number])[]
  readonly asks: string
  readonly answers: string
  /** A miss leaves the box at the bottom instead of at the right. */
  readonly isMiss?: boolean
  readonly says: string
}

const isIn = (cells: readonly (readonly [number, number])[], s: number, w: number): boolean =>
  cells.some(([set, way]) => set === s && way === w)

/** Sets are rows, ways are columns. */
export function cacheBox(choice: CacheChoice): TermPicture {
  const { title, sets = 4, ways = 4, lit, asks, answers, isMiss = false, says } = choice
  const [left, top, width, height] = [104, 26, 30, 15]
  const cells = Array.from({ length: sets }, (_, s) =>
    Array.from({ length: ways }, (__, w) =>
      box(left + w * width, top + s * (height + 2), width - 2, height, {
        fill: isIn(lit, s, w) ? 'ink-2' : (s * 7 + w * 3) % 4 === 0 ? 'panel' : 'sunken',
        stroke: isIn(lit, s, w) ? 'ink' : 'line-strong',
        isLit: isIn(lit, s, w)
      })
    )
  ).flat()
  const right = left + ways * width
  const bottom = top + sets * (height + 2)
  const into = arrow([
    [8, 50],
    [left - 5, 50]
  ])
  const out = isMiss
    ? arrow([
        [left + 60, bottom + 2],
        [left + 60, 112]
      ])
    : arrow([
        [right + 3, 50],
        [WIDTH - 8, 50]
      ])
  const said = isMiss ? text(left + 68, 112, answers) : text(right + 6, 42, answers)
  return {
    shapes: [
      text(left, 16, title, { isBold: true, fill: 'ink' }),
      ...cells,
      into,
      text(8, 42, asks),
      out,
      said
    ],
    says
  }
}

const LAYERS = {
  L2: { fill: 'l2', role: 'guest OS' },
  L1: { fill: 'l1', role: 'guest' },
  L0: { fill: 'l0', role: 'host' },
  HW: { fill: 'cy-soft', role: 'hardware' }
} as const
export type LayerKey = keyof typeof LAYERS

export interface LayersChoice {
  /** From the innermost. */
  readonly stack: readonly LayerKey[]
  readonly roles?: Partial<Record<LayerKey, string>>
  readonly calls?: readonly {
    readonly from: LayerKey
    readonly to: LayerKey
    readonly word: string
    readonly isRefused?: boolean
  }[]
  readonly says: string
}

/** Layers with what passes between them; the arrows stand beside the stack. */
export function layerStack({ stack, roles = {}, calls = [], says }: LayersChoice): TermPicture {
  const step = 108 / stack.length
  const yOf = (layer: LayerKey): number => 6 + stack.indexOf(layer) * step + (step - 6) / 2
  const layers: Shape[] = stack.flatMap((layer, i) => {
    const y = 6 + i * step
    const { fill, role } = LAYERS[layer]
    return [
      box(8, y, 30, step - 6, { fill, stroke: fill }),
      middle(23, y + (step - 6) / 2 + 4, layer, { fill: 'panel', isBold: true }),
      box(38, y, 112, step - 6, { fill: 'sunken', stroke: 'none' }),
      text(46, y + (step - 6) / 2 + 4, roles[layer] ?? role, { fill: 'ink' })
    ]
  })
  const arrows: Shape[] = calls.flatMap(({ from, to, word, isRefused = false }, i) => {
    const x = 166 + i * 13
    const stroke: Paint = isRefused ? 'bad' : 'ink'
    const [start, end] = [yOf(from), yOf(to)]
    const reach = isRefused ? start + (end - start) * 0.6 : end
    const mark = isRefused ? [text(x + 7, reach + 4, '×', { fill: 'bad', isBold: true })] : []
    return [
      arrow([[152, start], [x, start], [x, reach], ...(isRefused ? [] : ([[153, end]] as const))], {
        stroke
      }),
      ...mark,
      text(172 + calls.length * 13, 24 + i * 24 + (stack.length > 2 ? 12 : 8), word, {
        fill: isRefused ? 'bad' : 'ink-2'
      })
    ]
  })
  return { shapes: [...layers, ...arrows], says }
}

export interface BitsChoice {
  readonly fields: readonly { readonly word: string; readonly bits: number; readonly isLit?: boolean }[]
  readonly foot: string
  readonly says: string
}

/** An address or an entry as fields of bits. */
export function bitFields({ fields, foot, says }: BitsChoice): TermPicture {
  const all = fields.reduce((sum, { bits }) => sum + bits, 0)
  let x = 8
  const shapes: Shape[] = fields.flatMap(({ word, bits, isLit = false }) => {
    const width = ((WIDTH - 16) * bits) / all
    const at = x
    x += width
    return [
      box(at, 34, width - 2, 30, {
        fill: isLit ? 'ink-2' : 'sunken',
        stroke: isLit ? 'ink' : 'line-strong',
        isLit
      }),
      middle(at + width / 2 - 1, 53, word, { fill: isLit ? 'panel' : 'ink', isBold: isLit }),
      middle(at + width / 2 - 1, 80, String(bits))
    ]
  })
  return { shapes: [...shapes, text(8, 22, 'bits, highest first'), middle(WIDTH / 2, 104, foot)], says }
}

export interface WaysChoice {
  /** Ways of the table, as cells: `x` used, `.` empty, `o` where the eye should rest. */
  readonly ways: readonly string[]
  readonly foot: string
  readonly says: string
}

/** Ways of a cuckoo table: a line has one place in each. */
export function hashWays({ ways, foot, says }: WaysChoice): TermPicture {
  const shapes: Shape[] = ways.flatMap((cells, w) => {
    const y = 12 + w * 28
    return [
      text(8, y + 15, `way ${w + 1}`),
      ...[...cells].map((cell, i) =>
        box(60 + i * 27, y, 25, 20, {
          fill: cell === 'o' ? 'l1' : cell === 'x' ? 'l1-tint' : 'panel',
          stroke: cell === '.' ? 'line-strong' : 'l1',
          isDashed: cell === '.',
          isLit: cell === 'o'
        })
      )
    ]
  })
  return { shapes: [...shapes, middle(WIDTH / 2, 112, foot)], says }
}
