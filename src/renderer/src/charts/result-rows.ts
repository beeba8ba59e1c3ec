/** Every ratio and counter of each lane as one row, with how far the others lie from the first. */
import { holdsAll, wordsOf } from '@shared/format/words'
import { COUNTERS, type Counters } from '@shared/stats/counters'
import { holdsOverSamples } from '@shared/model/sampled'
import { DERIVED } from '@shared/stats/derived'
import { formatCount, formatFixed, formatPoints, formatRelative, NONE } from '@shared/format/number'
import { measured } from '@renderer/composables/definition'
import { ALL_MEASURES } from './measures'

export interface ResultRow {
  readonly id: string
  readonly title: string
  readonly unit: string
  readonly isRatio: boolean
  /** By lane. */
  readonly values: readonly string[]
  /** Of each lane after the first against it. */
  readonly differences: readonly string[]
  /** Of each lane that the run before had too. */
  readonly before: readonly Before[]
  /** Some lane counted something. */
  readonly isThere: boolean
}

/** A lane of the run before, and how far this run's lies from it. */
export interface Before {
  readonly value: string
  readonly difference: string
}

interface Source {
  readonly id: string
  readonly title: string
  readonly unit: string
  readonly isRatio: boolean
  readonly of: (counters: Counters) => number
  readonly format: (value: number) => string
}

const measures = ALL_MEASURES.map((measure): Source => ({
  ...measure,
  isRatio: true,
  of: (counters) => measured(measure, counters)
}))
const ratios = DERIVED.filter(({ id }) => !ALL_MEASURES.some((measure) => measure.id === id)).map(
  (ratio): Source => ({ ...ratio, isRatio: true, format: (value) => formatFixed(value, 2) })
)
const counters = COUNTERS.map((counter): Source => ({
  ...counter,
  isRatio: false,
  of: (values) => values[counter.id],
  format: formatCount
}))
const SOURCES: readonly Source[] = [...measures, ...ratios, ...counters]

const isShare = ({ unit }: Source): boolean => unit.startsWith('share')

function differenceOf(source: Source, value: number, base: number): string {
  if (isShare(source)) return formatPoints(value, base)
  if (value === base) return '0'
  const text = formatRelative(value, base)
  return text === NONE && Number.isFinite(value) && base === 0 ? 'only here' : text
}

/** Of which runs the accesses are samples: their counts stay, rates are not measured. */
interface Sampled {
  readonly run?: boolean
  readonly before?: boolean
}

const read = (source: Source, counters: Counters, isSampled = false): number =>
  isSampled && source.isRatio && !holdsOverSamples(source.id) ? NaN : source.of(counters)

const besideBefore = (source: Source, values: readonly number[], before: readonly number[]): Before[] =>
  before.slice(0, values.length).map((value, lane) => ({
    value: source.format(value),
    difference: differenceOf(source, values[lane], value)
  }))

/**
 * @param lanes of this run
 * @param before lanes of the run before, none where it is not asked for
 */
export function resultRows(
  lanes: readonly Counters[],
  before: readonly Counters[] = [],
  sampled: Sampled = {}
): ResultRow[] {
  return SOURCES.map((source) => {
    const values = lanes.map((counters) => read(source, counters, sampled.run))
    const valuesBefore = before.map((counters) => read(source, counters, sampled.before))
    return {
      id: source.id,
      title: source.title,
      unit: source.unit,
      isRatio: source.isRatio,
      values: values.map(source.format),
      differences: values.slice(1).map((value) => differenceOf(source, value, values[0])),
      before: besideBefore(source, values, valuesBefore),
      isThere: values.some((value) => Number.isFinite(value) && value !== 0)
    }
  })
}

/** Rows whose title, unit or identifier in result files holds every word. */
export function found(rows: readonly ResultRow[], text: string): ResultRow[] {
  const words = wordsOf(text)
  return rows.filter(({ id, title, unit }) => holdsAll(`${title} ${unit} ${id}`, words))
}
