/** Steps of two lanes that read the same entry: same layer, same level, same place in the walk. */
import type { LayerName } from '@shared/model/environment'
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import { layersPassed } from './layers'
import { placeSteps, type Place } from './step-place'

/** Nodes and ways of cuckoo tables are tables of their own; registers and prefetches read the radix tables. */
const formOf = ({ by }: WalkStep): string => (by === 'node' || by === 'hash' ? by : 'tree')

/**
 * Names the entry in a way that every lane shares. Below the innermost layer the tables are the same only where
 * the walks pass the same layers: L0's shadow tables are not L0's own.
 */
function roleOf(step: WalkStep, place: Place, innermost: LayerName, passed: string): string {
  const tables = step.layer === innermost ? '' : passed
  return [step.layer, step.level, place.middle, place.top, tables, formOf(step)].join('/')
}

function stepsByRole(record: WalkRecord, innermost: LayerName): Map<string, WalkStep> {
  const places = placeSteps(record, innermost)
  const passed = layersPassed(record).join('+')
  const roles = new Map<string, WalkStep>()
  record.steps.forEach((step, i) => {
    if (!step.wasted) roles.set(roleOf(step, places[i], innermost, passed), step)
  })
  return roles
}

/** For each step of `of`, by its number, the step of `other` that reads the same entry. */
export function sameEntries(
  of: WalkRecord,
  other: WalkRecord | null,
  innermost: LayerName
): Map<number, WalkStep> {
  const same = new Map<number, WalkStep>()
  if (!other) return same
  const theirs = stepsByRole(other, innermost)
  for (const [role, step] of stepsByRole(of, innermost)) {
    const match = theirs.get(role)
    if (match) same.set(step.n, match)
  }
  return same
}
