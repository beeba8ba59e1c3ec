/** What the commands need from the world. Tests hand over fakes, index.ts the real things. */
import type { Replay } from '@main/artifact/replay'
import type { Offer } from '@main/lab/offer'
import type { TraceSummary } from '@shared/model/catalogue'
import type { MapsFolder, MapsReport } from '@shared/model/maps-report'
import type { MapsRules } from '@shared/model/maps-rules'
import type { ArtifactFiles } from '@shared/model/paper-tools'
import type { RunResult } from '@shared/model/result'
import type { Progress } from '@shared/model/snapshot'
import type { LabSpec } from '@shared/model/spec'
import type { WalkRecord } from '@shared/model/walk-record'

export interface RunHooks {
  onProgress(progress: Progress): void
  readonly signal: AbortSignal
}

/** Paths of what a replay reads. */
export interface ReplayFiles {
  readonly trace: string
  readonly tables: string
  /** Null for native. */
  readonly hostTables: string | null
  readonly warmup: number
  readonly frameNumbers: boolean
}

export interface Served {
  readonly url: string
  /** Takes away what the server kept on disk. */
  close(): Promise<void>
}

export interface Toolbox {
  readonly version: string
  readonly offer: Offer
  /** Ends with what there is, marked partial, when the signal is given. */
  run(spec: LabSpec, hooks: RunHooks): Promise<RunResult>
  coldWalk(spec: LabSpec, design: string): WalkRecord | Promise<WalkRecord>
  /** Tells files of the artifact published with DMT by content; null when none is one of them. */
  look(paths: readonly string[], frameNumbers: boolean | null): Promise<ArtifactFiles | null>
  /** Replays files of the artifact published with DMT. */
  replay(files: ReplayFiles, onProgress: (progress: Progress) => void): Promise<Replay>
  /** Writes a run's accesses and page tables into a folder, all or nothing. */
  exportRun(spec: LabSpec, folder: string, onProgress: (progress: Progress) => void): Promise<void>
  /** Reads all of a trace; ends with a UserError when the signal is given. */
  summarizeTrace(path: string, format: string, hooks: RunHooks): Promise<TraceSummary>
  /** Reads a trace and writes it as the lab's own binary, all or nothing. */
  convertTrace(path: string, format: string, out: string, hooks: RunHooks): Promise<TraceSummary>
  /** What memory maps say: of one file, of several, or of the files in a folder. */
  readMaps(paths: readonly string[], rules: MapsRules): Promise<MapsReport | MapsFolder>
  /** Serves the lab to a browser until it is closed. */
  serve(port: number): Promise<Served>
  /** Results only. Resolves when the text is out. */
  stdout(text: string): Promise<void>
  stderr(text: string): void
  readonly isTerminal: boolean
  /** Calls back at the first Ctrl+C; returns its own undo. */
  onInterrupt(listener: () => void): () => void
}
