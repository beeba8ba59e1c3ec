/**
 * A lab for tests of the window: it keeps the contract, counts by closed forms instead of emulating, and moves
 * only when it is told to. Its numbers are consistent with each other and with nothing else.
 */
import type { ConnectionState, LabClient } from '@renderer/api/lab-client'
import type { DesignWalkChoice, EventName, LabCalls, LabEvents } from '@shared/contract/lab-contract'
import type { LaneFacts } from '@shared/formulas/lane-facts'
import type { ImportedJson } from '@shared/model/imported-json'
import type { ImportedTrace } from '@shared/model/catalogue'
import type { ArtifactFiles, ArtifactReplay } from '@shared/model/paper-tools'
import type { RunFormula } from '@shared/model/result'
import {
  SERIES_COLUMNS,
  SERIES_WIDTH,
  type Marker,
  type RunState,
  type SessionInfo,
  type Snapshot
} from '@shared/model/snapshot'
import { DEFAULT_SETTINGS, type RecentFile, type Settings } from '@shared/model/settings'
import { labSpecSchema, type LabSpec, type SpecInput } from '@shared/model/spec'
import { COUNTER_INDEX, newCounters, type CounterId } from '@shared/stats/counters'
import type { TracePeek } from '@shared/model/trace-look'
import type { WalkRecord, WalkSummary } from '@shared/model/walk-record'
import type { WorkloadSample } from '@shared/model/workload-sample'
import { aWalk } from './walk-records'
import { CATALOGUE, HARDWARE } from './fake-catalogue'

/** References and cycles of one walk, and where its steps are answered (walk cache, L1, L2, LLC, memory). */
interface WalkCost {
  readonly references: number
  readonly cycles: number
  readonly hits: readonly [number, number, number, number, number]
}
const RADIX: WalkCost = { references: 5.86, cycles: 412.6, hits: [1.8, 1.47, 1.4, 1.46, 1.53] }
const COSTS: Record<string, WalkCost> = {
  radix: RADIX,
  'radix-3d': { references: 19.4, cycles: 1310, hits: [9, 6, 5, 4.4, 4] },
  dmt: { references: 3, cycles: 318.2, hits: [0, 0.4, 0.4, 0.8, 1.4] },
  pvdmt: { references: 2, cycles: 261.1, hits: [0, 0.2, 0.2, 0.44, 1.16] },
  ideal: { references: 0, cycles: 0, hits: [0, 0, 0, 0, 0] }
}
const STEP_COUNTERS: readonly CounterId[] = ['pwcHits', 'stepsL1', 'stepsL2', 'stepsLlc', 'stepsMemory']

interface FakeLane {
  readonly id: string
  readonly design: string
  dmt: boolean
  readonly total: Float64Array
  atWarmup: Float64Array
  series: number[]
  slowest: WalkSummary[]
}

/** The same bumps for both lanes, because both get the same accesses. */
const wave = (reference: number): number =>
  1 + 0.012 * Math.sin(reference / 61_000) + 0.008 * Math.sin(reference / 17_300)
const cold = (reference: number): number => 1 + 0.35 * Math.exp(-reference / 120_000)

export class FakeLab implements LabClient {
  readonly kind = 'web'
  readonly desktop = null
  readonly asked: { name: string; args: readonly unknown[] }[] = []
  /** Files that importFiles or chooseFiles hands over, by token. */
  readonly files = new Map<string, ImportedTrace>()
  chosen: string[] = []
  /** What JSON files hold, by token. */
  readonly json = new Map<string, ImportedJson>()
  /** What files of the artifact hold, by the token of the first. */
  readonly artifact = new Map<string, ArtifactFiles>()
  /** What the lab would answer to a replay. */
  replay: () => ArtifactReplay = () => {
    throw new Error('the replay was cancelled, press Replay to begin it again')
  }
  /** What is remembered of the person. */
  settings: Settings = structuredClone(DEFAULT_SETTINGS)
  recent: RecentFile[] = []
  spec: LabSpec = labSpecSchema.parse(HARDWARE)
  state: RunState = 'ready'
  /** What the lab would compute by the paper's formulas. */
  formula: RunFormula | null = null
  /** What its lanes would have measured. */
  facts: LaneFacts[] = []
  /** The walk it would make of a design. */
  designWalk: (choice: DesignWalkChoice) => WalkRecord = () => aWalk()
  /** The accesses it would make of a workload. */
  workloadSample: (id: string) => WorkloadSample = (workload) => ({
    workload,
    footprint: 2 ** 26,
    areas: [
      { name: 'text', pages: 4, dataPages: 4 },
      { name: 'table', pages: 16384, dataPages: 16384 }
    ],
    kind: [2, 0, 1, 2],
    area: [0, 1, 1, 0],
    page: [0, 12000, 12000, 1]
  })
  private session = 0
  private references = 0
  private lanes: FakeLane[] = []
  private markers: Marker[] = []
  private cooperation = true
  private readonly connections = new Set<(state: ConnectionState) => void>()
  private readonly listeners = new Map<EventName, Set<(payload: never) => void>>()

