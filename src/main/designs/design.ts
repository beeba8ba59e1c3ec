/**
 * A translation design: how the TLB misses of a lane are served. One file each, one line in index.ts.
 *
 * `modes` and `shadow` are its software half: they tell the layers which tables to prepare. `stage` is its
 * hardware half: it stacks the walkers that serve a miss. Both are asked once per lane, never per reference.
 */
import type { DesignInfo } from '@shared/model/catalogue'
import type { Environment, LayerMode } from '@shared/model/environment'
import type { LabSpec } from '@shared/model/spec'
import type { EntryPort } from '../hardware/walker/entry-port'
import type { WalkCaches } from '../hardware/walker/walk-caches'
import type { Stage } from '../hardware/walker/stage'
import type { TranslationState } from '../hardware/walker/translation-state'
import type { Walk } from '../hardware/walker/walk'
import type { Stack } from '../software/stack'

/** What a design builds its walkers from. */
export interface HardwareParts {
  readonly spec: LabSpec
  readonly stack: Stack
  /** How each layer is translated, L0 first. */
  readonly modes: readonly LayerMode[]
  /** What the CPU has loaded for each layer, L0 first. */
  readonly states: readonly TranslationState[]
  /** The same for the table that L0 keeps of several layers, where it keeps one. */
  readonly shadowState: TranslationState | null
  readonly walk: Walk
  readonly port: EntryPort
  /** Null for a cold walk: nothing is cached and nothing is filled. */
  readonly walkCaches: WalkCaches | null
  /** Radix walks are of the style `artifact`: timed reads of tables that are found beforehand. */
  readonly walksKnownPaths: boolean
}

export interface TranslationDesign {
  readonly info: DesignInfo
  /** How each layer is translated, L0 first. */
  readonly modes: (environment: Environment) => LayerMode[]
  /** Whether L0 keeps a shadow table (EPT02), and whether it is filled as memory is populated. */
  readonly shadow: (spec: LabSpec) => 'none' | 'on-demand' | 'populated'
  readonly stage: (parts: HardwareParts) => Stage
  /** Its walks cost nothing; none of its reads is booked. */
  readonly isFree?: boolean
}
