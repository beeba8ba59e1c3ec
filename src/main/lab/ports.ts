/** What the lab asks of the host it runs in, and what it offers to it. Hosts: electron, web, cli. */
import type { ExportOutcome, LabCalls, LabEvents } from '@shared/contract/lab-contract'
import type { RunResult } from '@shared/model/result'
import type { Compression } from '@shared/model/trace-look'

/** One message channel to a lane's worker; structurally a node Worker or MessagePort. */
export interface LanePort {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onError(listener: (error: Error) => void): void
  close(): void
}

/** A file on its way in: bytes already decompressed when the file was, in chunks of any size. */
export interface FileStream {
  readonly name: string
  /** Size on disk, for progress. */
  readonly bytes: number
  /** What was found packed and comes unpacked. */
  readonly compression: Compression
  /** Another one when the file has changed: its size and the time of its last change. */
  readonly stamp: string
  /** Bytes read from disk so far. */
  bytesRead(): number
  /** Hex SHA-256 of the file as it lies on disk; known once the stream has been read to its end. */
  sha256(): Promise<string>
  chunks(): AsyncIterable<Uint8Array>
}

export interface LaneHost {
  startLane(): LanePort
  /** Bytes of memory that the lanes may fill. */
  usableMemory(): number
}

export interface LabHost extends LaneHost {
  readonly kind: 'electron' | 'web' | 'cli'
  readonly version: string
  /**
   * Opens a file by the token the window holds, or by its path in the command line.
   * Throws UserError for a file that is missing, a directory, unreadable, or a broken archive.
   */
  openFile(tokenOrPath: string): Promise<FileStream>
  exportReport(run: RunResult): Promise<ExportOutcome>
}

/** What is answered without a session, by the part of the lab that knows the artifact's files. */
export type ArtifactCall = Extract<keyof LabCalls, `artifact/${string}`>
/** What is remembered beside the lab, answered by hosts that have a window. */
export type DeskCall = Extract<keyof LabCalls, `settings/${string}` | `recent/${string}`>
export type SessionCalls = Omit<LabCalls, ArtifactCall | DeskCall>

/** The lab of sessions; hosts put it together with the artifact's calls. */
export interface SessionLab extends Omit<Lab, 'calls'> {
  readonly calls: SessionCalls
}

/** All but what is remembered. */
export interface LabWithoutDesk extends Omit<Lab, 'calls'> {
  readonly calls: Omit<LabCalls, DeskCall>
}

/** The lab service, the same in every host. */
export interface Lab {
  readonly calls: LabCalls
  /** Returns its own undo. */
  subscribe(listener: LabEvents): () => void
  close(): Promise<void>
}
