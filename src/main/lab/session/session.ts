/**
 * One experiment from set-up to result: lanes in lock step over one stream. Commands come at any time and take
 * effect at the next barrier, so all lanes see them at the same access.
 */
import { wholeWalkChoice, type WalkChoice } from '@shared/contract/lab-contract'
import type { LaneFacts } from '@shared/formulas/lane-facts'
import type { LabEvent } from '@shared/model/lab-event'
import type { RunFormula, RunResult } from '@shared/model/result'
import type { RunState, SessionInfo, Snapshot } from '@shared/model/snapshot'
import type { LabSpec } from '@shared/model/spec'
import type { WalkHistogram } from '@shared/model/walk-histogram'
import type { WalkPlaces } from '@shared/model/walk-places'
import type { WalkRecord, WalkSummary } from '@shared/model/walk-record'
import type { KeptSurveys } from '../../traces/kept-surveys'
import type { LaneClient } from '../lane-protocol'
import { LaneSet } from '../lane-set'
import { LockStep } from '../lock-step'
import { checkMemory, lanesBytes } from '../memory-need'
import { MemoryLooking } from '../memory-looking'
import { openSource, type OpenedSource } from '../open-source'
import { Pace } from '../pace'
import type { LabHost } from '../ports'
import type { ProgressReport } from '../progress'
import { History } from '../rewind/history'
import { StreamBuffer, crossingReferences } from '../stream-buffer'
import { Turns } from '../turns'
import { WalkLooking } from '../walk-looking'
import { Advance } from './advance'
import type { SessionCore } from './core'
import { GoingBack, type Past } from './going-back'
import { Results } from './results'
import { Running } from './running'
import { Snapshots } from './snapshots'
import { SessionStatus } from './status'
import { Switches } from './switches'

const MOST_WALKS_LISTED = 256
/** A stream may make no walk for long; then stepping to the next one gives up here. */
const MOST_STEPS_TO_WALK = 100_000
/** The lanes themselves, and two points that they can go back to. */
const LANES_AND_POINTS = 3

export interface SessionEvents {
  snapshot(snapshot: Snapshot): void
  failed(message: string): void
}

export class Session {
  readonly memory: MemoryLooking
  private readonly core: SessionCore
  private readonly pace = new Pace(() => performance.now())
  private readonly looking: WalkLooking
  private readonly snapshots: Snapshots
  private readonly running: Running
  private readonly switches: Switches
  private readonly goingBack: GoingBack
  private readonly results: Results

  private constructor(
    readonly spec: LabSpec,
    host: LabHost,
    private readonly opened: OpenedSource,
    private readonly lanes: LaneSet,
    stream: StreamBuffer,
    events: SessionEvents
  ) {
    const lockStep = new LockStep(lanes.clients, stream)
    const status = new SessionStatus(spec.cooperation, (message) => events.failed(message))
    const core: SessionCore = { spec, lanes, lockStep, turns: new Turns(), status }
    const history = new History(lanes.clients, lockStep, stream)
    const advance = new Advance(core)
    const mayKeep = LANES_AND_POINTS * lanesBytes(spec, opened.source) <= host.usableMemory()
    this.core = core
    this.memory = new MemoryLooking(spec, core.turns, (lane) => lanes.at(lane))
    this.looking = new WalkLooking(lanes.clients)
    this.snapshots = new Snapshots(core, this.pace, this.looking, (snapshot) => events.snapshot(snapshot))
    this.running = new Running(core, this.pace, advance, this.snapshots)
    this.switches = new Switches(core, history, this.snapshots)
    this.goingBack = new GoingBack(core, {
      history,
      looking: this.looking,
      advance,
      switches: this.switches,
      snapshots: this.snapshots,
      mayKeep
    })
    this.results = new Results(core, opened.info, host.version)
  }

  /** Opens the stream, starts the lanes, populates memory. @throws UserError for bad files */
  static async prepare(
    spec: LabSpec,
    host: LabHost,
    events: SessionEvents,
    report: ProgressReport,
    signal: AbortSignal,
    surveys?: KeptSurveys
  ): Promise<Session> {
    const opened = await openSource(spec, host, report, { signal, surveys })
    checkMemory(spec, opened.source, host.usableMemory())
    const stream = new StreamBuffer(opened.source, spec.warmup, spec.references, crossingReferences(spec))
    const prepared: { session: Session | null; error: Error | null } = { session: null, error: null }
    const lanes = new LaneSet(spec, host, (error) => {
      prepared.error ??= error
      prepared.session?.core.status.fail(error)
    })
    const session = new Session(spec, host, opened, lanes, stream, events)
    try {
      session.core.status.endFor([await lanes.prepare(opened.source, stream, report, signal)])
      prepared.session = session
      return session
    } catch (error) {
      await session.close()
      throw prepared.error ?? error
    }
  }

