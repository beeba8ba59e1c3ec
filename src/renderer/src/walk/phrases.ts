/** Pieces of the sentences about a walk: text, numbers that stand out, and steps to go to. */
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import { counted } from '@shared/format/counted'
import { formatCount } from '@shared/format/number'
import { waited } from './critical-path'
import { isReference } from './hit-levels'

export type Phrase =
  | { readonly kind: 'text' | 'strong'; readonly text: string }
  | { readonly kind: 'step'; readonly lane: number; readonly step: WalkStep }
  /** A number that these steps make up. */
  | {
      readonly kind: 'steps'
      readonly text: string
      readonly lane: number
      readonly steps: readonly WalkStep[]
    }

export type Sentence = readonly Phrase[]

/** One lane's walk as the sentences speak of it. */
export interface Teller {
  readonly name: string
  /** Its place among the walks on show. */
  readonly lane: number
  readonly record: WalkRecord
  /** Its design; empty where it is not known. */
  readonly design: string
  /** Its registers are valid. */
  readonly hasRegisters: boolean
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
/** More steps than this are counted instead of listed. */
const LISTED = 5

export const text = (words: string): Phrase => ({ kind: 'text', text: words })
export const strong = (words: string): Phrase => ({ kind: 'strong', text: words })
export const inWords = (count: number): string => NUMBERS[count] ?? formatCount(count)

/** A number, and the steps it is made of. */
export const linked = (words: string, { lane }: Teller, steps: readonly WalkStep[]): Phrase =>
  steps.length === 0 ? text(words) : { kind: 'steps', text: words, lane, steps }

/** `600 of 954 cycles`, of these steps. */
export const share = (cycles: number, teller: Teller, steps: readonly WalkStep[]): Phrase =>
  linked(`${formatCount(cycles)} of ${counted(teller.record.cycles, 'cycle')}`, teller, steps)

/** Reads that went to memory and that the walk had to wait for. */
export const inMemory = (record: WalkRecord): WalkStep[] =>
  record.steps.filter((step) => step.hit === 'MEMORY' && isReference(step) && waited(record, step) > 0)

/** `steps 19, 20 and 24`, each a link; a long list ends in a count. */
export function listSteps(steps: readonly WalkStep[], lane: number): Phrase[] {
  const shown = steps.length > LISTED ? steps.slice(0, LISTED - 1) : steps
  const rest = steps.length - shown.length
  const names: Phrase[] = shown.map((step) => ({ kind: 'step', lane, step }))
  const items = rest > 0 ? [...names, text(`${formatCount(rest)} more`)] : names
  const before = (i: number): string => {
    if (i === 0) return steps.length === 1 ? 'step ' : 'steps '
    return i === items.length - 1 ? ' and ' : ', '
  }
  return items.flatMap((item, i) => [text(before(i)), item])
}
