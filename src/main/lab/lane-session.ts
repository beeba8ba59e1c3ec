/** A lane and what is kept about its run: set-up cost, warm-up, series, switches, result. */
import { batchOver, type AccessBatch } from '@shared/model/access'
import type { PathChoice } from '@shared/contract/lab-contract'
import type { LaneFacts } from '@shared/formulas/lane-facts'
import type { LabEvent } from '@shared/model/lab-event'
import type { Conversation } from '@shared/model/conversation'
import type { HardwareLook } from '@shared/model/hardware-look'
import type { MemoryLook } from '@shared/model/memory-look'
import type { TablePathLook } from '@shared/model/table-look'
import type { LaneResult, RunFormula } from '@shared/model/result'
import type { LaneSnapshot } from '@shared/model/snapshot'
import type { WalkBucket, WalkHistogram } from '@shared/model/walk-histogram'
import type { WalkPlaces } from '@shared/model/walk-places'
import type { WalkAttempt, WalkRecord, WalkSummary } from '@shared/model/walk-record'
import { namedCounters, newCounters } from '@shared/stats/counters'
import { derive } from '@shared/stats/derived'
import { designOf } from '../designs'
import { OutOfMemory } from '../software/out-of-memory'
import { asVma } from './area-vma'
import { Clock } from './clock'
import { coldWalkOn, lookWalkOn } from './cold-walk'
import { digestOf } from './digest'
import { mustHold } from './invariants'
import type { KeptWalk } from './kept-copies'
import { Lane } from './lane'
import type { BarrierReport, LaneCalls, LaneSetup, PopulateReport } from './lane-protocol'
import { Machine } from './machine'
import { MemoryLooks } from './memory/memory-looks'
import { Population } from './populate'
import { Checkpoint } from './rewind/checkpoint'
import { runFormula } from './run-formula'
import { Series } from './series'
import { SeriesPoints } from './series-points'
import { tasksOf } from './tasks'
import { withTime } from './time-model'
import { resultWalks } from './result-walks'
import { summary } from './walk-log'
import { walkPlaces } from './walk-places'
import { walkRecord } from './walk-records'

const MOST_EVENTS_A_CALL = 1000

export class LaneSession implements LaneCalls {
  private setup!: LaneSetup
  private machine!: Machine
  private lane!: Lane
  private looks!: MemoryLooks
  private population!: Population
  private batches: AccessBatch[] = []
  private series = new Series()
  private setUpCounters = newCounters()
  private points = new SeriesPoints(1)
  /** A layer's memory was not enough. */
  private ranOut = false
  private clock = new Clock([])
  private readonly kept: (Checkpoint | null)[] = []

  prepare(setup: LaneSetup): void {
    this.setup = setup
    this.machine = new Machine(setup.spec, designOf(setup.design), setup.areas.map(asVma), setup.dataPages)
    this.machine.stack.kernel.labels = setup.labels ?? []
    this.lane = new Lane(this.machine)
    this.looks = new MemoryLooks(this.machine, this.lane)
    this.population = new Population(this.machine.stack, setup.areas)
    this.batches = setup.buffers.map((buffer) => batchOver(buffer, setup.capacity))
    this.series = new Series()
    this.points = new SeriesPoints(setup.sampleEvery)
    this.clock = new Clock(tasksOf(this.machine))
    this.machine.ledger.isQuiet = true
  }

  populate(pages: number): PopulateReport {
    const ended = this.untilOutOfMemory(() => this.population.advance(pages))
    return { pagesDone: this.population.pagesDone, pagesTotal: this.population.pagesTotal, ended }
  }

  begin(): void {
    this.machine.ledger.isQuiet = false
    this.setUpCounters = this.machine.ledger.restart()
  }

  run(buffer: number, from: number, to: number): BarrierReport {
    const ended = this.untilOutOfMemory(() => this.runSampled(this.batches[buffer], from, to))
    const { accesses, hashA, hashB, firstError, walksEver } = this.lane
    return { accesses, hashA, hashB, walks: walksEver, error: firstError, ended }
  }

  endWarmup(): void {
    const counters = this.counters()
    this.lane.restart()
    this.series.endWarmup(counters)
  }

  setDmt(on: boolean): string | null {
    const { machine } = this
    machine.ledger.reference = this.lane.accesses
    const ended = this.untilOutOfMemory(() => machine.setDmt(on))
    machine.stack.inner.event(
      on ? 'dmt-on' : 'dmt-off',
      on ? 'registers are valid again' : 'registers are invalid',
      0,
      0
    )
    return ended
  }

  setCooperation(on: boolean): string | null {
    const { machine } = this
    machine.ledger.reference = this.lane.accesses
    const ended = this.untilOutOfMemory(() => machine.setCooperation(on))
    if (machine.design.info.id !== 'pvdmt') return ended
    const text = on ? 'guest areas are machine-contiguous again' : 'guest areas are the guest’s own again'
    machine.stack.inner.event(on ? 'cooperation-on' : 'cooperation-off', text, 0, 0)
    return ended
  }

  keep(slot: number): number {
    // The one before goes first: there is no need of memory for both.
    this.kept[slot] = null
    const checkpoint = new Checkpoint(this, this.kept)
    this.kept[slot] = checkpoint
    return checkpoint.bytes
  }

  goBack(slot: number): void {
    this.kept[slot]?.restore()
    this.series.resend()
  }

