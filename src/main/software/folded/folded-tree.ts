/**
 * The tree of a flattened table: nodes that two levels have become, and ordinary tables of one. An entry, or the root
 * register, says which of both it names. Only its shape is known here, not whose it is.
 */
import {
  ENTRIES_PER_TABLE,
  indexAt,
  pageHigh,
  pageLow,
  pagesPerEntry,
  type Frame
} from '@shared/address/address'
import { PAGE_SIZE_BIT, PRESENT, USER, WRITABLE, entryFrame, entryHigh, entryLow } from '@shared/arch/entry'
import { NODE_FRAMES, NODE_HIGH } from '@shared/arch/folding'
import type { EntryMemory } from '../space/entry-memory'

/** A node or a table. */
export interface Part {
  /** Its first frame. */
  readonly base: number
  readonly isNode: boolean
  /** Its level, of a node the upper of both. */
  readonly level: number
}

/** Where an entry lies. */
export interface Place {
  readonly part: Part
  /** Level of the entry: of a node the lower of both. */
  readonly level: number
  readonly frame: Frame
  readonly index: number
}

export const lowerLevel = ({ isNode, level }: Part): number => (isNode ? level - 1 : level)

export const namesPart = (low: number, level: number): boolean =>
  (low & PRESENT) !== 0 && level > 1 && (low & PAGE_SIZE_BIT) === 0

export class FoldedTree {
  constructor(
    readonly root: Part,
    private readonly entries: EntryMemory
  ) {}

  placeIn(part: Part, page: number): Place {
    const [high, low] = [pageHigh(page), pageLow(page)]
    const level = lowerLevel(part)
    const frame = part.isNode ? part.base + indexAt(high, low, part.level) : part.base
    return { part, level, frame: frame as Frame, index: indexAt(high, low, level) }
  }

  /** The way to the page down to where an entry of `level` would lie: as far as there are parts, the last one last. */
  wayTo(page: number, level: number): Place[] {
    const way = [this.placeIn(this.root, page)]
    for (;;) {
      const last = way[way.length - 1]
      const below = last.level > level ? this.below(last) : null
      if (below === null) return way
      way.push(this.placeIn(below, page))
    }
  }

  low({ frame, index }: Place): number {
    return this.entries.low(frame, index)
  }

  high({ frame, index }: Place): number {
    return this.entries.high(frame, index)
  }

  write({ frame, index }: Place, low: number, high: number): void {
    this.entries.write(frame, index, low, high)
  }

  /** What the entry names, or null. */
  below(place: Place): Part | null {
    const low = this.low(place)
    if (!namesPart(low, place.level)) return null
    const high = this.high(place)
    return { base: entryFrame(low, high), isNode: (high & NODE_HIGH) !== 0, level: place.level - 1 }
  }

  /** Upper entries are fully permissive, as in the ordinary table. */
  link(place: Place, base: number, isNode: boolean): void {
    this.write(
      place,
      entryLow(base, PRESENT | WRITABLE | USER),
      entryHigh(base, false) | (isNode ? NODE_HIGH : 0)
    )
  }

  /** Nothing was ever written to the frame, or it is all zero again. */
  isEmpty(frame: Frame): boolean {
    if (!this.entries.memory.hasContents(this.entries.machineFrameOf(frame))) return true
    for (let i = 0; i < ENTRIES_PER_TABLE; i++) if (this.entries.low(frame, i) !== 0) return false
    return true
  }

  /** Every present entry of a part, by the first page that it covers. */
  *entriesOf(part: Part, start: number): Generator<{ place: Place; page: number }> {
    const level = lowerLevel(part)
    for (let n = 0; n < (part.isNode ? NODE_FRAMES : 1); n++) {
      const frame = (part.base + n) as Frame
      if (part.isNode && this.isEmpty(frame)) continue
      for (let index = 0; index < ENTRIES_PER_TABLE; index++) {
        const place = { part, level, frame, index }
        const page = start + (n * ENTRIES_PER_TABLE + index) * pagesPerEntry(level)
        if ((this.low(place) & PRESENT) !== 0) yield { place, page }
      }
    }
  }
}
