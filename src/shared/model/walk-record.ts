/** One page walk as it happened, step by step: what the walk theatre and `lab walk` show. */
import type { LayerName } from './environment'

/** Where a step was answered. `PWC` and `NTLB` are walk caches: no reference was made for them. */
export const HIT_LEVELS = ['PWC', 'NTLB', 'L1', 'L2', 'LLC', 'MEMORY'] as const
export type HitLevel = (typeof HIT_LEVELS)[number]

/**
 * What stands in a row of the walk histogram. `ZERO` holds the place of a step that a walk-cache hit spared; only
 * walks of the style `artifact`, whose steps have fixed places, have it. `PREFETCHED` is a read whose line was on its way
 * already: the prefetch is the reference, this one only waits for it.
 */
export const PATTERN_STEPS = [...HIT_LEVELS, 'ZERO', 'PREFETCHED'] as const
export type PatternStep = (typeof PATTERN_STEPS)[number]

/** The steps that something answered. */
export const answered = (steps: readonly PatternStep[]): HitLevel[] =>
  steps.filter((step): step is HitLevel => step !== 'ZERO' && step !== 'PREFETCHED')

export const WALK_MEANS = ['radix', 'register', 'node', 'hash', 'prefetch'] as const
export type WalkMeans = (typeof WALK_MEANS)[number]

export interface WalkStep {
  /** 1, 2, 3, ... in the order of the walk. */
  readonly n: number
  /** Layer whose table is read. */
  readonly layer: LayerName
  /** Level of the entry: 1 leaf .. 5; a DMT fetch reads the level of its class; 0: an entry of L0's gTEA table. */
  readonly level: number
  /** What the translation serves: `data`, or the table read of an upper layer: `L1 level 4`, `L1 level 3 of L2 level 4`. */
  readonly for: string
  /**
   * `radix`: found by walking; `register`: by a DMT register; `node`: in a 2 MiB node of a flattened table, `level` being
   * the lower of its two; `hash`: probed in a way of a cuckoo table; `prefetch`: read ahead, beside the walk.
   */
  readonly by: WalkMeans
  /** Index of the entry in its table page, 0..511. */
  readonly index: number
  /** Machine address of the entry read (hex). For a walk-cache hit: of the table page the cache named. */
  readonly address: string
  /** Address of the table page in the physical space of its own layer (hex). */
  readonly tableAddress: string
  /** The 64 bits read, 16 hex digits; empty for a walk-cache hit. */
  readonly entry: string
  readonly hit: HitLevel
  /** Latency of this step alone; matching registers is not part of it. */
  readonly cycles: number
  /** Walk cycles on the critical path when this step has ended. */
  readonly cyclesSoFar: number
  /** The read belonged to an attempt that fell back. */
  readonly wasted: boolean
  /** The entry was not present. */
  readonly notPresent: boolean
}

/** A register that matched, with the arithmetic that gave the entry's address. */
export interface RegisterMatch {
  readonly step: number
  readonly layer: LayerName
  readonly register: number
  /** First address covered (hex), and table pages in the area. */
  readonly coversFrom: string
  readonly slots: number
  /** Base of the area: a machine address when `cooperative`, else one of the layer's physical space (hex). */
  readonly base: string
  readonly cooperative: boolean
  /** Index of the entry in the whole area: address = base + 8 * linearIndex. */
  readonly linearIndex: number
}

/** After a fault the access is walked again: which of its walks one is, from 1, and how many there were. */
export interface WalkAttempt {
  readonly number: number
  readonly of: number
}

export type WalkOutcome = 'translated' | 'fault'

export interface WalkRecord {
  /** Number of the walk in its lane, from 1; 0 for a walk that was only looked at. */
  readonly walk: number
  /** Reference that caused it, from 1. */
  readonly reference: number
  readonly address: string
  readonly access: 'load' | 'store' | 'fetch'
  readonly outcome: WalkOutcome
  readonly references: number
  readonly criticalReferences: number
  readonly wastedReferences: number
  readonly cycles: number
  readonly steps: readonly WalkStep[]
  readonly registers: readonly RegisterMatch[]
  readonly physicalAddress: string
  readonly pageSize: string
  /** Layer that had to act, when the outcome is a fault. */
  readonly faultLayer: LayerName | null
  /** The fault: an entry was there, but did not allow the access. */
  readonly isProtection?: boolean
  /** Where the access was walked more than once, because it faulted. */
  readonly attempt?: WalkAttempt
}

/** A walk in a list: enough to choose one. */
export interface WalkSummary {
  readonly walk: number
  readonly reference: number
  readonly address: string
  readonly references: number
  readonly cycles: number
}
