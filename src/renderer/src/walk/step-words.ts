/** One step in words, for the cells' names, the table and the detail panel. */
import type { WalkStep } from '@shared/model/walk-record'
import { isWalkCacheHit } from './hit-levels'
import { entryName } from './layers'

export type StepState = 'read' | 'current' | 'not yet read'

/** `now` is where the playhead stands, in cycles. */
export function stepState(step: WalkStep, now: number, isCurrent: boolean): StepState {
  if (isCurrent) return 'current'
  return step.cyclesSoFar <= now ? 'read' : 'not yet read'
}

/** What came of the read, apart from its cost; empty when nothing is to be said. */
export function stepNote(step: WalkStep): string {
  if (step.wasted) return 'wasted'
  if (step.notPresent) return 'not present'
  return isWalkCacheHit(step) && step.cycles === 0 ? 'skipped' : ''
}

/**
 * The address a step stands for. A walk cache knew where the walk goes on: that address is led to, not read.
 */
export const shownAddress = (step: WalkStep): string =>
  isWalkCacheHit(step) ? `→ ${step.address}` : step.address

/** What a walk-cache hit saved, in a sentence; empty for a read. */
export function cachedWords(step: WalkStep): string {
  if (step.hit === 'PWC')
    return `A walk cache knew this entry, so it was not read. It leads to the table at ${step.address}.`
  if (step.hit === 'NTLB')
    return `The nested TLB knew where this guest table lies, so no host table was read: at ${step.address}.`
  return ''
}

/**
 * How the step found its entry, where that is no radix walk and the picture does not say it by place: both levels of a
 * node, how many probes of a cuckoo table are made at once, that it was read ahead. Empty for the rest.
 */
export function stepMeans(step: WalkStep, beside: readonly WalkStep[] = []): string {
  const all = [step, ...beside]
  const probes = all.filter(({ by }) => by === 'hash').length
  if (probes > 0) return probes === 1 ? 'probe' : `${probes} probes`
  if (step.by === 'node') return `node ${step.level + 1}+${step.level}`
  return all.some(({ by }) => by === 'prefetch') ? 'prefetch' : ''
}

/** What the picture shows by place: `, lane A, L1 level 1, PTE, ` follows the step's number in a cell's name. */
export const stepPlace = (step: WalkStep, letter: string): string =>
  `, lane ${letter}, ${step.layer} level ${step.level}, ${entryName(step.level)}, `