  get state(): RunState {
    return this.core.status.state
  }

  /** What made the session fail, if it has. */
  get failure(): Error | null {
    return this.core.status.failure
  }

  get info(): SessionInfo {
    return { session: this.core.status.number, spec: this.spec, source: this.opened.info }
  }

  /** Runs until the stream ends or someone pauses; resolves when it has stopped. */
  run(): Promise<void> {
    return this.running.drive({ accesses: Infinity, untilWalk: false })
  }

  async step(accesses: number): Promise<void> {
    await this.goingBack.keep()
    await this.running.drive({ accesses, untilWalk: false })
  }

  async stepToWalk(): Promise<void> {
    await this.goingBack.keep()
    await this.running.drive({ accesses: MOST_STEPS_TO_WALK, untilWalk: true })
  }

  pause(): Promise<void> {
    return this.running.pause()
  }

  /** Goes back by so many accesses where a point to start from is kept; else nothing happens and it is false. */
  async goBack(accesses: number): Promise<boolean> {
    await this.pause()
    return this.goingBack.by(accesses)
  }

  /** Where it stood so many accesses ago. */
  past(accesses: number): Past {
    return this.goingBack.past(accesses)
  }

  /** Goes, from its beginning, to where another session of the same spec stood; an aborted one stays on the way. */
  replay(past: Past, report: ProgressReport, signal: AbortSignal): Promise<void> {
    return this.goingBack.replay(past, report, signal)
  }

  /** Stops for good; what has been run so far is the result, marked partial. */
  async cancel(reason: string): Promise<void> {
    await this.pause()
    const { status } = this.core
    if (!status.isOver) status.endEarly(reason)
  }

  setDrawing(isDrawn: boolean): void {
    this.snapshots.setDrawing(isDrawn)
  }

  setSpeed(accessesPerSecond: number | null): void {
    this.pace.limit = accessesPerSecond
  }

  /** @throws UserError for a lane whose design neither has registers nor can be given them */
  setDmt(lane: number, on: boolean): Promise<void> {
    return this.switches.setDmt(lane, on)
  }

  setCooperation(on: boolean): Promise<void> {
    return this.switches.setCooperation(on)
  }

  /** @throws UserError for a bucket of a lane that does not exist */
  walks(choice: WalkChoice): Promise<(WalkRecord | null)[]> {
    return this.core.turns.take(() => {
      const whole = wholeWalkChoice(choice)
      this.lanes.at(whole.lane)
      return this.looking.get(whole)
    })
  }

  histogram(lane: number): Promise<WalkHistogram> {
    return this.askLane(lane, (one) => one.histogram())
  }

  walkPlaces(lane: number): Promise<WalkPlaces> {
    return this.askLane(lane, (one) => one.places())
  }

  walkList(lane: number): Promise<WalkSummary[]> {
    return this.askLane(lane, (one) => one.walks(MOST_WALKS_LISTED))
  }

  laneEvents(lane: number, after: number): Promise<LabEvent[]> {
    return this.askLane(lane, (one) => one.events(after))
  }

  formula(): Promise<RunFormula | null> {
    return this.results.formula()
  }

  facts(): Promise<LaneFacts[]> {
    return this.results.facts()
  }

  result(): Promise<RunResult> {
    return this.results.whole()
  }

  /** Tells of the session as it stands, whether anything has changed or not. */
  snapshotNow(): Promise<void> {
    return this.snapshots.sendNow()
  }

  async close(): Promise<void> {
    await this.pause()
    await this.opened.source.close?.()
    // What was asked before is answered first.
    await this.core.turns.take(async () => this.lanes.close())
  }

  /** @throws UserError for a lane that does not exist */
  private askLane<T>(lane: number, question: (lane: LaneClient) => Promise<T>): Promise<T> {
    return this.core.turns.take(() => question(this.lanes.at(lane)))
  }
}
