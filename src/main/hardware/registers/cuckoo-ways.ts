/**
 * What a CPU holds of a cuckoo table: where each of its ways lies, and, while the table grows, the larger ways and how
 * far the move has come. System software writes it. A line has exactly one place in each way: in the larger one when
 * its place in the old has been moved, else in the old (Elastic Cuckoo Page Tables, ASPLOS 2020).
 */
import { ENTRIES_PER_LINE, LINES_PER_FRAME } from '@shared/address/address'
import { hashWords } from '@shared/random/hash-words'

const HASHES = 2 ** 32
const FRAME_SHIFT = Math.log2(LINES_PER_FRAME)
const SEED_STEP = 0x9e3779b1

/** Adjacent frames of the layer's own space that hold the lines of a way. */
export interface WayPlace {
  readonly base: number
  readonly lines: number
}

const NOWHERE: WayPlace = { base: 0, lines: 0 }

export class CuckooWays {
  /** By way. Without lines nothing can be in it. */
  now: readonly WayPlace[]
  /** The larger ways of a table that grows; else null. */
  next: readonly WayPlace[] | null = null
  /** Of each old way: the lines before this one have been moved. */
  readonly moved: Int32Array
  /** After `locate`: the frame and the first entry of the line in it. */
  frame = 0
  index = 0

  /** @param seed another for each table, so that what collides in one does not in another */
  constructor(
    readonly count: number,
    private readonly seed: number
  ) {
    this.now = Array.from({ length: count }, () => NOWHERE)
    this.moved = new Int32Array(count)
  }

  get isEmpty(): boolean {
    return this.now[0].lines === 0
  }

  /** Finds the one place in a way that the line of this cluster may be in. */
  locate(way: number, high: number, low: number): void {
    const hash = hashWords(this.seed + Math.imul(way + 1, SEED_STEP), high, low)
    let place = this.now[way]
    let line = lineIn(place, hash)
    if (this.next !== null && line < this.moved[way]) {
      place = this.next[way]
      line = lineIn(place, hash)
    }
    this.frame = place.base + (line >>> FRAME_SHIFT)
    this.index = (line & (LINES_PER_FRAME - 1)) * ENTRIES_PER_LINE
  }
}

/** Upper bits of the hash choose, so that any number of lines will do. */
const lineIn = ({ lines }: WayPlace, hash: number): number => Math.floor((hash * lines) / HASHES)
