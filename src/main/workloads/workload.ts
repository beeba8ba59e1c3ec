/** A workload is an access stream made on the fly: one file each, listed in index.ts. */
import { backedPages } from './area-runs'
import type { AccessBatch } from '@shared/model/access'
import type { WorkloadInfo } from '@shared/model/catalogue'
import type { LabSpec } from '@shared/model/spec'
import type { Page } from '@shared/address/address'

export interface Area {
  readonly start: Page
  /** 4 KiB pages. */
  readonly pages: number
  readonly writable: boolean
  readonly executable: boolean
  /** `text`, `heap`, `table`, `stack`, or the path in a memory map. */
  readonly name: string
  /** Read from a memory map, chosen by the workload, or inferred from accesses. */
  readonly origin: 'workload' | 'map' | 'inferred'
  /**
   * Runs of it that hold data, ascending: pairs of first page, from its start, and pages. The rest is reserved
   * only. Absent: all of it.
   */
  readonly backed?: Int32Array
}

/** An endless or finite stream of accesses over its areas. Deterministic in its spec. */
export interface AccessSource {
  readonly areas: readonly Area[]
  /**
   * Writes accesses into batch[from..to) and returns the position after the last one written;
   * less than `to` only when the stream has ended. May wait for a file.
   */
  fill(batch: AccessBatch, from: number, to: number): number | Promise<number>
  /** Instructions to count for each reference; 0 when the stream holds its own fetches. */
  readonly instructionsPerReference: number
  /** Of a stream with operations: the names that their labels count. */
  readonly labels?: readonly string[]
  /** Of a stream with operations: pages mapped at once at most, those of each process counted. */
  readonly mostPages?: number
  /** Gives back what the stream holds open; call it when a run ends before the stream does. */
  close?(): Promise<void>
}

/** What a stream says of the memory it wants. */
export type MemorySource = Pick<AccessSource, 'areas' | 'mostPages'>

/** Pages that are reserved at once at most. */
export const reservedPages = ({ areas, mostPages = 0 }: MemorySource): number =>
  Math.max(
    areas.reduce((sum, area) => sum + area.pages, 0),
    mostPages
  )

/** Pages that hold data at once at most. */
export const dataPages = ({ areas, mostPages = 0 }: MemorySource): number =>
  Math.max(
    areas.reduce((sum, area) => sum + backedPages(area), 0),
    mostPages
  )

export interface Workload {
  readonly info: WorkloadInfo
  /**
   * Memory is populated before reference 1: whatever is backed has frames.
   * @throws UserError when the footprint holds nothing, or more than can be backed
   */
  open(spec: LabSpec): AccessSource
}
