/**
 * Where each step stands in its walk: which table read of the innermost layer it serves, and in a
 * three-dimensional walk also which entry of the layer between.
 */
import type { LayerName } from '@shared/model/environment'
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import { PAGE_SIZE_BIT, PRESENT } from '@shared/arch/entry'

export interface Place {
  /** Level of the innermost layer's entry that the step reads or helps to reach; null for the data page. */
  readonly top: number | null
  /** Level of the entry in the layer between, where there is one; null for the rest. */
  readonly middle: number | null
  /** The guest's read that an attempt which fell back was about; null for every step that counts. */
  readonly attempt: Attempt | null
  /** Read in a shadow table that leads on to tables of the guest (agile paging). */
  readonly isShadow: boolean
}

export interface Attempt {
  readonly layer: LayerName
  readonly level: number
}

/** `L1 level 3 of L2 level 4`: the reads a step serves, nearest first. */
export const readsServed = (step: WalkStep): string[] => step.for.split(' of ')

const levelNamed = (step: WalkStep, layer: LayerName): number | null => {
  const served = readsServed(step).find((read) => read.startsWith(`${layer} level `))
  return served ? Number(served.slice(-1)) : null
}

const isBetween = (layer: LayerName, innermost: LayerName): boolean => layer !== 'L0' && layer !== innermost

function middleOf(step: WalkStep, innermost: LayerName): number | null {
  if (isBetween(step.layer, innermost)) return step.level
  return innermost === 'L2' && step.layer === 'L0' ? levelNamed(step, 'L1') : null
}

const topOf = (step: WalkStep, innermost: LayerName): number | null =>
  step.layer === innermost ? step.level : levelNamed(step, innermost)

const lowDigits = (step: WalkStep): number => Number.parseInt(step.entry.slice(-4), 16)

/** A probe may read a place that is empty. */
export const isPresent = (step: WalkStep): boolean => (lowDigits(step) & PRESENT) !== 0

/** An entry that maps a page: of level 1, or with the page-size bit. */
export const isLeafEntry = (step: WalkStep): boolean =>
  step.level === 1 || (step.level <= 3 && (lowDigits(step) & PAGE_SIZE_BIT) !== 0)

/** A page-size class that does not hold the page reads an empty entry, or one that leads to a smaller size. */
export const isUsefulLeaf = (step: WalkStep): boolean => isLeafEntry(step) && isPresent(step) && !step.wasted

/** One place for each step, in order. `innermost` is that of both lanes (layers.ts), so that they line up. */
export function placeSteps(record: WalkRecord, innermost: LayerName): Place[] {
  let attempt: Attempt | null = null
  const places = record.steps.toReversed().map((step): Place => {
    if (!step.wasted) attempt = null
    else if (step.layer !== 'L0') attempt = { layer: step.layer, level: step.level }
    return { top: topOf(step, innermost), middle: middleOf(step, innermost), attempt, isShadow: false }
  })
  const switchedAt = switchOf(record, innermost)
  return places.reverse().map((place, i) => (i < switchedAt ? { ...place, isShadow: true } : place))
}

/** Steps before a walk goes from a shadow table to the guest's own: those of L0 for the data that come first. */
function switchOf(record: WalkRecord, innermost: LayerName): number {
  const first = record.steps.findIndex((step) => step.layer === innermost)
  const isInShadow = (step: WalkStep): boolean =>
    step.layer === 'L0' && step.for === 'data' && step.by === 'radix' && !step.wasted
  const { length } = record.steps.slice(0, Math.max(0, first))
  return innermost !== 'L0' && record.steps.slice(0, length).every(isInShadow) ? length : 0
}
