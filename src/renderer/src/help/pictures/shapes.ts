/** What a small picture of Help is made of. Coordinates are pixels, so that no text becomes smaller than it is set. */

/** Names of colours in tokens.css; hues mean what they mean everywhere: layers, lanes, where a reference hit. */
export type Paint =
  | 'ink'
  | 'ink-2'
  | 'ink-3'
  | 'panel'
  | 'sunken'
  | 'line-strong'
  | 'control-edge'
  | 'bad'
  | 'lane-a'
  | 'lane-b'
  | 'lane-on'
  | 'l0'
  | 'l1'
  | 'l2'
  | 'l0-tint'
  | 'l1-tint'
  | 'l2-tint'
  | 'hit-pwc'
  | 'hit-l1'
  | 'hit-l2'
  | 'hit-llc'
  | 'hit-mem'
  | 'cy-instr'
  | 'cy-data'
  | 'cy-soft'
  | 'none'

export interface BoxShape {
  readonly kind: 'box'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly fill: Paint
  readonly stroke: Paint
  /** Not there yet, not used, or not read. */
  readonly isDashed?: boolean
  /** What the picture is about. */
  readonly isLit?: boolean
  readonly radius?: number
}

export interface LineShape {
  readonly kind: 'line'
  readonly points: readonly (readonly [number, number])[]
  readonly stroke: Paint
  readonly isDashed?: boolean
  readonly hasHead?: boolean
}

export interface TextShape {
  readonly kind: 'text'
  readonly x: number
  /** Of the base line. */
  readonly y: number
  readonly text: string
  readonly anchor: 'start' | 'middle' | 'end'
  readonly fill: Paint
  readonly isBold?: boolean
}

export type Shape = BoxShape | LineShape | TextShape

export interface TermPicture {
  readonly shapes: readonly Shape[]
  /** The same in a sentence, for those who do not see it. */
  readonly says: string
}

export const WIDTH = 340
export const HEIGHT = 120

type Look = Partial<Pick<BoxShape, 'fill' | 'stroke' | 'isDashed' | 'isLit' | 'radius'>>
export const box = (x: number, y: number, width: number, height: number, look: Look = {}): BoxShape => ({
  kind: 'box',
  x,
  y,
  width,
  height,
  fill: 'panel',
  stroke: 'line-strong',
  ...look
})

type Font = Partial<Pick<TextShape, 'anchor' | 'fill' | 'isBold'>>
export const text = (x: number, y: number, words: string, font: Font = {}): TextShape => ({
  kind: 'text',
  x,
  y,
  text: words,
  anchor: 'start',
  fill: 'ink-2',
  ...font
})
export const middle = (x: number, y: number, words: string, font: Font = {}): TextShape =>
  text(x, y, words, { anchor: 'middle', ...font })

type Stroke = Partial<Pick<LineShape, 'stroke' | 'isDashed' | 'hasHead'>>
export const line = (points: readonly (readonly [number, number])[], look: Stroke = {}): LineShape => ({
  kind: 'line',
  points,
  stroke: 'ink-3',
  ...look
})
export const arrow = (points: readonly (readonly [number, number])[], look: Stroke = {}): LineShape =>
  line(points, { hasHead: true, stroke: 'ink', ...look })
