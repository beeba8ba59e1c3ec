/** Sequential: every word of an array in order, then from its start again. */
import { PAGE_BYTES, pageHigh, pageLow, type Page } from '@shared/address/address'
import type { AccessBatch } from '@shared/model/access'
import { ArraySource } from './array-source'
import type { Places } from './places'
import { footprintPages } from './process-layout'
import { WORD_BYTES } from './teaching'
import type { Workload } from './workload'

export const sequential: Workload = {
  info: {
    id: 'sequential',
    title: 'Sequential',
    summary: 'Reads an array word by word: one TLB miss in 512 references',
    story: ['An array is read word by word: the best case of every TLB and cache.'],
    presets: null,
    knobs: []
  },
  open: (spec) =>
    new ArraySource(footprintPages(spec.footprint), (start, pages) => new SequentialPlaces(start, pages))
}

export class SequentialPlaces implements Places {
  /** Page of the array, and byte in it, of the next word. */
  private page = 0
  private offset = 0

  constructor(
    private readonly start: Page,
    private readonly pages: number
  ) {}

  fill(batch: AccessBatch, from: number, to: number): void {
    let at = from
    while (at < to) at = this.fillPage(batch, at, to)
  }

  /** Goes on to the end of the page at hand, or to `to`. */
  private fillPage(batch: AccessBatch, from: number, to: number): number {
    const end = Math.min(to, from + (PAGE_BYTES - this.offset) / WORD_BYTES)
    batch.high.fill(pageHigh(this.start + this.page), from, end)
    batch.low.fill(pageLow(this.start + this.page), from, end)
    let offset = this.offset
    for (let i = from; i < end; i++, offset += WORD_BYTES) batch.offset[i] = offset
    this.offset = offset % PAGE_BYTES
    if (this.offset === 0) this.page = (this.page + 1) % this.pages
    return end
  }
}
