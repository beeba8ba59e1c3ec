/** Drives the lanes towards a goal, slice after slice, at the chosen speed, until it is reached or someone pauses. */
import type { Step } from '../lock-step'
import type { Pace } from '../pace'
import { BATCH_CAPACITY } from '../stream-buffer'
import type { Advance } from './advance'
import type { SessionCore } from './core'
import type { Snapshots } from './snapshots'

/** A pause is answered within this. */
const MOST_WAIT_MS = 50

/** Until when a drive goes on: for so many accesses, or until a lane walks. */
interface Goal {
  accesses: number
  readonly untilWalk: boolean
}

export class Running {
  private driving: Promise<void> = Promise.resolve()
  private goal: Goal | null = null

  constructor(
    private readonly core: SessionCore,
    private readonly pace: Pace,
    private readonly advance: Advance,
    private readonly snapshots: Snapshots
  ) {}

  /** Goes on once the drive before, which may still be at its last slice, has stopped; resolves when this one has. */
  drive(goal: Goal): Promise<void> {
    const { status } = this.core
    if (status.state === 'running') return this.driving
    if (status.isOver) return Promise.resolve()
    status.state = 'running'
    this.goal = goal
    this.driving = this.driving.then(() => this.loop(goal)).catch((error: Error) => status.fail(error))
    return this.driving
  }

  async pause(): Promise<void> {
    const { status } = this.core
    if (status.state === 'running') status.state = 'paused'
    await this.driving
  }

  private isDriving(goal: Goal): boolean {
    return this.core.status.state === 'running' && this.goal === goal
  }

  private async loop(goal: Goal): Promise<void> {
    await this.snapshots.sendNow()
    this.pace.start()
    while (this.isDriving(goal)) await this.slice(goal)
    await this.snapshots.sendNow()
  }

  private async slice(goal: Goal): Promise<void> {
    const most = goal.untilWalk ? 1 : Math.min(goal.accesses, BATCH_CAPACITY)
    const step = await this.core.turns.take(() => this.advance.by(this.pace.slice(most)))
    this.stopIfReached(goal, step)
    if (!this.isDriving(goal)) return
    const wait = this.pace.book(step.accesses)
    if (wait > 0) await this.waitFor(wait, goal)
    if (this.snapshots.isDue) await this.snapshots.sendNow()
  }

  private stopIfReached(goal: Goal, { accesses, atEnd, walked }: Step): void {
    const { status } = this.core
    goal.accesses -= accesses
    const isReached = goal.accesses <= 0 || (goal.untilWalk && walked)
    if (atEnd) status.state = 'finished'
    else if (this.isDriving(goal) && isReached) status.state = 'paused'
  }

  /** Waits in short pieces, so that a pause is answered at once even at one access a second. */
  private async waitFor(milliseconds: number, goal: Goal): Promise<void> {
    const until = performance.now() + milliseconds
    while (this.isDriving(goal) && performance.now() < until) {
      const piece = Math.min(MOST_WAIT_MS, until - performance.now())
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, piece)))
    }
  }
}
