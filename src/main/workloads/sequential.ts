/** Sequential: every word of an array in order, then from its start again. */
import { PAGE_BYTES, pageHigh, pageLow } from '@shared/address/address'
import { LOAD, type AccessBatch } from '@shared/model/access'
import { footprintPages, layOutProcess } from './process-layout'
import { INSTRUCTIONS_PER_REFERENCE, WORD_BYTES } from './teaching'
import type { AccessSource, Area, Workload } from './workload'

export const sequential: Workload = {
  id: 'sequential',
  title: 'Sequential',
  summary: 'Reads an array word by word: one TLB miss in 512 references',
  open: (spec) => new SequentialSource(footprintPages(spec.footprint))
}

class SequentialSource implements AccessSource {
  readonly areas: readonly Area[]
  readonly instructionsPerReference = INSTRUCTIONS_PER_REFERENCE
  private readonly array: Area
  private page = 0
  private offset = 0

  constructor(private readonly pages: number) {
    const layout = layOutProcess('array', pages)
    this.areas = layout.areas
    this.array = layout.main
  }

  fill(batch: AccessBatch, from: number, to: number): number {
    batch.kind.fill(LOAD, from, to)
    batch.size.fill(WORD_BYTES, from, to)
    let at = from
    while (at < to) at = this.fillPage(batch, at, to)
    return to
  }

  /** Goes on to the end of the page at hand, or to `to`. */
  private fillPage(batch: AccessBatch, from: number, to: number): number {
    const end = Math.min(to, from + (PAGE_BYTES - this.offset) / WORD_BYTES)
    batch.high.fill(pageHigh(this.array.start + this.page), from, end)
    batch.low.fill(pageLow(this.array.start + this.page), from, end)
    let offset = this.offset
    for (let i = from; i < end; i++, offset += WORD_BYTES) batch.offset[i] = offset
    this.offset = offset % PAGE_BYTES
    if (this.offset === 0) this.page = (this.page + 1) % this.pages
    return end
  }
}
