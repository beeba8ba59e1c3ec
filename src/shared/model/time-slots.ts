/** When the steps of a walk are made: steps of one slot run at once, and each slot waits for the one before. */
import type { WalkRecord, WalkStep } from './walk-record'

const startOf = (step: WalkStep): number => step.cyclesSoFar - step.cycles

/** Slot of each step, from 1. A step waits for the latest of those that had ended when it began. */
export function timeSlots({ steps }: Pick<WalkRecord, 'steps'>): number[] {
  const slots: number[] = []
  for (const [i, step] of steps.entries()) {
    const before = slots.filter((_, j) => steps[j].cyclesSoFar <= startOf(steps[i]))
    slots.push(step.cycles === 0 && i > 0 ? slots[i - 1] + 1 : 1 + Math.max(0, ...before))
  }
  return slots
}

/** Indices of the steps that the walk waits for, in order: one of each slot. */
export function waitedChain({ steps }: Pick<WalkRecord, 'steps'>, slots: readonly number[]): number[] {
  const last = slots.reduce((best, slot, i) => (slot >= slots[best] ? i : best), 0)
  const chain = steps.length === 0 ? [] : [last]
  for (let slot = slots[last] - 1; slot >= 1; slot--) {
    const next = steps[chain[0]]
    const before = steps.findLastIndex(
      (step, i) => i < chain[0] && slots[i] === slot && step.cyclesSoFar <= startOf(next)
    )
    if (before < 0) break
    chain.unshift(before)
  }
  return chain
}
