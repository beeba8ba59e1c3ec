/** The walks of a lane that are not yet overwritten: enough of each to choose one and to show its steps. */
import { formatAddress, pageFrom } from '@shared/address/address'
import type { WalkSummary } from '@shared/model/walk-record'
import type { Walk } from '../hardware/walker/walk'

const RING = 4096

/** One finished walk; the steps stand in the walk's own columns from `firstStep`. */
export interface LoggedWalk {
  number: number
  reference: number
  access: number
  high: number
  low: number
  offset: number
  machineFrame: number
  leafLevel: number
  firstStep: number
  steps: number
  serial: number
  references: number
  criticalReferences: number
  wastedReferences: number
  cycles: number
  /** Layer that had to act; -1 when the walk succeeded. */
  faultLayer: number
}

const empty = (): LoggedWalk => ({
  number: 0,
  reference: 0,
  access: 0,
  high: 0,
  low: 0,
  offset: 0,
  machineFrame: 0,
  leafLevel: 1,
  firstStep: 0,
  steps: 0,
  serial: 0,
  references: 0,
  criticalReferences: 0,
  wastedReferences: 0,
  cycles: 0,
  faultLayer: -1
})

export class WalkLog {
  private readonly ring = Array.from({ length: RING }, empty)
  private written = 0

  constructor(private readonly walk: Walk) {}

  /** Notes the walk that has just ended. `machineFrame` is -1 after a fault. */
  add(
    number: number,
    reference: number,
    access: number,
    high: number,
    low: number,
    offset: number,
    machineFrame: number
  ): void {
    const walk = this.walk
    const entry = this.ring[this.written++ % RING]
    entry.number = number
    entry.reference = reference
    entry.access = access
    entry.high = high
    entry.low = low
    entry.offset = offset
    entry.machineFrame = machineFrame
    entry.leafLevel = walk.leafLevel
    entry.firstStep = walk.start
    entry.steps = walk.end - walk.start
    entry.serial = walk.serial
    entry.references = walk.references
    entry.criticalReferences = walk.criticalReferences
    entry.wastedReferences = walk.wastedReferences
    entry.cycles = walk.cycles
    entry.faultLayer = machineFrame < 0 ? walk.faultLayer : -1
  }

  latest(): LoggedWalk | null {
    return this.newestFirst().next().value ?? null
  }

  /** The successful walk of a reference, else its last faulting one; null when it had none or it is gone. */
  ofReference(reference: number): LoggedWalk | null {
    for (const walk of this.newestFirst()) {
      if (walk.reference === reference) return walk
      if (walk.reference < reference) return null
    }
    return null
  }

  /** The slowest successful walk after a reference. */
  slowestSince(reference: number): LoggedWalk | null {
    let slowest: LoggedWalk | null = null
    for (const walk of this.newestFirst()) {
      if (walk.reference <= reference) break
      if (walk.faultLayer < 0 && (slowest === null || walk.cycles > slowest.cycles)) slowest = walk
    }
    return slowest
  }

  *newestFirst(): Generator<LoggedWalk, undefined> {
    for (let n = this.written - 1; n >= 0 && n >= this.written - RING; n--) {
      const walk = this.ring[n % RING]
      if (!this.walk.hasSteps(walk.serial)) return
      yield walk
    }
  }

  summaries(most: number): WalkSummary[] {
    const list: WalkSummary[] = []
    for (const walk of this.newestFirst()) {
      if (list.length === most) break
      if (walk.faultLayer < 0) list.push(summary(walk))
    }
    return list
  }
}

export function summary(walk: LoggedWalk): WalkSummary {
  return {
    walk: walk.number,
    reference: walk.reference,
    address: formatAddress(pageFrom(walk.high, walk.low), walk.offset),
    references: walk.references,
    cycles: walk.cycles
  }
}
