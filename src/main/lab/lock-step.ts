/** Runs the lanes over the same accesses, slice by slice, and compares at each barrier what they reached. */
import type { BarrierReport, LaneClient } from './lane-protocol'
import type { StreamBuffer } from './stream-buffer'
import type { TranslationError } from './translation-error'

export interface Step {
  readonly accesses: number
  /** The stream, or what was asked of it, is at its end. */
  readonly atEnd: boolean
  /** A lane made a walk. */
  readonly walked: boolean
  /** The warm-up ended with this slice. */
  readonly warmedUp: boolean
  /** Why a lane cannot go on; null when all can. */
  readonly ended: string | null
}

/** What has been compared so far; to be put back when the lanes go back. */
export interface LockStepState {
  readonly accesses: number
  readonly sameTranslations: boolean
  readonly firstError: TranslationError | null
  readonly walks: number
}

const NOTHING: Step = { accesses: 0, atEnd: true, walked: false, warmedUp: false, ended: null }

export class LockStep {
  /** Accesses done, warm-up included. */
  accesses = 0
  sameTranslations = true
  firstError: TranslationError | null = null
  private walks = 0

  constructor(
    private readonly lanes: readonly LaneClient[],
    private readonly stream: StreamBuffer
  ) {}

  async advance(most: number): Promise<Step> {
    const wasWarming = this.stream.warmup > 0
    const slice = await this.stream.take(most)
    if (slice === null) return NOTHING
    const reports = await Promise.all(this.lanes.map((lane) => lane.run(slice.buffer, slice.from, slice.to)))
    const done = Math.min(...reports.map((report) => report.accesses))
    const accesses = done - this.accesses
    this.accesses = done
    this.compare(reports)
    const warmedUp = wasWarming && this.stream.warmup === 0
    if (warmedUp) await Promise.all(this.lanes.map((lane) => lane.endWarmup()))
    const ended = reports.find((report) => report.ended !== null)?.ended ?? null
    return { accesses, atEnd: false, walked: this.hasWalked(reports), warmedUp, ended }
  }

  get state(): LockStepState {
    const { accesses, sameTranslations, firstError, walks } = this
    return { accesses, sameTranslations, firstError, walks }
  }

  set state(state: LockStepState) {
    Object.assign(this, state)
  }

  private compare(reports: readonly BarrierReport[]): void {
    const [first] = reports
    for (const report of reports) {
      // A lane that ended midway has reached fewer pages, not other ones.
      const isBehind = report.accesses !== first.accesses
      const isSame = isBehind || (report.hashA === first.hashA && report.hashB === first.hashB)
      if (!isSame || report.error) this.sameTranslations = false
      if (report.error && (!this.firstError || report.error.reference < this.firstError.reference)) {
        this.firstError = report.error
      }
    }
  }

  private hasWalked(reports: readonly BarrierReport[]): boolean {
    const walks = reports.reduce((sum, report) => sum + report.walks, 0)
    const walked = walks > this.walks
    this.walks = walks
    return walked
  }
}
