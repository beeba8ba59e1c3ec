/**
 * The boundary between the window and the lab, declared once: names, what may enter (validated where it
 * enters) and what comes back. Hosts bind it, preload exposes it, the renderer infers its client from it.
 */
import { z } from 'zod'
import { PAGE_POLICIES } from '../arch/page-size'
import type { LaneFacts } from '../formulas/lane-facts'
import type { Catalogue, ImportedTrace } from '../model/catalogue'
import { ENVIRONMENTS, LAYERS } from '../model/environment'
import type { ImportedJson } from '../model/imported-json'
import type { LabEvent } from '../model/lab-event'
import type { MapsFolder } from '../model/maps-report'
import type { ArtifactFiles, ArtifactReplay } from '../model/paper-tools'
import type { RunFormula, RunResult } from '../model/result'
import { settingsChange, type RecentFile, type Settings } from '../model/settings'
import type { Conversation } from '../model/conversation'
import type { FragmentationTry } from '../model/fragmentation-try'
import type { HardwareLook } from '../model/hardware-look'
import type { IsolationTry } from '../model/isolation-try'
import type { MemoryLook } from '../model/memory-look'
import type { TablePathLook } from '../model/table-look'
import { ISOLATION_TRIES } from '../model/isolation-try'
import type { Progress, SessionInfo, Snapshot } from '../model/snapshot'
import type { LabSpec } from '../model/spec'
import { TRACE_FORMAT_CHOICES } from '../model/trace-format-id'
import type { TracePeek } from '../model/trace-look'
import type { WalkHistogram } from '../model/walk-histogram'
import type { WalkPlaces } from '../model/walk-places'
import { PATTERN_STEPS, type WalkRecord, type WalkSummary } from '../model/walk-record'
import type { WorkloadSample } from '../model/workload-sample'

/** Result types have no run-time form; `returns<T>()` only carries the type. */
const returns = <T>(): T => undefined as T

const call = <Args extends z.ZodTuple, Result>(args: Args, result: Result) => ({ args, result })

const none = z.tuple([])
const specInput = z.record(z.string(), z.unknown())
const laneIndex = z.int().min(0).max(15)
const reference = z.number().int().min(0)

/** A bar of a lane's walk histogram (walk-histogram.ts). */
const walkBucket = z.union([
  z.object({ from: z.number().min(0), to: z.number().min(0) }),
  z.object({ steps: z.array(z.enum(PATTERN_STEPS)).max(4096) })
])

/**
 * Which walks to show: the latest, the slowest that is kept, the latest that faulted, those of one reference, one of a
 * bucket of lane `lane`'s histogram, or the walk that an address would take now, which is only looked at. `cold` walks
 * the address again with empty caches. `attempt` is one of the attempts at a reference that faulted, from 1; 0 is the
 * last. Where there were fewer, the last.
 */
const walkChoice = z.strictObject({
  which: z.enum(['latest', 'slowest', 'fault', 'reference', 'bucket', 'address']),
  reference: reference.default(0),
  attempt: z.int().min(0).max(64).default(0),
  lane: laneIndex.default(0),
  bucket: walkBucket.optional(),
  address: z
    .string()
    .regex(/^0x[0-9a-f]{1,15}$/i)
    .optional(),
  cold: z.boolean().default(false)
})
export type WalkChoice = z.input<typeof walkChoice>
export type WholeWalkChoice = z.output<typeof walkChoice>
export const wholeWalkChoice = (choice: WalkChoice): WholeWalkChoice => walkChoice.parse(choice)

/** A walk for the picture of a design; without a page size it is of 4 KiB pages in every layer. */
const designWalkChoice = z.strictObject({
  design: z.string().max(64),
  environment: z.enum(ENVIRONMENTS),
  pageSize: z.enum(PAGE_POLICIES).default('4K')
})
export type DesignWalkChoice = z.input<typeof designWalkChoice>

/** A table and an address of the layer's input space, in hex; null: one in use. Without a process, the running one. */
const pathChoice = z.strictObject({
  layer: z.enum(LAYERS),
  address: z
    .string()
    .regex(/^0x[0-9a-f]{1,16}$/i)
    .nullable(),
  process: z.int().min(0).optional()
})
export type PathChoice = z.input<typeof pathChoice>