  forget(): void {
    this.kept.length = 0
  }

  snapshot(): LaneSnapshot {
    const { machine, lane } = this
    const covered = machine.stack.layers.filter(
      (l) => l.space.teas.registers.enabled && l.space.teas.teas.length > 0
    )
    const latest = lane.log.latest()
    lane.samples.keepLatestFault()
    return {
      id: this.setup.id,
      design: machine.design.info.id,
      dmt: machine.design.info.hasRegisters && machine.stack.inner.space.teas.registers.enabled,
      coveredLayers: covered.length,
      counters: this.counters(),
      series: this.series.takeNew(),
      events: machine.ledger.eventsLogged,
      slowest: [],
      latestWalk: latest ? summary(latest) : null
    }
  }

  slowestSince(reference: number): WalkSummary | null {
    const walk = this.lane.log.slowestSince(reference)
    return walk ? summary(walk) : null
  }

  slowerThan(cycles: number): WalkRecord | null {
    const walk = this.lane.samples.slowerThan(cycles)
    return walk && this.recordOf(walk)
  }

  walkOf(reference: number, attempt: number): WalkRecord | null {
    const attempts = this.lane.samples.attemptsAt(reference)
    const at = Math.min(attempt === 0 ? attempts.length : attempt, attempts.length)
    if (at === 0) return null
    return this.recordOf(
      attempts[at - 1],
      attempts.length > 1 ? { number: at, of: attempts.length } : undefined
    )
  }

  latestReference(): number {
    return this.lane.log.latest()?.reference ?? 0
  }

  latestFault(): number | null {
    return this.lane.samples.latestFault()
  }

  walkIn(bucket: WalkBucket): WalkRecord | null {
    const walk = this.lane.samples.walkIn(bucket)
    return walk && this.recordOf(walk)
  }

  histogram(): WalkHistogram {
    return this.lane.samples.histogram()
  }

  lookWalk({ high, low, offset }: { high: number; low: number; offset: number }): WalkRecord {
    return lookWalkOn(this.machine, high, low, offset)
  }

  coldWalk({ high, low, offset }: { high: number; low: number; offset: number }): WalkRecord {
    return coldWalkOn(this.machine, high, low, offset)
  }

  walks(most: number): WalkSummary[] {
    return this.lane.log.summaries(most)
  }

  places(): WalkPlaces {
    return walkPlaces(this.lane.patterns.all)
  }

  events(after: number): LabEvent[] {
    return this.machine.ledger.eventsAfter(after, MOST_EVENTS_A_CALL)
  }

  memory(): MemoryLook {
    return this.looks.look()
  }

  tablePath(choice: PathChoice): TablePathLook | null {
    return this.looks.path(choice)
  }

  hardware(): HardwareLook {
    return this.looks.hardware()
  }

  conversations(after: number): Conversation[] {
    return this.looks.conversations(after)
  }

  formula(): RunFormula | null {
    const { id, spec } = this.setup
    const { walkOverhead } = derive(namedCounters(this.counters()))
    const patterns = this.lane.patterns.all
    return runFormula({ id, environment: spec.environment, patterns, walkOverhead }, spec)
  }

  facts(): LaneFacts {
    const { machine, lane, setup } = this
    const counters = namedCounters(this.counters())
    return {
      id: setup.id,
      design: machine.design.info.id,
      counters,
      derived: derive(counters),
      memory: machine.stack.memoryUse(),
      walkHistogram: lane.patterns.rows()
    }
  }

  async result(): Promise<LaneResult> {
    const { machine, lane, setup } = this
    // What memory running out has cut short is no breach.
    if (setup.spec.verify && !this.ranOut) mustHold(machine)
    const setUp = namedCounters(this.setUpCounters)
    return {
      ...this.facts(),
      environment: setup.spec.environment,
      setUp: { pages: this.population.pagesDone, softwareCycles: setUp.softwareCycles, counters: setUp },
      series: this.series.rates(),
      events: [...machine.ledger.events()],
      walks: resultWalks(lane.log, (walk) => walkRecord(walk, machine.walk, machine.stack)),
      digest: await digestOf(lane, this.counters())
    }
  }

  private recordOf({ logged, steps }: KeptWalk, attempt?: WalkAttempt): WalkRecord {
    return walkRecord(logged, steps, this.machine.stack, attempt)
  }

  private counters(): Float64Array {
    return withTime(this.machine.ledger.counters, this.setup.spec, this.setup.instructionsPerReference)
  }

  /** Runs to each sample point in turn, so that points lie at the same accesses however the run is cut. */
  private runSampled(batch: AccessBatch, from: number, to: number): void {
    for (let at = from; at < to;) {
      const stop = Math.min(to, at + Math.min(this.points.next, this.clock.next) - this.lane.accesses)
      this.lane.run(batch, at, stop)
      at = stop
      this.clock.reach(this.lane.accesses)
      if (this.lane.accesses !== this.points.next) continue
      this.series.add(this.counters(), this.points.isOfResult)
      this.points.pass()
    }
  }

  /** Null, or why the layers' memory does not suffice. */
  private untilOutOfMemory(work: () => void): string | null {
    try {
      work()
      return null
    } catch (error) {
      if (!(error instanceof OutOfMemory)) throw error
      this.ranOut = true
      this.machine.ledger.event(error.layer, 'out-of-memory', error.message, 0, 0)
      return error.message
    }
  }
}
