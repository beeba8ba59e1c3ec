/** What the commands need from the world. Tests hand over fakes, index.ts the real things. */
import type { Offer } from '@main/lab/offer'
import type { TraceSummary } from '@shared/model/catalogue'
import type { RunResult } from '@shared/model/result'
import type { Progress } from '@shared/model/snapshot'
import type { LabSpec } from '@shared/model/spec'
import type { WalkRecord } from '@shared/model/walk-record'

export interface RunHooks {
  onProgress(progress: Progress): void
  readonly signal: AbortSignal
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
  summarizeTrace(path: string, format: string): Promise<TraceSummary>
  /** Serves the lab to a browser until it is closed. */
  serve(port: number): Promise<Served>
  /** Results only. Resolves when the text is out. */
  stdout(text: string): Promise<void>
  stderr(text: string): void
  readonly isTerminal: boolean
  /** Calls back at the first Ctrl+C; returns its own undo. */
  onInterrupt(listener: () => void): () => void
}