  readonly calls: LabCalls = {
    'app/catalogue': async () => CATALOGUE,
    'spec/resolve': async (input) => this.resolve(input),
    'session/prepare': async (input) => this.prepare(input),
    'session/run': async () => this.become('running'),
    'session/pause': async () => this.become('paused'),
    'session/step': async (count) => this.step(count),
    'session/stepToWalk': async () => this.step(12),
    'session/back': async (count) => this.goBack(count),
    'session/speed': async () => undefined,
    'session/drawing': async () => undefined,
    'session/reset': async () => this.begin(),
    'session/cancel': async () => this.become('failed'),
    'session/result': () => Promise.reject(new Error('The fake lab keeps no result')),
    'session/formula': async () => this.formula,
    'session/facts': async () => this.facts,
    'design/walk': async (choice) => this.designWalk(choice),
    'workload/sample': async (id) => this.workloadSample(id),
    'lane/dmt': async (lane, on) => this.switch(lane, on),
    'session/cooperation': async (on) => this.cooperate(on),
    'walk/get': async () => this.lanes.map(() => null),
    'walk/places': async () => ({ walks: 0, places: [] }),
    'walk/histogram': async () => ({ walks: 0, cycles: [], patterns: [], walksOfOtherPatterns: 0 }),
    'walk/list': async (lane) => this.lanes[lane]?.slowest ?? [],
    'events/list': async () => [],
    'memory/look': () => Promise.reject(new Error('The fake lab has no memory')),
    'memory/path': () => Promise.reject(new Error('The fake lab has no memory')),
    'memory/hardware': () => Promise.reject(new Error('The fake lab has no hardware')),
    'memory/calls': async () => [],
    'memory/fragment': () => Promise.reject(new Error('The fake lab has no memory')),
    'isolation/try': () => Promise.reject(new Error('The fake lab has no guests')),
    'trace/peek': async (token) => this.peek(token),
    'trace/describe': async (token) => this.describe(token),
    'trace/cancel': async () => void this.asked.push({ name: 'trace/cancel', args: [] }),
    'maps/describe': async () => null,
    'json/describe': async (token) => this.json.get(token) ?? null,
    'artifact/look': async (tokens) => this.artifact.get(tokens[0]) ?? null,
    'artifact/replay': async () => this.replay(),
    'artifact/cancel': async () => undefined,
    'settings/get': async () => structuredClone(this.settings),
    'settings/set': async (change) => void (this.settings = { ...this.settings, ...change }),
    'recent/list': async () => this.recent,
    'recent/add': async (tokens) =>
      void (this.recent = [...tokens.map((token) => ({ name: token, token })), ...this.recent]),
    'recent/clear': async () => void (this.recent = []),
    'report/export': async () => ({ kind: 'written', where: 'gups-4GiB-virtualized/report.html' })
  }

  on<Name extends EventName>(event: Name, listener: LabEvents[Name]): () => void {
    const set = this.listeners.get(event) ?? new Set()
    this.listeners.set(event, set.add(listener))
    return () => void set.delete(listener)
  }

  onConnection(listener: (state: ConnectionState) => void): () => void {
    this.connections.add(listener)
    listener('connected')
    return () => void this.connections.delete(listener)
  }

  /** As a host that ends does. */
  lose(): void {
    this.connections.forEach((listen) => listen('reconnecting'))
  }

  private goBack(count: number): SessionInfo {
    const references = Math.max(0, this.references - count)
    const info = this.begin()
    this.step(references)
    return info
  }

  importFiles = async (files: readonly File[]): Promise<string[]> => files.map((file) => file.name)
  chooseFiles = async (): Promise<string[]> => this.chosen
  saveExport = async (): Promise<string | null> => 'gups-4GiB-virtualized/report.html'
  savePicture = async (name: string): Promise<string | null> => name

  emit<Name extends EventName>(event: Name, ...payload: Parameters<LabEvents[Name]>): void {
    for (const listener of this.listeners.get(event) ?? [])
      (listener as (...args: unknown[]) => void)(...payload)
  }

  /** Runs this many references in both lanes and posts a snapshot. */
  advance(count: number, rows = 1): void {
    const total = Math.min(count, this.spec.references - this.references)
    for (let row = 0; row < rows; row++) this.run(Math.floor(total / rows))
    if (this.references >= this.spec.references) this.state = 'finished'
    this.post()
  }

  private step(count: number): void {
    this.state = 'paused'
    this.advance(count)
  }

  private async resolve(input: SpecInput): Promise<{ spec: LabSpec | null; problems: string[] }> {
    const parsed = labSpecSchema.safeParse({ ...HARDWARE, ...input })
    if (!parsed.success) return { spec: null, problems: parsed.error.issues.map((issue) => issue.message) }
    const warmup = parsed.data.warmup < parsed.data.references
    return { spec: parsed.data, problems: warmup ? [] : ['The warm-up leaves no references to measure.'] }
  }

