/** Tells the window how a session stands: at once when asked, and while it runs as often as it is drawn. */
import type { Snapshot } from '@shared/model/snapshot'
import type { Pace } from '../pace'
import type { WalkLooking } from '../walk-looking'
import type { SessionCore } from './core'

const MS_BETWEEN = 50
/** Where nobody looks at more than how far the run is. */
const MS_BETWEEN_UNSEEN = 1000

export class Snapshots {
  private lastAt = 0
  private msBetween = MS_BETWEEN

  constructor(
    private readonly core: SessionCore,
    private readonly pace: Pace,
    private readonly looking: WalkLooking,
    private readonly send: (snapshot: Snapshot) => void
  ) {}

  /** Looking costs a barrier; where nothing is drawn it is rare. */
  setDrawing(isDrawn: boolean): void {
    this.msBetween = isDrawn ? MS_BETWEEN : MS_BETWEEN_UNSEEN
  }

  get isDue(): boolean {
    return performance.now() - this.lastAt >= this.msBetween
  }

  /** A barrier's worth of looking: everything the window shows. Changes nothing. */
  sendNow(): Promise<void> {
    return this.core.turns.take(() => this.sendInTurn())
  }

  /** In a turn. */
  async sendInTurn(): Promise<void> {
    const snapshot = await this.make()
    this.lastAt = performance.now()
    this.send(snapshot)
  }

  private async make(): Promise<Snapshot> {
    const { spec, lanes, lockStep, status } = this.core
    await this.looking.keepSlowest(lockStep.accesses, spec.warmup)
    const looks = await Promise.all(lanes.clients.map((lane) => lane.snapshot()))
    return {
      session: status.number,
      state: status.state,
      references: lockStep.accesses,
      referencesTotal: spec.warmup + spec.references,
      warmup: spec.warmup,
      referencesPerSecond: status.state === 'running' ? this.pace.perSecond : 0,
      cooperation: status.cooperation,
      lanes: looks.map((look, i) => ({ ...look, slowest: this.looking.slowestOf(i) })),
      markers: status.markers,
      sameTranslations: lockStep.sameTranslations,
      firstDifference: lockStep.firstError?.reference ?? 0
    }
  }
}
