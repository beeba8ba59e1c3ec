/**
 * Pointer chase: one linked list through all nodes in random order, followed round and round. Every page holds
 * one node; each reference loads the pointer to the next. The order is computed (Permutation), so a list over
 * any number of pages needs no memory here.
 */
import { LINES_PER_FRAME, PAGE_BYTES, pageHigh, pageLow } from '@shared/address/address'
import { LOAD, type AccessBatch } from '@shared/model/access'
import { mix32 } from '@shared/random/mix32'
import { Permutation } from '@shared/random/permutation'
import { footprintPages, layOutProcess } from './process-layout'
import { INSTRUCTIONS_PER_REFERENCE, WORD_BYTES } from './teaching'
import type { AccessSource, Area, Workload } from './workload'

const LINE_BYTES = PAGE_BYTES / LINES_PER_FRAME

export const pointerChase: Workload = {
  info: {
    id: 'pointer-chase',
    title: 'Pointer chase',
    summary: 'Follows a linked list with one node a page, in random order: no locality at all',
    story: [
      'A linked list with one node a page is followed in random order: each address depends on the load before it, and no page is used twice in a round.'
    ],
    presets: null,
    knobs: []
  },
  open: (spec) => new PointerChaseSource(footprintPages(spec.footprint), spec.seed)
}

class PointerChaseSource implements AccessSource {
  readonly areas: readonly Area[]
  readonly instructionsPerReference = INSTRUCTIONS_PER_REFERENCE
  private readonly nodes: Area
  private readonly order: Permutation
  private turn = 0

  constructor(pages: number, seed: number) {
    const layout = layOutProcess('nodes', pages)
    this.areas = layout.areas
    this.nodes = layout.main
    this.order = new Permutation(pages, seed)
  }

  fill(batch: AccessBatch, from: number, to: number): number {
    batch.kind.fill(LOAD, from, to)
    batch.size.fill(WORD_BYTES, from, to)
    for (let i = from; i < to; i++) {
      const node = this.order.at(this.turn)
      const page = this.nodes.start + node
      batch.high[i] = pageHigh(page)
      batch.low[i] = pageLow(page)
      batch.offset[i] = lineOfNode(node) * LINE_BYTES
      this.turn = (this.turn + 1) % this.order.count
    }
    return to
  }
}

/** A node's line in its page. Nodes all at the start of their pages would share one set of the data cache. */
const lineOfNode = (node: number): number => mix32(node) % LINES_PER_FRAME
