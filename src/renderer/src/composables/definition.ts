/** A tile's definition in the window's words: its formula over counters, and the numbers that went into it. */
import { pageWalkSpeedup } from '@renderer/charts/compared'
import { ALL_MEASURES, type Measure } from '@renderer/charts/measures'
import { entryOf, type HelpEntry } from '@renderer/help/entries'
import { COUNTERS, type CounterId, type Counters } from '@shared/stats/counters'
import { formatCount, formatFixed, formatRatio, NONE } from '@shared/format/number'
import { holdsOverSamples } from '@shared/model/sampled'
import { DERIVED } from '@shared/stats/derived'

export interface Term {
  readonly id: CounterId
  readonly title: string
  readonly meaning: string
}

export interface Definition {
  readonly title: string
  readonly unit: string
  /** `Walk references ÷ Walks`, or what is counted. */
  readonly formula: string
  /** The counters in it, in its order. */
  readonly terms: readonly Term[]
}

const termOf = (id: string): Term | undefined => COUNTERS.find((counter) => counter.id === id)

/** A formula is written over counters' ids; the window shows their titles, which the report uses too. */
const inWords = (formula: string): string =>
  formula.replace(/[A-Za-z]+/g, (id) => termOf(id)?.title ?? id).replace(' / ', ' ÷ ')

/** The speedup chart's, which is over two lanes. */
const SPEEDUP: Definition = {
  title: 'Speedup',
  unit: 'lane A over another',
  formula:
    'page walk: Walk cycles ÷ Walks of A, over the same of the other; application: Total cycles of A over the other’s',
  terms: ['walkCycles', 'walks', 'totalCycles'].flatMap((id) => termOf(id) ?? [])
}

function ofMeasure({ title, unit, meaning, over, under, scale }: Measure): Definition {
  const sum = (ids: readonly string[]): string => ids.map((id) => termOf(id)?.title ?? id).join(' + ')
  const top = scale === 1 ? sum(over) : `${scale} × (${sum(over)})`
  const ids = [...new Set<string>([...over, ...under])]
  return {
    title,
    unit,
    formula: `${top} ÷ (${sum(under)}): ${meaning}`,
    terms: ids.flatMap((id) => termOf(id) ?? [])
  }
}

/** Of a counter, a ratio or a chart's measure; null for an id that is none. */
export function definitionOf(id: string): Definition | null {
  if (id === 'speedup') return SPEEDUP
  const counter = COUNTERS.find((one) => one.id === id)
  if (counter) return { title: counter.title, unit: counter.unit, formula: counter.meaning, terms: [] }
  const ratio = DERIVED.find((one) => one.id === id)
  const measure = ALL_MEASURES.find((one) => one.id === id)
  if (!ratio) return measure ? ofMeasure(measure) : null
  const terms = (ratio.formula.match(/[A-Za-z]+/g) ?? []).flatMap((word) => termOf(word) ?? [])
  return { title: ratio.title, unit: ratio.unit, formula: inWords(ratio.formula), terms }
}

/** Where Help says more than one page of it, or calls it otherwise. */
const HELP_PAGES: Partial<Record<string, readonly string[]>> = {
  speedup: ['pageWalkSpeedup', 'applicationSpeedup'],
  walks: ['walks', 'walksPerKiloReference', 'dmtCoverage'],
  stepsFromMemory: ['hitShare'],
  stepsFromWalkCaches: ['hitShare']
}

/** Its pages in Help; none for a measure that is defined by its counters alone. */
export const helpPagesOf = (id: string): HelpEntry[] =>
  (HELP_PAGES[id] ?? [id]).flatMap((name) => entryOf(`number/${name}`) ?? [])

const sumOf = (counters: Counters, ids: readonly CounterId[]): number =>
  ids.reduce((sum, id) => sum + counters[id], 0)

/** A measure over everything that was counted; NaN where it has no meaning. */
export function measured({ over, under, scale }: Measure, counters: Counters): number {
  const all = sumOf(counters, under)
  return all > 0 ? (scale * sumOf(counters, over)) / all : NaN
}

/** What a lane has of it, as it is written everywhere; over samples no rate. @param base counters of the first lane */
export function resultOf(id: string, counters: Counters, base: Counters, isSampled = false): string {
  const counter = COUNTERS.find((one) => one.id === id)
  if (counter) return formatCount(counters[counter.id])
  if (isSampled && !holdsOverSamples(id)) return NONE
  const measure = ALL_MEASURES.find((one) => one.id === id)
  if (measure) return measure.format(measured(measure, counters))
  if (id === 'speedup') return counters === base ? '' : formatRatio(pageWalkSpeedup(base, counters))
  const ratio = DERIVED.find((one) => one.id === id)
  return ratio ? formatFixed(ratio.of(counters), 2) : ''
}

export const valueOf = (counters: Counters, term: Term): number => counters[term.id]
