/** Points of a session that it can go back to: the lanes, the stream and what was compared, as they were. */
import type { LaneClient } from '../lane-protocol'
import type { LockStep, LockStepState } from '../lock-step'
import type { StreamBuffer, StreamPosition } from '../stream-buffer'

/** The older of two points is replaced in turn, so that there is always one some way back. */
const SLOTS = 2
/** Accesses that the newest point must lie behind before another one is kept. */
const APART = 1000

interface Point {
  readonly slot: number
  readonly stream: StreamPosition
  readonly lockStep: LockStepState
}

export class History {
  private points: Point[] = []

  constructor(
    private readonly lanes: readonly LaneClient[],
    private readonly lockStep: LockStep,
    private readonly stream: StreamBuffer
  ) {}

  /** Keeps the present, unless a point lies near enough behind it. */
  async keep(): Promise<void> {
    const newest = this.points.at(-1)
    if (newest && this.lockStep.accesses - newest.lockStep.accesses < APART) return
    const slot = newest ? (newest.slot + 1) % SLOTS : 0
    await Promise.all(this.lanes.map((lane) => lane.keep(slot)))
    const kept = this.points.filter((point) => point.slot !== slot)
    this.points = [...kept, { slot, stream: this.stream.position, lockStep: this.lockStep.state }]
  }

  /** Goes back to the last point at or before so many accesses; false when there is none any more. */
  async goBack(accesses: number): Promise<boolean> {
    const point = this.points.findLast(({ lockStep }) => lockStep.accesses <= accesses)
    if (!point || !this.stream.seek(point.stream)) return false
    await Promise.all(this.lanes.map((lane) => lane.goBack(point.slot)))
    this.lockStep.state = point.lockStep
    this.points = this.points.slice(0, this.points.indexOf(point) + 1)
    return true
  }

  /** Something was done that the stream does not tell: what lies before it cannot be repeated from there. */
  async forget(): Promise<void> {
    this.points = []
    await Promise.all(this.lanes.map((lane) => lane.forget()))
  }
}
