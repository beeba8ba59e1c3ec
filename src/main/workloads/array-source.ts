/** A stream of loads of words from one array, round and round: what sequential and strided share. */
import type { Page } from '@shared/address/address'
import { LOAD, type AccessBatch } from '@shared/model/access'
import type { Places } from './places'
import { layOutProcess } from './process-layout'
import { INSTRUCTIONS_PER_REFERENCE, WORD_BYTES } from './teaching'
import type { AccessSource, Area } from './workload'

export class ArraySource implements AccessSource {
  readonly areas: readonly Area[]
  readonly instructionsPerReference = INSTRUCTIONS_PER_REFERENCE
  private readonly places: Places

  constructor(pages: number, placesOf: (start: Page, pages: number) => Places) {
    const { areas, main } = layOutProcess('array', pages)
    this.areas = areas
    this.places = placesOf(main.start, pages)
  }

  fill(batch: AccessBatch, from: number, to: number): number {
    batch.kind.fill(LOAD, from, to)
    batch.size.fill(WORD_BYTES, from, to)
    this.places.fill(batch, from, to)
    return to
  }
}
