/** The five charts of the Live view as data: what each line is, how its values are written. */
import { formatFixed, formatRatio, TIMES } from '@shared/format/number'
import { ALL_MEASURES, MEASURES, type Measure } from './measures'
import { decimalsOf } from './nice'
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
  /** Of its measure, which leads to its definition. */
  readonly id: string
  readonly title: string
  readonly unit: string
  readonly lines: readonly StripLine[]
  readonly format: (value: number) => string
  readonly tick: (value: number, step: number) => string
  /** What a ratio is over: columns of the table that are not drawn. */
  readonly over: readonly {
    readonly label: string
    readonly of: StripLine['of']
    readonly format: Strip['format']
  }[]
  /** A value with a line of its own, or null. */
  readonly ground: number | null
}

const LETTERS = ['A', 'B'] as const

const laneStrips: Strip[] = ALL_MEASURES.map((measure, m) => ({
  id: measure.id,
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
  over: [],
  ground: null
}))

/** Lane A's own value of a measure. */
const ofBaseline = (id: Measure['id']): Strip['over'][number] => {
  const m = MEASURES.findIndex((measure) => measure.id === id)
  return {
    label: `A ${MEASURES[m].title.toLowerCase()}`,
    of: (w) => w.lanes[0]?.[m],
    format: MEASURES[m].format
  }
}

const speedup: Strip = {
  id: 'speedup',
  title: 'Speedup',
  unit: 'lane A ÷ lane B',
  lines: [
    { label: 'page walk', lane: null, dashed: false, of: (w) => w.pageWalk[0] },
    { label: 'application', lane: null, dashed: true, of: (w) => w.application[0] }
  ],
  format: (value) => formatRatio(value),
  tick: (value, step) => formatFixed(value, decimalsOf(step)) + TIMES,
  over: [ofBaseline('cyclesPerWalk'), ofBaseline('walkOverhead')],
  ground: 1
}

/** Every chart there is. */
export const STRIPS: readonly Strip[] = [...laneStrips, speedup]

/** Titles of the five that are shown at first. */
export const DEFAULT_STRIPS: readonly string[] = [...MEASURES, speedup].map(({ title }) => title)

export const stripOf = (title: string): Strip => STRIPS.find((strip) => strip.title === title) ?? speedup

/** A strip's values at one window, in the order of its lines; at -1 each line's latest, where its end mark stands. */
export const valuesAt = (strip: Strip, windows: Windows, at: number): number[] =>
  strip.lines.map((line) => {
    const values = line.of(windows)
    return (at < 0 ? values?.findLast(Number.isFinite) : values?.[at]) ?? NaN
  })
