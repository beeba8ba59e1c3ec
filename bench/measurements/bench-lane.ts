/** A lane as the lab builds it, from any part of a spec. */
import { designOf } from '@main/designs'
import { OFFER } from '@main/lab/catalogue'
import { Lane } from '@main/lab/lane'
import { Machine } from '@main/lab/machine'
import { Population } from '@main/lab/populate'
import { resolveSpec } from '@main/lab/resolve-spec'
import type { Area } from '@main/workloads/workload'
import type { LabSpec, SpecInput } from '@shared/model/spec'
import { rate } from './timing'

export function benchSpec(input: SpecInput): LabSpec {
  const resolved = resolveSpec(input, OFFER)
  if ('problems' in resolved) throw new Error(resolved.problems.join('; '))
  return resolved.spec
}

export function benchLane(input: SpecInput, areas: readonly Area[]): Lane {
  const spec = benchSpec(input)
  const vmas = areas.map((a) => ({ ...a, end: (a.start + a.pages) as typeof a.start, mayHaveTea: true }))
  return new Lane(new Machine(spec, designOf(spec.lanes[0]), vmas))
}

/** Populates all areas, outside the books; returns pages a second. */
export function populate(machine: Machine, areas: readonly Area[]): number {
  machine.ledger.isQuiet = true
  const population = new Population(machine.stack, areas)
  const perSecond = rate(population.pagesTotal, () => population.advance(Infinity))
  machine.ledger.restart()
  machine.ledger.isQuiet = false
  return perSecond
}