const fileToken = z.string().max(100)
const traceFormat = z.enum(TRACE_FORMAT_CHOICES).optional()

/** Tokens of a trace and of the page-table dumps it is replayed over; without a host it is native. */
const replayChoice = z.strictObject({
  trace: fileToken,
  tables: fileToken,
  hostTables: fileToken.nullable(),
  frameNumbers: z.boolean()
})
export type ReplayChoice = z.input<typeof replayChoice>

export const MOST_ARTIFACT_FILES = 6

/** Memory maps at a time. */
export const MOST_MAPS = 500

/** What decides who gets a TEA, and how many registers there are. */
const mapsRules = z.strictObject({
  minVmaMiB: z
    .int()
    .min(0)
    .max(2 ** 20),
  bubblePercent: z.int().min(0).max(99),
  registers: z.int().min(0).max(256)
})

export const labContract = {
  'app/catalogue': call(none, returns<Catalogue>()),
  /** The whole spec, or one line for each thing wrong with it. */
  'spec/resolve': call(z.tuple([specInput]), returns<{ spec: LabSpec | null; problems: string[] }>()),
  /** Builds the lanes and populates memory; progress comes as events. */
  'session/prepare': call(z.tuple([specInput]), returns<SessionInfo>()),
  'session/run': call(none, returns<void>()),
  'session/pause': call(none, returns<void>()),
  /** Runs this many accesses and pauses. */
  'session/step': call(z.tuple([z.int().min(1).max(1_000_000)]), returns<void>()),
  /** Runs up to and with the next access that needs a walk in any lane. */
  'session/stepToWalk': call(none, returns<void>()),
  /**
   * Goes back by so many accesses and pauses. What was shown of the session before no longer holds: it has another
   * number now. Near ones take no time; others are run again from the start, with progress.
   */
  'session/back': call(z.tuple([z.int().min(1).max(1_000_000)]), returns<SessionInfo>()),
  /** Accesses a second; null for no limit. */
  'session/speed': call(z.tuple([z.number().min(0.1).max(1e9).nullable()]), returns<void>()),
  /** Whether somebody looks; if not, snapshots come once a second. */
  'session/drawing': call(z.tuple([z.boolean()]), returns<void>()),
  'session/reset': call(none, returns<SessionInfo>()),
  'session/cancel': call(none, returns<void>()),
  'session/result': call(none, returns<RunResult>()),
  /** The paper's formulas on the walks of the first radix lane so far; null where they have no meaning. */
  'session/formula': call(none, returns<RunFormula | null>()),
  /** What each lane has measured so far, without series and events. */
  'session/facts': call(none, returns<LaneFacts[]>()),
  /** One cold walk of a design, on a machine of its own and with nothing cached; needs no session. */
  'design/walk': call(z.tuple([designWalkChoice]), returns<WalkRecord>()),
  /** The first accesses of a workload at its laptop footprint; needs no session. */
  'workload/sample': call(z.tuple([z.string().max(64)]), returns<WorkloadSample>()),
  'lane/dmt': call(z.tuple([laneIndex, z.boolean()]), returns<void>()),
  'session/cooperation': call(z.tuple([z.boolean()]), returns<void>()),
  /** One record for each lane; null where that lane's TLB had the translation, or the walk is no longer kept. */
  'walk/get': call(z.tuple([walkChoice]), returns<(WalkRecord | null)[]>()),
  /** The walks a lane still keeps, newest first. */
  'walk/list': call(z.tuple([laneIndex]), returns<WalkSummary[]>()),
  /** Where the steps of a lane's walks were answered, place by place. */
  'walk/places': call(z.tuple([laneIndex]), returns<WalkPlaces>()),
  /** How a lane's walks since the warm-up are spread, by cycles and by where their steps hit. */
  'walk/histogram': call(z.tuple([laneIndex]), returns<WalkHistogram>()),
  /** Events of one lane with n > after, oldest first, at most 1000. */
  'events/list': call(z.tuple([laneIndex, z.int().min(0)]), returns<LabEvent[]>()),
  /** Areas, registers, TEAs and frames of every layer of a lane. */
  'memory/look': call(z.tuple([laneIndex]), returns<MemoryLook>()),
  /** The table pages on the way to an address. */
  'memory/path': call(z.tuple([laneIndex, pathChoice]), returns<TablePathLook>()),
  /** What the translation caches of the running CPU hold. */
  'memory/hardware': call(z.tuple([laneIndex]), returns<HardwareLook>()),
  /** Conversations between layers with n > after, oldest first. */
  'memory/calls': call(z.tuple([laneIndex, z.int().min(0)]), returns<Conversation[]>()),
  /** Coverage that a fragmentation (0..1) leaves to a lane of a set-up; needs no session. */
  'memory/fragment': call(
    z.tuple([specInput, z.number().min(0).max(1), laneIndex]),
    returns<FragmentationTry>()
  ),
  /** What happens when a guest names an area by its register; needs no session. */
  'isolation/try': call(z.tuple([z.enum(ISOLATION_TRIES)]), returns<IsolationTry>()),
  /**
   * The beginning of a trace that the host has taken in, or a whole memory map: answered at once. Of a file that has
   * the shape of no format, why; one that is asked for by name is then tried.
   */
  'trace/peek': call(z.tuple([fileToken, traceFormat]), returns<TracePeek>()),
  /** Reads all of such a file; names and counts, no path. Progress comes as events; what was read is kept. */
  'trace/describe': call(z.tuple([fileToken, traceFormat]), returns<ImportedTrace>()),
  /** Ends every reading that is under way; those who wait for one are told that it was cancelled. */
  'trace/cancel': call(none, returns<void>()),
  /** What memory maps say, one row each; null when one of the files is none. */
  'maps/describe': call(
    z.tuple([z.array(fileToken).min(1).max(MOST_MAPS), mapsRules]),
    returns<MapsFolder | null>()
  ),
  /**
   * Reads the scenario, the spec (a result holds one) or the own hardware in a file that the host has taken in; null
   * when it holds no JSON object.
   */
  'json/describe': call(z.tuple([fileToken]), returns<ImportedJson | null>()),
  /**
   * Tells by content what files of the artifact published with DMT hold; null when none is one of them. The flag
   * says whether dumps hold frame numbers; null: as they seem to.
   */
  'artifact/look': call(
    z.tuple([z.array(fileToken).min(1).max(MOST_ARTIFACT_FILES), z.boolean().nullable()]),
    returns<ArtifactFiles | null>()
  ),
  /** Replays a trace over dumps; progress comes as events. A second one ends the first. */
  'artifact/replay': call(z.tuple([replayChoice]), returns<ArtifactReplay>()),
  'artifact/cancel': call(none, returns<void>()),
  /** What the window remembers, on this machine and for every host. */
  'settings/get': call(none, returns<Settings>()),
  /** What is not named stays. */
  'settings/set': call(z.tuple([settingsChange]), returns<void>()),
  /** Files that were used, newest first. */
  'recent/list': call(none, returns<RecentFile[]>()),
  'recent/add': call(z.tuple([z.array(fileToken).max(MOST_MAPS)]), returns<void>()),
  'recent/clear': call(none, returns<void>()),
  /** Builds the report and hands it to the person: a dialog in the desktop app, a download in the browser. */
  'report/export': call(none, returns<ExportOutcome>())
} as const

export type ExportOutcome =
  | { readonly kind: 'written'; readonly where: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'download'; readonly path: string; readonly name: string }

export type LabContract = typeof labContract
export type CallName = keyof LabContract
export type CallArgs<Name extends CallName> = z.input<LabContract[Name]['args']>
export type CallResult<Name extends CallName> = LabContract[Name]['result']

/** The lab as its callers see it: every call answers with a promise. */
export type LabCalls = {
  [Name in CallName]: (...args: CallArgs<Name>) => Promise<CallResult<Name>>
}

export interface TraceProgress {
  readonly token: string
  readonly progress: Progress | null
}

/** What the lab tells the window without being asked. */
export interface LabEvents {
  'session/snapshot': (snapshot: Snapshot) => void
  'session/progress': (progress: Progress | null) => void
  'session/failed': (problem: { message: string }) => void
  /** How far the reading of a file is; null progress when it has ended, whatever its outcome. */
  'trace/progress': (reading: TraceProgress) => void
}
export type EventName = keyof LabEvents
