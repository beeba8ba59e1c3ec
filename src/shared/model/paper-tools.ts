/** What the files of the artifact published with DMT hold, as the lab tells by their content. */
import type { ByDesign, Estimate } from '../formulas/estimate'
import type { Measurement } from '../formulas/paper-results'

/** Whose pages a dump maps; null where nothing that came along tells. A native OS counts as a guest. */
export type DumpRole = 'guest' | 'host' | null

interface HistogramKind {
  readonly kind: 'histogram'
  readonly environment: 'native' | 'virtualized'
  readonly walks: number
  /** Vectors of steps that differ. */
  readonly patterns: number
}

interface PerfKind {
  readonly kind: 'perf'
  /** Of 1. */
  readonly walkOverhead: number
  readonly cyclesPerWalk: number
}

interface DumpKind {
  readonly kind: 'dump'
  /** Rows, one for each page of 4 KiB. */
  readonly pages: number
  readonly role: DumpRole
  readonly seemsFrameNumbers: boolean
}

interface TraceKind {
  readonly kind: 'trace'
  readonly records: number
}

/** None of the artifact's. */
interface OtherKind {
  readonly kind: 'other'
}

export type ArtifactContent = HistogramKind | PerfKind | DumpKind | TraceKind | OtherKind

export interface ArtifactFile {
  readonly token: string
  readonly name: string
  readonly content: ArtifactContent
}

/** Tokens of what a replay takes; without a host it is native. */
export interface ReplayFiles {
  readonly trace: string
  readonly tables: string
  readonly hostTables: string | null
}

/** A histogram's walks by the paper's formulas, one estimate for each environment and page size it may be of. */
export interface PaperResult {
  /** The file's name, or the trace's where it was replayed. */
  readonly source: string
  readonly environment: 'native' | 'virtualized'
  readonly walks: number
  readonly patterns: number
  readonly estimates: readonly Estimate[]
}

export interface ArtifactFiles {
  readonly files: readonly ArtifactFile[]
  readonly results: readonly PaperResult[]
  readonly measurements: readonly Measurement[]
  /** Null unless a trace and its dumps are among the files. */
  readonly replay: ReplayFiles | null
  /** More than half of the dumps seem to hold frame numbers. */
  readonly seemFrameNumbers: boolean
}

export interface ReplayedTlb {
  readonly name: string
  readonly hits: number
  readonly misses: number
  readonly childHits: number
}

export interface ArtifactReplay {
  readonly result: PaperResult
  readonly records: number
  /** Records of pages that no dump maps. */
  readonly dropped: number
  readonly tlbs: readonly ReplayedTlb[]
}

/** Speedups of the program, with the share of its time that walks were measured to take. */
export interface MeasuredSpeedups {
  readonly file: string
  readonly walkOverhead: number
  readonly speedup: ByDesign
}
