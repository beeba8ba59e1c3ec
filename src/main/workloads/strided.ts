/**
 * Strided: each reference is one page and one cache line after the last, so that every one is on a new page. A
 * stride of exactly a page would keep to the same few cache sets, and the misses seen would be those of the
 * caches; the extra line walks over all sets. Reference k is at byte (4160 k) mod the size of the array.
 */
import { PAGE_BYTES, pageHigh, pageLow, type Page } from '@shared/address/address'
import type { AccessBatch } from '@shared/model/access'
import { ArraySource } from './array-source'
import type { Places } from './places'
import { footprintPages } from './process-layout'
import type { Workload } from './workload'

const LINE_BYTES = 64

export const strided: Workload = {
  info: {
    id: 'strided',
    title: 'Strided',
    summary: 'Reads one word a page, a page and a cache line apart: every reference on a new page',
    story: [
      'An array is read at steps of a page and a line, so that every reference is on a new page and none is random.'
    ],
    presets: null,
    knobs: []
  },
  open: (spec) =>
    new ArraySource(footprintPages(spec.footprint), (start, pages) => new StridedPlaces(start, pages))
}

export class StridedPlaces implements Places {
  /** Page of the array, and byte in it, of the next word. */
  private page = 0
  private offset = 0

  constructor(
    private readonly start: Page,
    private readonly pages: number
  ) {}

  fill(batch: AccessBatch, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const page = this.start + this.page
      batch.high[i] = pageHigh(page)
      batch.low[i] = pageLow(page)
      batch.offset[i] = this.offset
      this.advance()
    }
  }

  private advance(): void {
    this.page++
    this.offset += LINE_BYTES
    if (this.offset === PAGE_BYTES) {
      this.offset = 0
      this.page++
    }
    while (this.page >= this.pages) this.page -= this.pages
  }
}
