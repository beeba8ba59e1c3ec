/**
 * A chart as a picture of its own: where the drawing and each line of the words around it stand. Lengths are px of the
 * screen; the file has PICTURE_SCALE of its own for each.
 */
import { BADGE } from './lane-mark'

export const PICTURE_SCALE = 2
export const PICTURE_PAD = 16

export type TextLook = 'title' | 'small' | 'micro' | 'tick'

/** How a line looks among the words: its lane's badge, or a stroke for what belongs to no lane. */
export interface LegendMark {
  readonly lane: number | null
  readonly dashed: boolean
}

export interface PictureWords {
  readonly title: string
  readonly unit: string
  readonly legend: readonly { readonly mark: LegendMark | null; readonly text: string }[]
  /** What ran, in a line. */
  readonly spec: string
  /** What of it was emulated, modelled or imported, and by what. */
  readonly provenance: string
}

export interface PlotBox {
  readonly width: number
  readonly height: number
  /** Where the axis of references begins and ends in it. */
  readonly from: number
  readonly to: number
  /** Ticks of that axis, as shares of it. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[]
}

export interface PlacedText {
  readonly text: string
  readonly look: TextLook
  readonly x: number
  /** Middle of the line. */
  readonly y: number
  readonly isCentred: boolean
}

export interface PictureLayout {
  readonly width: number
  readonly height: number
  readonly plot: { readonly x: number; readonly y: number }
  readonly texts: readonly PlacedText[]
  readonly marks: readonly (LegendMark & { readonly x: number; readonly y: number })[]
}

export type TextWidth = (text: string, look: TextLook) => number

const LINE_PX: Record<TextLook, number> = { title: 22, small: 18, micro: 15, tick: 18 }
const GAP_PX = 8
const BETWEEN_PX = 16
/** A stroke is as long as that of the window's caption. */
export const STROKE_PX = 18
const AFTER_MARK_PX = 6

const markWidth = (mark: LegendMark | null): number =>
  mark === null ? 0 : (mark.lane === null ? STROKE_PX : BADGE) + AFTER_MARK_PX

/** The longest beginning of a word that fits; one letter always does. */
function beginning(word: string, fits: (text: string) => boolean): string {
  let end = 1
  while (end < word.length && fits(word.slice(0, end + 1))) end++
  return word.slice(0, end)
}

/** Lines no wider than `width`, parted at blanks; a word that is wider by itself is cut. */
export function wrap(text: string, width: number, widthOf: (text: string) => number): string[] {
  const fits = (line: string): boolean => widthOf(line) <= width
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (fits(longer)) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (!fits(line) && line.length > 1) {
      const part = beginning(line, fits)
      lines.push(part)
      line = line.slice(part.length)
    }
  }
  return line === '' ? lines : [...lines, line]
}

/** Puts one part below the other. */
class Page {
  readonly texts: PlacedText[] = []
  readonly marks: PictureLayout['marks'][number][] = []
  y = PICTURE_PAD

  constructor(
    private readonly width: number,
    private readonly widthOf: TextWidth
  ) {}

  lines(text: string, look: TextLook): void {
    for (const line of wrap(text, this.width, (part) => this.widthOf(part, look))) {
      this.put(line, look, PICTURE_PAD)
      this.y += LINE_PX[look]
    }
  }

  legend(items: PictureWords['legend']): void {
    let x = 0
    for (const { mark, text } of items) {
      const width = markWidth(mark) + this.widthOf(text, 'small')
      if (x > 0 && x + width > this.width) {
        x = 0
        this.y += LINE_PX.small
      }
      if (mark) this.marks.push({ ...mark, x: PICTURE_PAD + x, y: this.y + LINE_PX.small / 2 })
      this.put(text, 'small', PICTURE_PAD + x + markWidth(mark))
      x += width + BETWEEN_PX
    }
    this.y += LINE_PX.small
  }

  ticks({ from, to, ticks }: PlotBox): void {
    for (const { at, text } of ticks) this.put(text, 'tick', PICTURE_PAD + from + at * (to - from), true)
    this.y += LINE_PX.tick
  }

  private put(text: string, look: TextLook, x: number, isCentred = false): void {
    this.texts.push({ text, look, x, y: this.y + LINE_PX[look] / 2, isCentred })
  }
}

export function layoutPicture(words: PictureWords, plot: PlotBox, widthOf: TextWidth): PictureLayout {
  const page = new Page(plot.width, widthOf)
  page.lines(words.title, 'title')
  page.lines(words.unit, 'micro')
  page.legend(words.legend)
  page.y += GAP_PX
  const { y } = page
  page.y += plot.height
  page.ticks(plot)
  page.y += GAP_PX
  page.lines(words.spec, 'micro')
  page.lines(words.provenance, 'micro')
  return {
    width: plot.width + 2 * PICTURE_PAD,
    height: page.y + PICTURE_PAD,
    plot: { x: PICTURE_PAD, y },
    texts: page.texts,
    marks: page.marks
  }
}
