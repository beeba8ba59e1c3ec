/** A tile's definition in the window's words: its formula over counters, and the numbers that went into it. */
import { COUNTERS, type CounterId, type Counters } from '@shared/stats/counters'
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

/** Of a counter or a ratio; null for an id that is neither. */
export function definitionOf(id: string): Definition | null {
  const counter = COUNTERS.find((one) => one.id === id)
  if (counter) return { title: counter.title, unit: counter.unit, formula: counter.meaning, terms: [] }
  const ratio = DERIVED.find((one) => one.id === id)
  if (!ratio) return null
  const terms = (ratio.formula.match(/[A-Za-z]+/g) ?? []).flatMap((word) => termOf(word) ?? [])
  return { title: ratio.title, unit: ratio.unit, formula: inWords(ratio.formula), terms }
}

export const valueOf = (counters: Counters, term: Term): number => counters[term.id]
