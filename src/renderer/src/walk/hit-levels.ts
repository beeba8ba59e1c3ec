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

/** The legend: each level with its latency in the running profile; levels the machine lacks are left out. */
export function hitKeys(spec: LabSpec): HitKey[] {
  const cycles: Record<HitLevel, number | null> = {
    PWC: spec.pwc.latencyCycles,
    NTLB: spec.ntlb.entries > 0 ? spec.ntlb.latencyCycles : null,
    L1: spec.cache.l1d.latencyCycles,
    L2: spec.cache.l2.latencyCycles,
    LLC: spec.cache.llc.latencyCycles,
    MEMORY: spec.cache.memoryLatencyCycles
  }
  const shown = HIT_LEVELS.filter((level) => cycles[level] !== null && level !== 'NTLB')
  return shown.map((level) => ({ ...HIT_LOOKS[level], level, cycles: cycles[level] ?? 0 }))
}
