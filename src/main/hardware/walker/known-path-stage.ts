/**
 * A radix walk over tables that are known beforehand: the walk style `artifact`.
 *
 * What a walk-cache hit spares keeps its place in the walk as a step `ZERO`, so every walk has the same steps: for
 * each level the walk of the layer below, then the entry. The walk caches of the layers below the innermost serve
 * table pages only; the page asked for is always walked in full there.
 *
 * Source: the simulators published with DMT (xlab-uiuc/dmt), order of look-ups included.
 */
import { ENTRIES_PER_TABLE, frameHigh, frameLow, indexAt } from '@shared/address/address'
import { PRESENT } from '@shared/arch/entry'
import type { EagerWalkCache } from '../pwc/eager-walk-cache'
import { LeafStage, type LeafStageParts } from './leaf-stage'
import type { Stage } from './stage'
import type { TablePath } from './table-path'
import { HIT_PWC } from './walk'

const INDEX_BITS = 9

export interface KnownPathParts extends LeafStageParts {
  readonly levels: number
  readonly path: TablePath
  /** Path of the layer below, where it may map a table page to no start of a frame; else null. */
  readonly pathBelow: TablePath | null
  /** Null: nothing is kept. */
  readonly walkCache: EagerWalkCache | null
  readonly walkCacheLatency: number
  readonly isInnermost: boolean
  /** Steps of a walk of the layers below. */
  readonly stepsBelow: number
  readonly flags: number
  readonly isShadow: boolean
}

export class KnownPathStage extends LeafStage {
  protected override readonly isShadow: boolean
  private readonly path: TablePath
  private readonly walkCache: EagerWalkCache | null

  constructor(private readonly parts: KnownPathParts) {
    super(parts)
    this.isShadow = parts.isShadow
    this.path = parts.path
    this.walkCache = parts.walkCache
  }

  translate(high: number, low: number, access: number): number {
    const { path, port } = this
    if (!path.find(high, low)) return this.fault(high, low, false)
    const kept = this.keptLevel(high, low)
    const carried = this.walk.isForTable ? low : low + path.carry
    const walkedHigh = high + frameHigh(carried)
    const walkedLow = frameLow(carried)
    for (let level = this.parts.levels; level > path.leafLevel; level--) {
      if (level < kept || kept === 0) {
        const machine = this.read(walkedHigh, walkedLow, level)
        if (machine < 0) return machine
        if ((port.low & PRESENT) === 0) return this.fault(high, low, false)
      } else this.spare(high, low, level, level === kept)
    }
    const machine = this.read(walkedHigh, walkedLow, path.leafLevel)
    return machine < 0 ? machine : this.leafRead(high, low, access)
  }

  /** The level down to which a walk cache knows the tables; 0 for none. */
  private keptLevel(high: number, low: number): number {
    if (this.walkCache === null) return 0
    if (!this.parts.isInnermost && !this.walk.isForTable) return 0
    const level = this.walkCache.lookup(high, low)
    return level > this.path.leafLevel ? level : 0
  }

  /** Reads the entry of one level, after the walk that locates its table; the machine frame it was read from. */
  private read(high: number, low: number, level: number): number {
    const { below, path } = this
    const table = path.frame(level)
    const machine = below === null ? table : this.machineFrameOf(below, table, level)
    if (machine < 0) return machine
    const entry = this.slackOf(level) + indexAt(high, low, level)
    const frame = machine + (entry >>> INDEX_BITS)
    const index = entry & (ENTRIES_PER_TABLE - 1)
    this.port.read(this.layer, level, frame, table, index, this.parts.flags)
    this.leafFrame = frame
    this.leafIndex = index
    return frame
  }

  /** Entries between the start of the machine frame and that of the table. */
  private slackOf(level: number): number {
    if (this.below === null) return this.path.slack(level)
    return this.parts.pathBelow?.pageSlack ?? 0
  }

  private leafFrame = 0
  private leafIndex = 0

  /** What the entry just read, that of the leaf, says. */
  private leafRead(high: number, low: number, access: number): number {
    const level = this.path.leafLevel
    const { port } = this
    if ((port.low & PRESENT) === 0) return this.fault(high, low, false)
    return this.leaf(high, low, level, this.leafFrame, this.leafIndex, port.low, port.high, access)
  }

  private machineFrameOf(below: Stage, table: number, level: number): number {
    const { serving } = this.walk
    serving[this.layer] = level
    const machine = below.translate(frameHigh(table), frameLow(table), 0)
    serving[this.layer] = 0
    return machine
  }

  /** A level that is not read: its steps stand as ZERO, or the last of them as the walk-cache hit. */
  private spare(high: number, low: number, level: number, isHit: boolean): void {
    this.walk.spare(isHit ? this.parts.stepsBelow : this.parts.stepsBelow + 1)
    if (!isHit) return
    const { flags, walkCacheLatency } = this.parts
    const next = this.path.frame(level - 1)
    this.port.cached(this.layer, level, next, indexAt(high, low, level), HIT_PWC, walkCacheLatency, flags)
  }
}
