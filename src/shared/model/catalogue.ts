/** What the lab offers: the pickers of the window and the help of the command line read this. */
import type { PagePolicy } from '../arch/page-size'
import type { Environment } from './environment'
import type { HardwareProfile } from './hardware-profile'
import type { KnobShape } from './knob-shape'
import type { TraceFormatId } from './trace-format-id'
import type { TraceShape } from './trace-look'

export interface DesignInfo {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly paper: string | null
  readonly environments: readonly Environment[]
  /** Why it has no meaning in the others. */
  readonly refusal: string | null
  /** It has registers, so its DMT switch works. */
  readonly hasRegisters: boolean
  /** Page sizes that it cannot translate in any layer, and why. */
  readonly lacks?: { readonly pageSizes: readonly PagePolicy[]; readonly why: string }
  /** For its page in Help; plain text. */
  readonly story: DesignStory
}

/** What a design does and what the lab makes of it, in words. */
export interface DesignStory {
  /** Which tables there are, who keeps them, and what is fetched in which order: one paragraph. */
  readonly how: string
  /** What happens where its precondition fails. */
  readonly otherwise: string
  /** Choices of the lab that its sources leave open, and what it leaves out; each with its source or "assumed". */
  readonly notes: readonly string[]
}

/** What a list shows of one thing. */
export interface Described {
  readonly id: string
  readonly title: string
  readonly summary: string
}

/** Footprints of the paper's evaluation, and of a machine with 8 GiB to spare. */
export const WORKLOAD_PRESETS = ['paper', 'laptop'] as const
export type WorkloadPreset = (typeof WORKLOAD_PRESETS)[number]

export interface WorkloadKnob {
  /** As `graph500.phase`. */
  readonly path: string
  readonly title: string
  readonly help: string
}

export interface WorkloadInfo extends Described {
  /** What the program is and what it does to memory, for its page in Help: one paragraph each. */
  readonly story: readonly string[]
  /** Footprints that belong to it, in bytes; null for the small ones, which suit every size. */
  readonly presets: Readonly<Record<WorkloadPreset, number>> | null
  /** It takes the largest power of two within its footprint, as its program does. */
  readonly takesPowerOfTwo?: boolean
  /** Parameters of the spec that it alone reads. */
  readonly knobs: readonly WorkloadKnob[]
}

/** Bytes that a workload takes of a footprint of so many. */
export const bytesTaken = ({ takesPowerOfTwo }: WorkloadInfo, footprint: number): number =>
  takesPowerOfTwo ? 2 ** Math.floor(Math.log2(footprint)) : footprint

/** A workload as it is offered: its parameters with what a control for them has to know. */
export interface OfferedWorkload extends WorkloadInfo {
  readonly knobs: readonly KnobInfo[]
}
export interface KnobInfo extends WorkloadKnob {
  readonly shape: KnobShape
}

/** A trace format as pickers and Help show it. */
export interface TraceFormatInfo {
  readonly id: TraceFormatId
  readonly title: string
  /** What a record is, in one sentence. */
  readonly summary: string
  /** Its accesses are samples of those that were made: nothing is claimed about hit rates. */
  readonly isSampled: boolean
  /** Whether its records say how many bytes they touch. */
  readonly sizes: 'recorded' | 'assumed'
  /** What a person should know of every file of it, a sentence each. */
  readonly caveats: readonly string[]
  /** How one is recorded on Debian. */
  readonly recording: TraceRecording
}

export interface TraceRecording {
  /** Package or download that the recorder comes from. */
  readonly needs: string
  /** Shell commands, one after the other. */
  readonly commands: readonly string[]
  readonly notes: readonly string[]
}

export interface ScenarioInfo extends Described {
  /** CPUs it needs. */
  readonly cpus: number
}

export interface Catalogue {
  readonly version: string
  readonly host: 'electron' | 'web'
  readonly designs: readonly DesignInfo[]
  readonly workloads: readonly OfferedWorkload[]
  /** Their summary is the question they ask. */
  readonly scenarios: readonly ScenarioInfo[]
  readonly traceFormats: readonly TraceFormatInfo[]
  readonly profiles: readonly HardwareProfile[]
}

/** What a trace file holds, schema dmt-lab/trace@1. */
export interface TraceSummary extends TraceShape {
  readonly schema: 'dmt-lab/trace@1'
  readonly records: number
  readonly fetches: number
  readonly loads: number
  readonly stores: number
  /** Lines, or binary records, that are none of this format. */
  readonly badLines: number
  readonly firstBadLines: readonly string[]
  /** Records that are no access of the program: software prefetches, markers, flushes. */
  readonly skipped: number
  /** Accesses that run into the next page. */
  readonly crossings: number
  /** Threads that made the accesses; null where the format does not name them. */
  readonly threads: number | null
  readonly pages4K: number
  /** Of 2 MiB, aligned, with at least one page touched. */
  readonly regions2M: number
  /** Areas guessed from the pages, where no memory map is given; null: too scattered to guess. */
  readonly inferredAreas: number | null
}

/** A scenario file the window may play: main keeps the path, the window holds the token. */
export interface ImportedScenario {
  readonly token: string
  readonly name: string
  readonly title: string
  readonly summary: string
  readonly cpus: number
}

/** A trace the window may run: main keeps the path, the window holds the token. */
export interface ImportedTrace {
  readonly token: string
  readonly name: string
  readonly bytes: number
  /** Null when the file is a memory map. */
  readonly summary: TraceSummary | null
  readonly maps: { readonly token: string; readonly name: string; readonly areas: number } | null
}
