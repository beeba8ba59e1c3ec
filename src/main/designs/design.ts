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
import type { TranslationCache, WalkCaches } from '../hardware/walker/walk-caches'
import type { Stage } from '../hardware/walker/stage'
import type { TranslationState } from '../hardware/walker/translation-state'
import type { Walk } from '../hardware/walker/walk'
import type { ShadowPlan } from '../software/hypervisor/shadows'
import type { Ledger } from '../software/ledger/ledger'
import type { DesignSoftware } from '../software/design-software'
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
  /** Where walkers count what only their design has. */
  readonly ledger: Ledger
  readonly port: EntryPort
  /** Null for a cold walk: nothing is cached and nothing is filled. */
  readonly walkCaches: WalkCaches | null
  /** Radix walks are of the style `artifact`: timed reads of tables that are found beforehand. */
  readonly walksKnownPaths: boolean
}

export interface TranslationDesign extends DesignSoftware {
  readonly info: DesignInfo
  /** How each layer is translated, L0 first. */
  readonly modes: (environment: Environment) => LayerMode[]
  /** Which shadow tables are kept, and whether they are filled as memory is populated. */
  readonly shadow: (spec: LabSpec) => ShadowPlan
  readonly stage: (parts: HardwareParts) => Stage
  /** A cache that each CPU has more, for the translations of a layer. */
  readonly cache?: (spec: LabSpec, layer: number) => TranslationCache | null
  /** Its walks cost nothing; none of its reads is booked. */
  readonly isFree?: boolean
}
