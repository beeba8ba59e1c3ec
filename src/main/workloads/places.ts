import type { AccessBatch } from '@shared/model/access'

/** Where accesses go, one after the other, without an end. */
export interface Places {
  /** Writes page and offset of accesses [from, to). */
  fill(batch: AccessBatch, from: number, to: number): void
}
