/** An example: a question with a ready set-up, a guess, and an answer made from what was measured. */
import type { EventKind } from '@shared/model/lab-event'
import type { WalkRecord } from '@shared/model/walk-record'
import type { LaneFigures } from '@renderer/composables/comparison'
import type { Tile } from '@renderer/composables/lane-tiles'
import type { Section } from '@renderer/stores/memory'
import type { Draft } from '@renderer/stores/setup'
import type { Tab } from '@renderer/stores/view'

/** What was measured when the answer is given. */
export interface Facts {
  /** In the order of the lanes; empty before the first snapshot. */
  readonly lanes: readonly LaneFigures[]
  /** The walk on show as it is from cold, one for each lane; empty outside the Walk view. */
  readonly walks: readonly (WalkRecord | null)[]
  /** How often the system software of lane B did what, set-up included. */
  readonly events: Partial<Record<EventKind, number>>
}

/** How a number is written, and read out by a slider. */
export type GuessUnit = 'times' | 'references' | 'share'

interface GuessBase {
  readonly text: string
  /** What was measured, in the unit of the guess; null while it is not known. */
  readonly measured: (facts: Facts) => number | null
  /** What was counted, said after it. */
  readonly of?: string
  /** Tiles of the lanes that would give the answer away. */
  readonly hides?: readonly Tile['id'][]
}
export interface SliderGuess extends GuessBase {
  readonly kind: 'slider'
  readonly unit: GuessUnit
  readonly low: number
  readonly high: number
  readonly step: number
}
export interface ChoiceGuess extends GuessBase {
  readonly kind: 'choice'
  readonly unit: GuessUnit
  readonly choices: readonly number[]
}
export type Guess = SliderGuess | ChoiceGuess

/** A page of Help, such as `term/tea`. */
export type HelpPage = `${string}/${string}`

export interface NextLink {
  readonly word: string
  readonly to: Tab | HelpPage
}

export interface Example {
  readonly id: string
  readonly title: string
  /** What it does, below the title. */
  readonly text: string
  readonly tab: Tab
  /** The set-up in short. */
  readonly where: string
  readonly setup: Partial<Draft>
  /** Null where nothing is measured that could be guessed. */
  readonly guess: Guess | null
  /** Sentences about what was measured; none while nothing is. */
  readonly reveal: (facts: Facts) => readonly string[]
  readonly next: readonly NextLink[]
  /** For a lecture: what to ask those who have just seen the answer. */
  readonly lecture: string
  /** Begins with a file of the person's own. */
  readonly isOwnTrace?: boolean
  /** Part of the Memory view that it begins in. */
  readonly section?: Section
}
