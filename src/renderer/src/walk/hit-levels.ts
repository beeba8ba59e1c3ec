/** Where a reference hit: colour, pips and word, always together (visual design 2.4). */
import { HIT_LEVELS, type HitLevel, type WalkStep } from '@shared/model/walk-record'
import type { LabSpec } from '@shared/model/spec'

export interface HitLook {
  readonly word: string
  readonly css: string
  readonly pips: number
}

export const HIT_LOOKS: Record<HitLevel, HitLook> = {
  PWC: { word: 'Walk cache', css: 'hit-pwc', pips: 1 },
  NTLB: { word: 'Nested TLB', css: 'hit-pwc', pips: 1 },
  L1: { word: 'L1 cache', css: 'hit-l1', pips: 2 },
  L2: { word: 'L2 cache', css: 'hit-l2', pips: 3 },
  LLC: { word: 'LLC', css: 'hit-llc', pips: 4 },
  MEMORY: { word: 'Memory', css: 'hit-mem', pips: 5 }
}

/** The levels a reference passes until it is answered, nearest first. */
export const CACHE_PATH: readonly HitLevel[] = ['L1', 'L2', 'LLC', 'MEMORY']

/** A walk cache knew the entry, so it was not read. */
export const isWalkCacheHit = (step: WalkStep): boolean => step.hit === 'PWC' || step.hit === 'NTLB'

/** A read that counts as a reference of the successful attempt. */
export const isReference = (step: WalkStep): boolean => !isWalkCacheHit(step) && !step.wasted

export interface HitKey extends HitLook {
  readonly level: HitLevel
  readonly cycles: number
}

/** Latency of each level in the running profile. */
export type HitCycles = Readonly<Record<HitLevel, number>>

const hitCycles = (spec: LabSpec): HitCycles => ({
  PWC: spec.pwc.latencyCycles,
  NTLB: spec.ntlb.latencyCycles,
  L1: spec.cache.l1d.latencyCycles,
  L2: spec.cache.l2.latencyCycles,
  LLC: spec.cache.llc.latencyCycles,
  MEMORY: spec.cache.memoryLatencyCycles
})

/** The legend: each level with its latency; the nested TLB counts as a walk cache. */
export const hitKeys = (spec: LabSpec): HitKey[] =>
  HIT_LEVELS.filter((level) => level !== 'NTLB').map((level) => ({
    ...HIT_LOOKS[level],
    level,
    cycles: hitCycles(spec)[level]
  }))
