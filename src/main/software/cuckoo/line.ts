/** Lines of a cuckoo table in the frames of a layer, as its software reads and writes them. */
import { ENTRIES_PER_LINE, type Frame } from '@shared/address/address'
import { PRESENT } from '@shared/arch/entry'
import { TAG_MASK, clusterOf, tagAt } from '@shared/arch/cuckoo-line'
import type { EntryMemory } from '../space/entry-memory'

/** Where a line lies: a frame of the layer, and the first of its entries there. */
export interface LineAt {
  readonly frame: number
  readonly index: number
}

/** A line on its way from one place to another. */
export class Line {
  high = 0
  low = 0
  readonly lows = new Int32Array(ENTRIES_PER_LINE)
  readonly highs = new Int32Array(ENTRIES_PER_LINE)

  /** An empty line of this cluster. */
  begin(high: number, low: number): this {
    this.high = high
    this.low = low
    this.lows.fill(0)
    this.highs.fill(0)
    return this
  }

  get isEmpty(): boolean {
    return !this.lows.some((low) => (low & PRESENT) !== 0)
  }
}

export class Lines {
  constructor(private readonly entries: EntryMemory) {}

  isEmpty({ frame, index }: LineAt): boolean {
    const { memory } = this.entries
    const at = memory.positionOf(this.entries.machineFrameOf(frame as Frame), index)
    // An entry is two words, the low one first.
    for (let i = 0; i < 2 * ENTRIES_PER_LINE; i += 2) if ((memory.word(at + i) & PRESENT) !== 0) return false
    return true
  }

  /** Nothing was ever written to the frame, so all its lines are empty. */
  isBlank(frame: number): boolean {
    return !this.entries.memory.hasContents(this.entries.machineFrameOf(frame as Frame))
  }

  /** The line there is that of this cluster. */
  isOf(at: LineAt, high: number, low: number): boolean {
    const { frame, index } = at
    for (let i = 0; i < ENTRIES_PER_LINE; i++)
      if ((this.entries.high(frame as Frame, index + i) & TAG_MASK) !== tagAt(i, high, low)) return false
    // Empty lines look like that of cluster 0.
    return (high | low) !== 0 || !this.isEmpty(at)
  }

  low({ frame, index }: LineAt, i: number): number {
    return this.entries.low(frame as Frame, index + i)
  }

  /** Without what belongs to the line. */
  high({ frame, index }: LineAt, i: number): number {
    return this.entries.high(frame as Frame, index + i) & ~TAG_MASK
  }

  /** Writes an entry of the line of this cluster. */
  write(
    { frame, index }: LineAt,
    i: number,
    low: number,
    high: number,
    cluster: Pick<Line, 'high' | 'low'>
  ): void {
    const tag = tagAt(i, cluster.high, cluster.low)
    this.entries.write(frame as Frame, index + i, low, (high & ~TAG_MASK) | tag)
  }

  put(at: LineAt, line: Line): void {
    for (let i = 0; i < ENTRIES_PER_LINE; i++) this.write(at, i, line.lows[i], line.highs[i], line)
  }

  /** Reads the line into `line`, its cluster too. */
  take(at: LineAt, line: Line): void {
    const { frame, index } = at
    const { high, low } = clusterOf((i) => this.entries.high(frame as Frame, index + i))
    line.high = high
    line.low = low
    for (let i = 0; i < ENTRIES_PER_LINE; i++) {
      line.lows[i] = this.low(at, i)
      line.highs[i] = this.high(at, i)
    }
  }

  clear({ frame, index }: LineAt): void {
    for (let i = 0; i < ENTRIES_PER_LINE; i++) this.entries.write(frame as Frame, index + i, 0, 0)
  }
}