  private async prepare(input: SpecInput) {
    this.asked.push({ name: 'session/prepare', args: [input] })
    const { spec, problems } = await this.resolve(input)
    if (!spec) throw new Error(problems.join(' '))
    this.spec = spec
    return this.begin()
  }

  private begin() {
    this.session++
    this.references = 0
    this.markers = []
    this.cooperation = this.spec.cooperation
    this.lanes = this.spec.lanes.map((id) => ({
      id,
      design: id,
      dmt: id.endsWith('dmt'),
      total: newCounters(),
      atWarmup: newCounters(),
      series: [],
      slowest: []
    }))
    this.state = 'ready'
    queueMicrotask(() => this.post())
    const kind = this.spec.trace ? ('trace' as const) : ('workload' as const)
    return {
      session: this.session,
      spec: this.spec,
      source: { kind, id: this.spec.workload, records: this.spec.references }
    }
  }

  private become(state: RunState): void {
    this.asked.push({ name: `session/${state}`, args: [] })
    this.state = state
    this.post()
  }

  private switch(lane: number, on: boolean): void {
    this.asked.push({ name: 'lane/dmt', args: [lane, on] })
    this.lanes[lane].dmt = on
    this.markers = [...this.markers, { reference: this.references, lane, kind: on ? 'dmt-on' : 'dmt-off' }]
    this.post()
  }

  private cooperate(on: boolean): void {
    this.cooperation = on
    this.markers = [
      ...this.markers,
      { reference: this.references, lane: null, kind: on ? 'cooperation-on' : 'cooperation-off' }
    ]
    this.post()
  }

  private peek(token: string): TracePeek {
    const { name, bytes, summary, maps } = this.describe(token)
    const firstBadLines = summary?.firstBadLines ?? []
    return { token, name, bytes, shape: summary, unread: null, firstBadLines, maps }
  }

  private describe(token: string): ImportedTrace {
    const file = this.files.get(token)
    if (!file) throw new Error(`This is no trace (${token}), choose a Lackey text file.`)
    return file
  }

  private cost(lane: FakeLane): WalkCost {
    if (lane.dmt) return COSTS[this.cooperation && lane.design !== 'dmt' ? 'pvdmt' : 'dmt']
    return lane.design.endsWith('dmt') ? RADIX : COSTS[lane.design]
  }

  private run(count: number): void {
    for (const lane of this.lanes) this.runLane(lane, count)
    const before = this.references
    this.references += count
    if (before <= this.spec.warmup) for (const lane of this.lanes) lane.atWarmup = lane.total.slice()
  }

  private runLane(lane: FakeLane, count: number): void {
    const cost = this.cost(lane)
    const add = (id: CounterId, by: number): void => void (lane.total[COUNTER_INDEX[id]] += by)
    const walks = Math.round(count * 0.0866 * cold(this.references) * wave(this.references * 1.7))
    const cycles = walks * cost.cycles * wave(this.references) * cold(this.references)
    add('references', count)
    add('loads', count)
    add('walks', walks)
    add('walkReferences', Math.round(walks * cost.references * (lane.dmt ? 1 : wave(this.references))))
    add('walkCycles', cycles)
    add('walkStallCycles', cycles * 0.65)
    add('dmtWalks', lane.dmt ? walks : 0)
    add('instructionCycles', count * 11.2)
    add('dataCycles', count * 14.8)
    add('softwareCycles', count * 0.9)
    add('totalCycles', cycles * 0.65 + count * 26.9)
    add('translationsChecked', count)
    STEP_COUNTERS.forEach((id, i) => add(id, Math.round(walks * cost.hits[i])))
    lane.series.push(...SERIES_COLUMNS.map((column) => lane.total[COUNTER_INDEX[column]]))
    lane.slowest = [954, 908, 894].map((c, i) => ({
      walk: 296_114 - 244 * i,
      reference: 3_419_000 - 2900 * i,
      address: '0x7f1256789abc',
      references: 24,
      cycles: lane.dmt ? [402, 402, 256][i] : c
    }))
  }

  private post(): void {
    this.emit('session/snapshot', this.snapshot())
  }

  private snapshot(): Snapshot {
    return {
      session: this.session,
      state: this.state,
      references: this.references,
      referencesTotal: this.spec.references,
      warmup: this.spec.warmup,
      referencesPerSecond: 1_940_000,
      cooperation: this.cooperation,
      lanes: this.lanes.map((lane) => ({
        id: lane.id,
        design: lane.design,
        dmt: lane.dmt,
        coveredLayers: lane.dmt ? 2 : 0,
        counters: lane.total.map((value, i) => value - lane.atWarmup[i]),
        series: Float64Array.from(
          lane.series.splice(0, lane.series.length - (lane.series.length % SERIES_WIDTH))
        ),
        events: 602,
        slowest: this.references > 0 ? lane.slowest : [],
        latestWalk: null
      })),
      markers: this.markers,
      sameTranslations: true,
      firstDifference: 0
    }
  }
}
