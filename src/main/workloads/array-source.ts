/** A stream of loads of words from one array, round and round: what sequential and strided share. */
import { LOAD, type AccessBatch } from '@shared/model/access'
import { layOutProcess } from './process-layout'
import { INSTRUCTIONS_PER_REFERENCE, WORD_BYTES } from './teaching'
import type { AccessSource, Area } from './workload'

export abstract class ArraySource implements AccessSource {
  readonly areas: readonly Area[]
  readonly instructionsPerReference = INSTRUCTIONS_PER_REFERENCE
  protected readonly array: Area
  /** Page of the array, and byte in it, of the next load. */
  protected page = 0
  protected offset = 0

  constructor(protected readonly pages: number) {
    const layout = layOutProcess('array', pages)
    this.areas = layout.areas
    this.array = layout.main
  }

  fill(batch: AccessBatch, from: number, to: number): number {
    batch.kind.fill(LOAD, from, to)
    batch.size.fill(WORD_BYTES, from, to)
    this.fillPlaces(batch, from, to)
    return to
  }

  /** Writes page and offset of accesses [from, to). */
  protected abstract fillPlaces(batch: AccessBatch, from: number, to: number): void
}
