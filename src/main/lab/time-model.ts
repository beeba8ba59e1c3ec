/**
 * The cycle model of a run (architecture: "Time"), from whole counts, so that it is the same however the run
 * was cut into steps. Which share of a latency other work hides is assumed: the time parameters of the spec.
 */
import type { LabSpec } from '@shared/model/spec'
import { COUNTER_INDEX } from '@shared/stats/counters'

/** A copy of the counters with references, instructions and all cycles filled in. */
export function withTime(
  counted: Float64Array,
  spec: LabSpec,
  instructionsPerReference: number
): Float64Array {
  const c = Float64Array.from(counted)
  const at = COUNTER_INDEX
  const { cache, time, tlb } = spec
  c[at.references] = c[at.fetches] + c[at.loads] + c[at.stores] + c[at.splits]
  const accesses = c[at.loads] + c[at.stores]
  c[at.instructions] = instructionsPerReference > 0 ? accesses * instructionsPerReference : c[at.fetches]
  c[at.instructionCycles] = c[at.instructions] * time.cpi
  const first = cache.l1d.latencyCycles
  const beyond =
    c[at.dataL2] * (cache.l2.latencyCycles - first) +
    c[at.dataLlc] * (cache.llc.latencyCycles - first) +
    c[at.dataMemory] * (cache.memoryLatencyCycles - first) +
    c[at.stlbHits] * tlb.shared.latencyCycles
  c[at.dataCycles] = Math.max(0, beyond) * (1 - time.dataHidden)
  c[at.walkStallCycles] = (c[at.walkCycles] + c[at.faultingWalkCycles]) * (1 - time.walkHidden)
  c[at.totalCycles] =
    c[at.instructionCycles] + c[at.dataCycles] + c[at.walkStallCycles] + c[at.softwareCycles]
  return c
}
