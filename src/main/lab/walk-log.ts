/** The walks of a lane that are not yet overwritten: enough of each to choose one and to show its steps. */
import { formatAddress, pageFrom } from '@shared/address/address'
import type { WalkSummary } from '@shared/model/walk-record'
import type { Walk } from '../hardware/walker/walk'

/** Walks kept; few, so that noting one does not push tables out of the CPU's caches. */
const RING = 1024

/** One finished walk; the steps stand in the walk's own columns from `firstStep`. */
export interface LoggedWalk {
  readonly number: number
  readonly reference: number
  readonly access: number
  readonly high: number
  readonly low: number
  readonly offset: number
  readonly machineFrame: number
  readonly leafLevel: number
  readonly firstStep: number
  readonly steps: number
  readonly serial: number
  readonly references: number
  readonly criticalReferences: number
  readonly wastedReferences: number
  readonly cycles: number
  /** Address space of the process whose walk it was. */
  readonly space: number
  /** Layer that had to act; -1 when the walk succeeded. */
  readonly faultLayer: number
  /** Its fault: an entry that does not allow the access. */
  readonly isProtection: boolean
}

const PROTECTION = 8

/** Of a row: whole numbers below 2^31, and what may be larger or a fraction. */
const SMALL = 12
const LARGE = 5

export class WalkLog {
  /** A row for each walk: flat, because writing an object for every walk would cost as much as the walk. */
  private readonly small = new Int32Array(RING * SMALL)
  private readonly large = new Float64Array(RING * LARGE)
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
    machineFrame: number,
    space = 0
  ): void {
    const { walk, small, large } = this
    const row = this.written++ % RING
    const at = row * SMALL
    small[at] = access
    small[at + 1] = high
    small[at + 2] = low
    small[at + 3] = offset
    small[at + 4] = machineFrame
    small[at + 5] = walk.leafLevel
    small[at + 6] = walk.start
    small[at + 7] = walk.end - walk.start
    small[at + 8] = walk.references
    small[at + 9] = walk.criticalReferences
    small[at + 10] = walk.wastedReferences
    small[at + 11] = machineFrame < 0 ? walk.faultLayer | (walk.faultIsProtection ? PROTECTION : 0) : -1
    const from = row * LARGE
    large[from] = number
    large[from + 1] = reference
    large[from + 2] = walk.serial
    large[from + 3] = walk.cycles
    large[from + 4] = space
  }

  latest(): LoggedWalk | null {
    return this.newestFirst().next().value ?? null
  }

  /**
   * The attempts at a reference in their order: those that faulted, then the walk that did not. Empty when it had none
   * or they are gone. Of an access over two pages, those at the second.
   */
  attemptsAt(reference: number): LoggedWalk[] {
    const attempts: LoggedWalk[] = []
    for (const walk of this.newestFirst()) {
      if (walk.reference < reference) break
      if (walk.reference > reference) continue
      if (attempts.length > 0 && walk.faultLayer < 0) break
      attempts.unshift(walk)
    }
    return attempts
  }

  /** The reference of the latest walk that faulted, if its steps still stand; else null. */
  latestFault(): number | null {
    const { small, large, written } = this
    for (let n = written - 1; n >= 0 && n >= written - RING; n--) {
      const row = n % RING
      if (!this.walk.hasSteps(large[row * LARGE + 2])) return null
      if (small[row * SMALL + 11] >= 0) return large[row * LARGE + 1]
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
      const walk = this.at(n % RING)
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

  private at(row: number): LoggedWalk {
    const small = this.small.subarray(row * SMALL, (row + 1) * SMALL)
    const large = this.large.subarray(row * LARGE, (row + 1) * LARGE)
    return {
      access: small[0],
      high: small[1],
      low: small[2],
      offset: small[3],
      machineFrame: small[4],
      leafLevel: small[5],
      firstStep: small[6],
      steps: small[7],
      references: small[8],
      criticalReferences: small[9],
      wastedReferences: small[10],
      faultLayer: small[11] < 0 ? -1 : small[11] & (PROTECTION - 1),
      isProtection: small[11] >= PROTECTION,
      number: large[0],
      reference: large[1],
      serial: large[2],
      cycles: large[3],
      space: large[4]
    }
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
