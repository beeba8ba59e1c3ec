/**
 * One experiment from set-up to result: lanes in lock step over one stream. Commands come at any time and take
 * effect at the next barrier, so all lanes see them at the same access.
 */
import { UserError } from '@shared/model/user-error'
import { wholeWalkChoice, type WalkChoice } from '@shared/contract/lab-contract'
import type { LaneFacts } from '@shared/formulas/lane-facts'
import type { LabEvent } from '@shared/model/lab-event'
import type { RunFormula, RunResult } from '@shared/model/result'
import { RUN_SCHEMA } from '@shared/model/result'
import type { Marker, RunState, SessionInfo, Snapshot } from '@shared/model/snapshot'
import type { LabSpec } from '@shared/model/spec'
import type { WalkHistogram } from '@shared/model/walk-histogram'
import type { WalkPlaces } from '@shared/model/walk-places'
import type { WalkRecord, WalkSummary } from '@shared/model/walk-record'
import { designOf } from '../designs'
import { radix } from '../designs/radix'
import type { KeptSurveys } from '../traces/kept-surveys'
import { compareLanes } from './comparison'
import { LaneSet } from './lane-set'
import { LockStep, type Step } from './lock-step'
import { checkMemory, lanesBytes } from './memory-need'
import { openSource, type OpenedSource } from './open-source'
import { MemoryLooking } from './memory-looking'
import { Pace } from './pace'
import type { LabHost } from './ports'
import type { ProgressReport } from './progress'
import { provenanceOf } from './provenance'
import { History } from './rewind/history'
import { isFormulaLane } from './run-formula'
import { BATCH_CAPACITY, StreamBuffer, crossingReferences } from './stream-buffer'
import { Turns } from './turns'
import { WalkLooking } from './walk-looking'

const MS_BETWEEN_SNAPSHOTS = 50
/** Where nobody looks at more than how far the run is. */
const MS_BETWEEN_UNSEEN = 1000
/** A pause is answered within this. */
const MOST_WAIT_MS = 50
const MOST_WALKS_LISTED = 256
/** A stream may make no walk for long; then stepping to the next one gives up here. */
const MOST_STEPS_TO_WALK = 100_000

export interface SessionEvents {
  snapshot(snapshot: Snapshot): void
  failed(message: string): void
}

/** How to get to where a session stood, from a new one of the same spec. */
export interface Past {
  readonly accesses: number
  /** What a person switched on the way. */
  readonly switches: readonly Marker[]
}

/** Until when a drive goes on: for so many accesses, or until a lane walks. */
interface Goal {
  accesses: number
  readonly untilWalk: boolean
}

/** A lane reached another page than its own: a defect of the lab, never of the experiment. */
export class TranslationDefect extends Error {
  override readonly name = 'TranslationDefect'
}

/** The lanes themselves, and two points that they can go back to. */
const LANES_AND_POINTS = 3
/** Accesses before the one gone back to at which a point is kept, so that the next ways back are short. */
const KEPT_BEFORE = 1000
/** Accesses at a time while nothing is shown. */
const UNSEEN_SLICE = 16_384

/** How a switch that a marker tells of is made again. */
const SWITCHES: Partial<Record<Marker['kind'], (session: Session, lane: number) => Promise<void>>> = {
  'dmt-on': (session, lane) => session.setDmt(lane, true),
  'dmt-off': (session, lane) => session.setDmt(lane, false),
  'cooperation-on': (session) => session.setCooperation(true),
  'cooperation-off': (session) => session.setCooperation(false)
}

let sessions = 0

export class Session {
  /** Another one when what has been told of it no longer holds. */
  number = ++sessions
  state: RunState = 'ready'
  /** What made the session fail, if it has. */
  failure: Error | null = null
  private readonly turns = new Turns()
  private readonly pace = new Pace(() => performance.now())
  readonly memory: MemoryLooking
  private readonly lockStep: LockStep
  private readonly looking: WalkLooking
  private readonly history: History
  private markers: Marker[] = []
  private readonly mayKeep: boolean
  private cooperation: boolean
  private partialReason: string | null = null
  private lastSnapshotAt = 0
  private betweenSnapshots = MS_BETWEEN_SNAPSHOTS
  private driving: Promise<void> = Promise.resolve()
  private goal: Goal | null = null

