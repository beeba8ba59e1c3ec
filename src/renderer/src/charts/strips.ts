/** The five charts of the Live view as data: what each line is, how its values are written. */
import { formatFixed, formatRatio, TIMES } from '@shared/format/number'
import { MEASURES } from './measures'
import type { Line, Windows } from './windows'

export interface StripLine {
  /** `A`, `B`, or a word. */
  readonly label: string
  /** Lane whose hue and mark it takes; null is ink. */
  readonly lane: number | null
  readonly dashed: boolean
  readonly of: (windows: Windows) => Line | undefined
}

export interface Strip {
  readonly title: string
  readonly unit: string
  readonly lines: readonly StripLine[]
  readonly format: (value: number) => string
  readonly tick: (value: number) => string
  /** A value with a line of its own, or null. */
  readonly ground: number | null
}

const LETTERS = ['A', 'B'] as const

const laneStrips: Strip[] = MEASURES.map((measure, m) => ({
  title: measure.title,
  unit: measure.unit,
  lines: LETTERS.map((label, lane) => ({
    label,
    lane,
    dashed: false,
    of: (w: Windows) => w.lanes[lane]?.[m]
  })),
  format: measure.format,
  tick: measure.tick,
  ground: null
}))

const speedup: Strip = {
  title: 'Speedup',
  unit: 'lane A ÷ lane B',
  lines: [
    { label: 'page walk', lane: null, dashed: false, of: (w) => w.pageWalk[0] },
    { label: 'application', lane: null, dashed: true, of: (w) => w.application[0] }
  ],
  format: (value) => formatRatio(value),
  tick: (value) =>
    formatFixed(value, Number.isInteger(value) ? 0 : Number.isInteger(value * 10) ? 1 : 2) + TIMES,
  ground: 1
}

export const STRIPS: readonly Strip[] = [...laneStrips, speedup]

/** A strip's values at one window, in the order of its lines. */
export const valuesAt = (strip: Strip, windows: Windows, at: number): number[] =>
  strip.lines.map((line) => line.of(windows)?.[at] ?? NaN)
