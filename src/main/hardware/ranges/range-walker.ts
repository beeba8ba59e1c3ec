/**
 * Walks the range table of a layer (shared/arch/range-node) from its root down, a binary search in each node, reading a
 * line at a time through its port. Nodes of a guest lie in the guest's space: the layers below are walked for each.
 */
import { ENTRIES_PER_LINE, frameHigh, frameLow } from '@shared/address/address'
import {
  FIRST_ENTRY,
  INNER_WORDS,
  LEAF_WORDS,
  pageOf,
  rangeOf,
  type Range,
  type Word
} from '@shared/arch/range-node'
import { LOAD } from '@shared/model/access'
import type { PhysicalMemory } from '../memory/physical-memory'
import type { EntryPort } from '../walker/entry-port'
import type { Stage } from '../walker/stage'
import type { TranslationState } from '../walker/translation-state'
import type { Walk } from '../walker/walk'

/** What software gives the CPU to find a range table by: frame of the root node, -1 for an empty one. */
export interface RangeRoot {
  readonly rangeRoot: number
}

const isRangeRoot = (own: object): own is RangeRoot => 'rangeRoot' in own && typeof own.rangeRoot === 'number'

export interface RangeWalkerParts {
  readonly layer: number
  readonly state: Pick<TranslationState, 'own'>
  readonly memory: PhysicalMemory
  readonly port: EntryPort
  /** Of the reads: begins anew for each look-up. */
  readonly walk: Walk
  /** Translates this layer's frames; null where they are machine frames. */
  readonly below: Stage | null
}

export class RangeWalker {
  /** The line read last: of it, every word is at hand. */
  private machine = -1
  private line = -1

  constructor(private readonly parts: RangeWalkerParts) {}

  /** The range that holds the page, or null; how many reads it took is in the walk. */
  find(page: number): Range | null {
    const { walk } = this.parts
    const { own } = this.parts.state
    walk.begin()
    this.machine = -1
    let node = own !== null && isRangeRoot(own) ? own.rangeRoot : -1
    while (node >= 0) {
      const machine = this.locate(node)
      if (machine < 0) return null
      const [count, height] = this.word(machine, node, 0, 0)
      const width = height === 0 ? LEAF_WORDS : INNER_WORDS
      const at = this.search(machine, node, height, width, count, page)
      if (at < 0) return null
      const first = FIRST_ENTRY + at * width
      if (height === 0) return this.within(this.rangeAt(machine, node, first), page)
      node = this.word(machine, node, height, first + 1)[0]
    }
    return null
  }

  private within(range: Range, page: number): Range | null {
    return page < range.end ? range : null
  }

  private locate(node: number): number {
    const { below } = this.parts
    return below === null ? node : below.translate(frameHigh(node), frameLow(node), LOAD)
  }

  /** Position of the last entry whose key is not above the page, or -1. */
  private search(
    machine: number,
    node: number,
    height: number,
    width: number,
    count: number,
    page: number
  ): number {
    let low = 0
    let high = count
    while (low < high) {
      const middle = (low + high) >>> 1
      const key = pageOf(...this.word(machine, node, height, FIRST_ENTRY + middle * width))
      if (key <= page) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  private rangeAt(machine: number, node: number, first: number): Range {
    const word = (i: number): Word => this.word(machine, node, 0, first + i)
    return rangeOf(word(0), word(1), word(2))
  }

  private word(machine: number, node: number, height: number, index: number): Word {
    const { layer, port, memory } = this.parts
    const line = Math.floor(index / ENTRIES_PER_LINE)
    if (machine !== this.machine || line !== this.line) port.read(layer, height + 1, machine, node, index, 0)
    this.machine = machine
    this.line = line
    const at = memory.positionOf(machine, index)
    return [memory.word(at), memory.word(at | 1)]
  }
}
