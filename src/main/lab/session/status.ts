/** How a session stands: its state, why it is not whole, and what was switched on the way. */
import type { Marker, RunState } from '@shared/model/snapshot'

let sessions = 0

export class SessionStatus {
  /** Another one when what has been told of the session no longer holds. */
  number = ++sessions
  state: RunState = 'ready'
  /** What made the session fail, if it has. */
  failure: Error | null = null
  markers: readonly Marker[] = []
  private reason: string | null = null

  constructor(
    /** Whether guests ask the layers below for frames: as in the spec until it is switched. */
    public cooperation: boolean,
    private readonly onFailed: (message: string) => void
  ) {}

  get isOver(): boolean {
    return this.state === 'finished' || this.state === 'failed'
  }

  /** Why a result would be partial now; null where the run has ended. */
  get partialReason(): string | null {
    return this.reason ?? (this.state === 'finished' ? null : 'the run had not ended')
  }

  mark(reference: number, lane: number | null, kind: Marker['kind']): void {
    this.markers = [...this.markers, { reference, lane, kind }]
  }

  /** Ends before the stream does. */
  endEarly(reason: string): void {
    this.reason = reason
    this.state = 'finished'
  }

  /** The run is over when a lane cannot go on; the reason stands in its result. */
  endFor(reasons: readonly (string | null)[]): void {
    const reason = reasons.find((one) => one !== null)
    if (reason != null) this.endEarly(reason)
  }

  fail(error: Error): void {
    if (this.state === 'failed') return
    this.state = 'failed'
    this.reason = error.message
    this.failure = error
    this.onFailed(error.message)
  }

  /** The lanes went back to so many accesses. */
  forgetAfter(accesses: number): void {
    this.markers = this.markers.filter(({ reference }) => reference <= accesses)
    this.reason = null
    this.state = 'paused'
  }

  /** What was told before reaches further than the lanes now are. */
  renumber(): void {
    this.number = ++sessions
  }
}
