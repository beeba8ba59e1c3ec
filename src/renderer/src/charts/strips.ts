/** The charts of the Live view as data: what each line is, how its values are written. */
import { formatCount, formatFixed, formatRatio, TIMES } from '@shared/format/number'
import { formatTick } from '@shared/format/quantity'
import { letterOf } from '@renderer/lanes/letters'
import { ALL_MEASURES, MEASURES, type Measure } from './measures'
import { decimalsOf } from './nice'
import type { Line, Windows } from './windows'

export interface StripLine {
  /** A lane's letter, a word, or both. */
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
  /** Its lines are lanes, which the table sets against the first, and not ratios of them. */
  readonly isOfLanes: boolean
  /** A value with a line of its own, or null. */
  readonly ground: number | null
}

const laneStrips = (lanes: number): Strip[] =>
  ALL_MEASURES.map((measure, m) => ({
    id: measure.id,
    title: measure.title,
    unit: measure.unit,
    lines: Array.from({ length: lanes }, (_, lane) => ({
      label: letterOf(lane),
      lane,
      dashed: false,
      of: (w: Windows) => w.lanes[lane]?.[m]
    })),
    format: measure.format,
    tick: measure.tick,
    over: [],
    isOfLanes: true,
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

/** Speedups of one other lane belong to neither; of several they are told apart by whose they are. */
function speedupLines(lanes: number): StripLine[] {
  const others = Array.from({ length: Math.max(1, lanes - 1) }, (_, i) => i)
  return others.flatMap((i): StripLine[] => {
    const [lane, of] = others.length > 1 ? [i + 1, `${letterOf(i + 1)} `] : [null, '']
    return [
      { label: `${of}page walk`, lane, dashed: false, of: (w) => w.pageWalk[i] },
      { label: `${of}application`, lane, dashed: true, of: (w) => w.application[i] }
    ]
  })
}

const SPEEDUP_UNIT = ['needs a second lane', 'lane A ÷ lane B', 'A ÷ each, dashed: application']

export const SPEEDUP = 'Speedup'

const speedup = (lanes: number): Strip => ({
  id: 'speedup',
  title: SPEEDUP,
  unit: SPEEDUP_UNIT[Math.min(lanes, SPEEDUP_UNIT.length) - 1],
  lines: speedupLines(lanes),
  format: (value) => formatRatio(value),
  tick: (value, step) => formatFixed(value, decimalsOf(step)) + TIMES,
  over: [ofBaseline('cyclesPerWalk'), ofBaseline('walkOverhead')],
  isOfLanes: false,
  ground: 1
})

/** The charts of a run with this many lanes, at least one. */
export const stripsOf = (lanes: number): readonly Strip[] => [...laneStrips(lanes), speedup(lanes)]

/** Titles of the five that are shown at first, and of all there are. */
export const DEFAULT_STRIPS: readonly string[] = [...MEASURES.map(({ title }) => title), SPEEDUP]
export const STRIP_TITLES: readonly string[] = [...ALL_MEASURES.map(({ title }) => title), SPEEDUP]

/** Those that a person chose once; the first five where one of them is no measure of this lab or stands there twice. */
export function knownStrips(titles: readonly string[]): readonly string[] {
  const known = new Set(titles.filter((title) => STRIP_TITLES.includes(title)))
  return known.size === DEFAULT_STRIPS.length && titles.length === known.size ? titles : DEFAULT_STRIPS
}

/** A strip's values at one window, in the order of its lines; at -1 each line's latest, where its end mark stands. */
export const valuesAt = (strip: Strip, windows: Windows, at: number): number[] =>
  strip.lines.map((line) => {
    const values = line.of(windows)
    return (at < 0 ? values?.findLast(Number.isFinite) : values?.[at]) ?? NaN
  })

/** Which point `valuesAt` is of: in short, and for those who do not see where the crosshair stands. */
export function pointWords({ references }: Windows, at: number): { short: string; long: string } {
  if (at < 0 || at >= references.length) return { short: 'latest', long: 'at the latest point' }
  const reference = references[at]
  return {
    short: `at ${formatTick(Number(reference.toPrecision(2)))}`,
    long: `at reference ${formatCount(reference)}`
  }
}
