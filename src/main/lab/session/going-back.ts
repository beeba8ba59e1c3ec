/** Goes back in a run: from a point that is kept, or from the beginning of a new session of the same spec. */
import type { Marker } from '@shared/model/snapshot'
import type { ProgressReport } from '../progress'
import type { History } from '../rewind/history'
import type { WalkLooking } from '../walk-looking'
import type { Advance } from './advance'
import type { SessionCore } from './core'
import type { Snapshots } from './snapshots'
import { isSwitch, type Switches } from './switches'

/** Accesses before the one gone back to at which a point is kept, so that the next ways back are short. */
const KEPT_BEFORE = 1000

/** How to get to where a session stood, from a new one of the same spec. */
export interface Past {
  readonly accesses: number
  /** What a person switched on the way. */
  readonly switches: readonly Marker[]
}

/** What goes back, or is needed to get there. */
interface Means {
  readonly history: History
  readonly looking: WalkLooking
  readonly advance: Advance
  readonly switches: Switches
  readonly snapshots: Snapshots
  /** There is memory for points; else going back begins at the start. */
  readonly mayKeep: boolean
}

export class GoingBack {
  constructor(
    private readonly core: SessionCore,
    private readonly means: Means
  ) {}

  /** Keeps the present as a point. */
  keep(): Promise<void> {
    return this.core.turns.take(async () => {
      if (this.means.mayKeep) await this.means.history.keep()
    })
  }

  /** By so many accesses where a point to start from is kept; else nothing happens and it is false. */
  by(accesses: number): Promise<boolean> {
    const target = this.before(accesses)
    return this.core.turns.take(async () => {
      if (!(await this.means.history.goBack(target))) return false
      await this.goOnTo(target)
      await this.means.snapshots.sendInTurn()
      return true
    })
  }

  /** Where it stood so many accesses ago. */
  past(accesses: number): Past {
    const target = this.before(accesses)
    const isBefore = (marker: Marker): boolean => isSwitch(marker) && marker.reference <= target
    return { accesses: target, switches: this.core.status.markers.filter(isBefore) }
  }

  /** From the beginning to where another session of the same spec stood; an aborted one stays on the way. */
  async replay({ accesses, switches }: Past, report: ProgressReport, signal: AbortSignal): Promise<void> {
    const goTo = (target: number): Promise<void> =>
      this.core.turns.take(() =>
        this.means.advance.to(target, () => {
          report('Going back', this.core.lockStep.accesses, accesses, 'accesses')
          return !signal.aborted
        })
      )
    for (const marker of switches) {
      await goTo(marker.reference)
      if (!signal.aborted) await this.means.switches.again(marker)
    }
    await goTo(accesses - KEPT_BEFORE)
    await this.keep()
    await goTo(accesses)
    this.core.status.state = 'paused'
    await this.means.snapshots.sendNow()
  }

  private before(accesses: number): number {
    return Math.max(0, this.core.lockStep.accesses - accesses)
  }

  /** From the point that it has gone back to. */
  private async goOnTo(target: number): Promise<void> {
    const { lockStep, status } = this.core
    this.means.looking.forgetAfter(lockStep.accesses)
    status.forgetAfter(lockStep.accesses)
    await this.means.advance.to(target, () => status.state === 'paused')
    status.renumber()
  }
}
