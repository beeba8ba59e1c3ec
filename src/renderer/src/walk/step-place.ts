/**
 * Where each step stands in its walk: which table read of the innermost layer it serves, and in a
 * three-dimensional walk also which entry of the layer between. Read from the order of the steps, because the
 * words of a step name only the next read up.
 */
import type { LayerName } from '@shared/model/environment'
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import { PAGE_SIZE_BIT } from '@shared/arch/entry'

export interface Place {
  /** Level of the innermost layer's entry that the step reads or helps to reach; null for the data page. */
  readonly top: number | null
  /** Level of the entry in the layer between, where there is one; null for the rest. */
  readonly middle: number | null
  /** The step belongs to a register attempt of the innermost layer that fell back. */
  readonly isAttempt: boolean
}

const levelNamed = (step: WalkStep, layer: LayerName): number | null => {
  const match = /^(L\d) level (\d)$/.exec(step.for)
  return match && match[1] === layer ? Number(match[2]) : null
}

const isBetween = (layer: LayerName, innermost: LayerName): boolean => layer !== 'L0' && layer !== innermost

function middleOf(step: WalkStep, innermost: LayerName): number | null {
  if (isBetween(step.layer, innermost)) return step.level
  return innermost === 'L2' && step.layer === 'L0' ? levelNamed(step, 'L1') : null
}

/** An entry that maps a page: of level 1, or with the page-size bit. */
export const isLeafEntry = (step: WalkStep): boolean =>
  step.level === 1 || (step.level <= 3 && (Number.parseInt(step.entry.slice(-4), 16) & PAGE_SIZE_BIT) !== 0)

/** What the steps after the last read of the innermost layer serve; only a fault leaves a table read open. */
function openTop(record: WalkRecord, innermost: LayerName): number | null {
  const last = record.steps.findLast((step) => step.layer === innermost && !step.wasted)
  const tail = record.steps.slice(last?.n ?? 0)
  const named = tail.map((step) => levelNamed(step, innermost)).find((level) => level !== null)
  if (named !== undefined) return named
  if (record.outcome === 'translated' || tail.some((step) => step.for === 'data')) return null
  if (!last) return Math.max(0, ...record.steps.map((step) => step.level))
  return isLeafEntry(last) ? null : last.level - 1
}

/** One place for each step, in order. `innermost` is that of both lanes (layers.ts), so that they line up. */
export function placeSteps(record: WalkRecord, innermost: LayerName): Place[] {
  let top = openTop(record, innermost)
  let isAttempt = false
  const places = record.steps.toReversed().map((step) => {
    if (step.layer === innermost) {
      top = step.level
      isAttempt = step.wasted
    }
    return { top, middle: middleOf(step, innermost), isAttempt }
  })
  return places.reverse()
}
