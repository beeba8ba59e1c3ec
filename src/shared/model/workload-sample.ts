/** The first accesses of a workload, for its picture in Help: what the generator makes, not what a run measured. */
import type { AccessKind } from './access'

/** Accesses of a sample at most. */
export const SAMPLE_ACCESSES = 4000

export interface SampledArea {
  readonly name: string
  /** 4 KiB pages, and those of them that hold data. */
  readonly pages: number
  readonly dataPages: number
}

export interface WorkloadSample {
  readonly workload: string
  /** Bytes. */
  readonly footprint: number
  /** Ascending by address. */
  readonly areas: readonly SampledArea[]
  /** Columns: an access each, in their order. */
  readonly kind: readonly AccessKind[]
  /** Index into `areas`. */
  readonly area: readonly number[]
  /** From the area's start. */
  readonly page: readonly number[]
}
