/**
 * Reads the line in one way of a cuckoo table: where it lies in the machine is asked of the stage below, then it is one
 * reference, and the tags of all its entries are compared.
 */
import { ENTRIES_PER_LINE, frameHigh, frameLow } from '@shared/address/address'
import { PRESENT } from '@shared/arch/entry'
import { TAG_MASK, tagAt } from '@shared/arch/cuckoo-line'
import type { PhysicalMemory } from '../memory/physical-memory'
import type { CuckooWays } from '../registers/cuckoo-ways'
import type { EntryPort } from '../walker/entry-port'
import type { Stage } from '../walker/stage'
import { FLAG_HASH, type Walk } from '../walker/walk'

export interface LineReaderParts {
  readonly layer: number
  readonly below: Stage | null
  readonly walk: Walk
  readonly port: EntryPort
  readonly memory: PhysicalMemory
  /** Of all steps. */
  readonly flags: number
}

export class LineReader {
  /** After `read`: where the entry lies, and its words without the tag. */
  machine = 0
  index = 0
  low = 0
  high = 0
  private readonly flags: number

  constructor(private readonly parts: LineReaderParts) {
    this.flags = parts.flags | FLAG_HASH
  }

  /**
   * Reads entry i of the cluster's line, for a page of `level`. Negative: what the stage below answered. 1: the entry is
   * there, 0: it is not.
   */
  read(
    ways: CuckooWays,
    way: number,
    clusterHigh: number,
    clusterLow: number,
    i: number,
    level: number
  ): number {
    const { layer, walk, port } = this.parts
    ways.locate(way, clusterHigh, clusterLow)
    const { frame, index } = ways
    const machine = this.machineFrameOf(frame, level)
    if (machine < 0) return machine
    const before = walk.end
    port.read(layer, level, machine, frame, index + i, this.flags)
    if (walk.end > before) walk.register[before] = way
    if ((port.low & PRESENT) === 0 || !this.isOf(machine, index, clusterHigh, clusterLow)) return 0
    this.machine = machine
    this.index = index + i
    this.low = port.low
    this.high = port.high & ~TAG_MASK
    return 1
  }

  /** Low words of the whole line that was read last: they come with its entry, in the same reference. */
  takeLine(lows: Int32Array): void {
    const first = this.index & ~(ENTRIES_PER_LINE - 1)
    for (let i = 0; i < ENTRIES_PER_LINE; i++) lows[i] = this.parts.memory.low(this.machine, first + i)
  }

  private machineFrameOf(frame: number, level: number): number {
    const { layer, below, walk } = this.parts
    if (below === null) return frame
    walk.serving[layer] = level
    const machine = below.translate(frameHigh(frame), frameLow(frame), 0)
    walk.serving[layer] = 0
    return machine
  }

  private isOf(machine: number, first: number, high: number, low: number): boolean {
    const { memory } = this.parts
    for (let i = 0; i < ENTRIES_PER_LINE; i++)
      if ((memory.high(machine, first + i) & TAG_MASK) !== tagAt(i, high, low)) return false
    return true
  }
}