  private constructor(
    readonly spec: LabSpec,
    private readonly host: LabHost,
    private readonly opened: OpenedSource,
    private readonly lanes: LaneSet,
    stream: StreamBuffer,
    private readonly events: SessionEvents
  ) {
    this.lockStep = new LockStep(lanes.clients, stream)
    this.looking = new WalkLooking(lanes.clients)
    this.history = new History(lanes.clients, this.lockStep, stream)
    this.memory = new MemoryLooking(spec, this.turns, (lane) => this.laneAt(lane))
    this.cooperation = spec.cooperation
    this.mayKeep = LANES_AND_POINTS * lanesBytes(spec, opened.source) <= host.usableMemory()
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
      prepared.session?.fail(error)
    })
    const session = new Session(spec, host, opened, lanes, stream, events)
    try {
      session.endFor([await lanes.prepare(opened.source, stream, report, signal)])
      prepared.session = session
      return session
    } catch (error) {
      await session.close()
      throw prepared.error ?? error
    }
  }

  get info(): SessionInfo {
    return { session: this.number, spec: this.spec, source: this.opened.info }
  }

  /** Runs until the stream ends or someone pauses; resolves when it has stopped. */
  run(): Promise<void> {
    return this.drive({ accesses: Infinity, untilWalk: false })
  }

  async step(accesses: number): Promise<void> {
    await this.keep()
    await this.drive({ accesses, untilWalk: false })
  }

  async stepToWalk(): Promise<void> {
    await this.keep()
    await this.drive({ accesses: MOST_STEPS_TO_WALK, untilWalk: true })
  }

  /** Goes back by so many accesses where a point to start from is kept; else nothing happens and it is false. */
  async goBack(accesses: number): Promise<boolean> {
    await this.pause()
    const target = Math.max(0, this.lockStep.accesses - accesses)
    return this.turns.take(async () => {
      if (!(await this.history.goBack(target))) return false
      this.forgetAfter(this.lockStep.accesses)
      await this.advanceTo(target, () => this.state === 'paused')
      // What was told before reaches further than it now is.
      this.number = ++sessions
      await this.tell()
      return true
    })
  }

  /** Where it stood so many accesses ago. */
  past(accesses: number): Past {
    const target = Math.max(0, this.lockStep.accesses - accesses)
    const switches = this.markers.filter(({ kind, reference }) => kind in SWITCHES && reference <= target)
    return { accesses: target, switches }
  }

  /** Goes, from its beginning, to where another session of the same spec stood; an aborted one stays on the way. */
  async replay({ accesses, switches }: Past, report: ProgressReport, signal: AbortSignal): Promise<void> {
    const goesOn = (): boolean => {
      report('Going back', this.lockStep.accesses, accesses, 'accesses')
      return !signal.aborted
    }
    for (const marker of switches) {
      await this.turns.take(() => this.advanceTo(marker.reference, goesOn))
      if (!signal.aborted) await SWITCHES[marker.kind]?.(this, marker.lane ?? 0)
    }
    await this.turns.take(() => this.advanceTo(accesses - KEPT_BEFORE, goesOn))
    await this.keep()
    await this.turns.take(() => this.advanceTo(accesses, goesOn))
    this.state = 'paused'
    await this.snapshotNow()
  }

  async pause(): Promise<void> {
    if (this.state === 'running') this.state = 'paused'
    await this.driving
  }

  /** Stops for good; what has been run so far is the result, marked partial. */
  async cancel(reason: string): Promise<void> {
    await this.pause()
    if (this.state === 'finished' || this.state === 'failed') return
    this.partialReason = reason
    this.state = 'finished'
  }

  /** Looking costs a barrier; where nothing is drawn it is rare. */
  setDrawing(isDrawn: boolean): void {
    this.betweenSnapshots = isDrawn ? MS_BETWEEN_SNAPSHOTS : MS_BETWEEN_UNSEEN
  }

  setSpeed(accessesPerSecond: number | null): void {
    this.pace.limit = accessesPerSecond
  }

  /** @throws UserError for a lane whose design neither has registers nor can be given them */
  async setDmt(lane: number, on: boolean): Promise<void> {
    const id = this.spec.lanes[lane]
    if (id !== undefined && id !== radix.info.id && !designOf(id).info.hasRegisters)
      throw new UserError(
        `${id} has no registers to switch`,
        `lane ${lane + 1}`,
        'choose radix, dmt or pvdmt'
      )
    await this.turns.take(async () => {
      await this.history.forget()
      this.endFor([await this.laneAt(lane).setDmt(on)])
      this.mark(lane, on ? 'dmt-on' : 'dmt-off')
    })
    await this.snapshotNow()
  }

  async setCooperation(on: boolean): Promise<void> {
    await this.turns.take(async () => {
      await this.history.forget()
      this.endFor(await Promise.all(this.lanes.clients.map((lane) => lane.setCooperation(on))))
      this.cooperation = on
      this.mark(null, on ? 'cooperation-on' : 'cooperation-off')
    })
    await this.snapshotNow()
  }

  /** @throws UserError for a bucket of a lane that does not exist */
  walks(choice: WalkChoice): Promise<(WalkRecord | null)[]> {
    return this.turns.take(() => {
      const whole = wholeWalkChoice(choice)
      this.laneAt(whole.lane)
      return this.looking.get(whole)
    })
  }

  histogram(lane: number): Promise<WalkHistogram> {
    return this.turns.take(() => this.laneAt(lane).histogram())
  }

  walkPlaces(lane: number): Promise<WalkPlaces> {
    return this.turns.take(() => this.laneAt(lane).places())
  }

  walkList(lane: number): Promise<WalkSummary[]> {
    return this.turns.take(() => this.laneAt(lane).walks(MOST_WALKS_LISTED))
  }

  laneEvents(lane: number, after: number): Promise<LabEvent[]> {
    return this.turns.take(() => this.laneAt(lane).events(after))
  }

  /** The paper's formulas on the walks of the first radix lane so far; null where they have no meaning. */
  formula(): Promise<RunFormula | null> {
    return this.turns.take(() => this.formulaNow())
  }

  /** What each lane has measured so far. */
  facts(): Promise<LaneFacts[]> {
    return this.turns.take(() => Promise.all(this.lanes.clients.map((lane) => lane.facts())))
  }

  async result(): Promise<RunResult> {
    const [lanes, formula] = await this.turns.take(() =>
      Promise.all([Promise.all(this.lanes.clients.map((lane) => lane.result())), this.formulaNow()])
    )
    const reason = this.partialReason ?? (this.state === 'finished' ? null : 'the run had not ended')
    return {
      schema: RUN_SCHEMA,
      partial: reason !== null,
      ...(reason === null ? {} : { partialReason: reason }),
      app: { version: this.host.version },
      spec: this.spec,
      source: this.opened.info,
      lanes,
      comparison: compareLanes(lanes, this.lockStep.sameTranslations, this.lockStep.firstError?.reference),
      ...(formula === null ? {} : { formula }),
      provenance: provenanceOf(this.spec, this.opened.info, formula)
    }
  }

  async close(): Promise<void> {
    await this.pause()
    await this.opened.source.close?.()
    this.lanes.close()
  }

  /** A barrier's worth of looking: everything the window shows. Changes nothing. */
  snapshotNow(): Promise<void> {
    return this.turns.take(() => this.tell())
  }

  /** Goes on towards a goal once the drive before, which may still be at its last slice, has stopped. */
  private drive(goal: Goal): Promise<void> {
    if (this.state === 'running') return this.driving
    if (this.state === 'finished' || this.state === 'failed') return Promise.resolve()
    this.state = 'running'
    this.goal = goal
    this.driving = this.driving.then(() => this.loop(goal)).catch((error: Error) => this.fail(error))
    return this.driving
  }

  private isDriving(goal: Goal): boolean {
    return this.state === 'running' && this.goal === goal
  }

  private async loop(goal: Goal): Promise<void> {
    await this.snapshotNow()
    this.pace.start()
    while (this.isDriving(goal)) {
      const most = goal.untilWalk ? 1 : Math.min(goal.accesses, BATCH_CAPACITY)
      const step = await this.turns.take(() => this.lockStep.advance(this.pace.slice(most)))
      this.afterStep(step, goal)
      if (!this.isDriving(goal)) break
      const wait = this.pace.book(step.accesses)
      if (wait > 0) await this.waitFor(wait, goal)
      if (performance.now() - this.lastSnapshotAt >= this.betweenSnapshots) await this.snapshotNow()
    }
    await this.snapshotNow()
  }

  private afterStep(step: Step, goal: Goal): void {
    goal.accesses -= step.accesses
    this.book(step)
    if (step.atEnd) this.state = 'finished'
    else if (this.isDriving(goal) && (goal.accesses <= 0 || (goal.untilWalk && step.walked)))
      this.state = 'paused'
  }

  private book(step: Step): void {
    const { firstError } = this.lockStep
    if (this.spec.verify && firstError) throw new TranslationDefect(firstError.text)
    if (step.warmedUp) this.mark(null, 'warm-up-end')
    this.endFor([step.ended])
  }

  /** A machine that takes more memory than is left is not kept: going back then begins at the start. */
  private keep(): Promise<void> {
    return this.turns.take(async () => {
      if (this.mayKeep) await this.history.keep()
    })
  }

  /** Runs without showing anything. In a turn. */
  private async advanceTo(accesses: number, goesOn: () => boolean): Promise<void> {
    while (this.lockStep.accesses < accesses && goesOn()) {
      const step = await this.lockStep.advance(Math.min(accesses - this.lockStep.accesses, UNSEEN_SLICE))
      this.book(step)
      if (step.atEnd) return
    }
  }

  private forgetAfter(accesses: number): void {
    this.markers = this.markers.filter(({ reference }) => reference <= accesses)
    this.looking.forgetAfter(accesses)
    this.partialReason = null
    this.state = 'paused'
  }

  /** In a turn. */
  private async tell(): Promise<void> {
    const snapshot = await this.snapshot()
    this.lastSnapshotAt = performance.now()
    this.events.snapshot(snapshot)
  }

  /** Waits in short pieces, so that a pause is answered at once even at one access a second. */
  private async waitFor(milliseconds: number, goal: Goal): Promise<void> {
    const until = performance.now() + milliseconds
    while (this.isDriving(goal) && performance.now() < until) {
      const piece = Math.min(MOST_WAIT_MS, until - performance.now())
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, piece)))
    }
  }

  private async snapshot(): Promise<Snapshot> {
    await this.looking.keepSlowest(this.lockStep.accesses)
    const lanes = await Promise.all(this.lanes.clients.map((lane) => lane.snapshot()))
    return {
      session: this.number,
      state: this.state,
      references: this.lockStep.accesses,
      referencesTotal: this.spec.warmup + this.spec.references,
      warmup: this.spec.warmup,
      referencesPerSecond: this.state === 'running' ? this.pace.perSecond : 0,
      cooperation: this.cooperation,
      lanes: lanes.map((lane, i) => ({ ...lane, slowest: this.looking.slowestOf(i) })),
      markers: [...this.markers],
      sameTranslations: this.lockStep.sameTranslations,
      firstDifference: this.lockStep.firstError?.reference ?? 0
    }
  }

  private async formulaNow(): Promise<RunFormula | null> {
    const lane = this.spec.lanes.findIndex(isFormulaLane)
    return lane < 0 ? null : this.laneAt(lane).formula()
  }

  private laneAt(index: number): LaneSet['clients'][number] {
    const lane = this.lanes.clients[index]
    if (!lane)
      throw new UserError(
        `there is no lane ${index + 1}`,
        `the set-up has ${this.lanes.clients.length}`,
        'choose one of those'
      )
    return lane
  }

  /** The run is over when a lane cannot go on; the reason stands in its result. */
  private endFor(reasons: readonly (string | null)[]): void {
    const reason = reasons.find((r) => r !== null)
    if (reason == null) return
    this.partialReason = reason
    this.state = 'finished'
  }

  private mark(lane: number | null, kind: Marker['kind']): void {
    this.markers.push({ reference: this.lockStep.accesses, lane, kind })
  }

  private fail(error: Error): void {
    if (this.state === 'failed') return
    this.state = 'failed'
    this.partialReason = error.message
    this.failure = error
    this.events.failed(error.message)
  }
}
