/**
 * The segments of one guest: runs of its frames for table pages, each 2 MiB or a multiple and aligned to that, which the
 * host backs with 2 MiB pages. All processes take their table pages from the same segments; what is free is a list.
 * A segment is added when none is left, until the host refuses a call once (xlab-uiuc/hugegpt-linux, mm/hugegpt.c).
 */
import type { Frame } from '@shared/address/address'
import { formatCount } from '@shared/format/number'
import type { Layer } from '../layer'
import type { OwnFrames } from '../space/table-support'
import { BLOCK, SegmentHost } from './segment-host'

const wholeBlocks = (frames: number): number => Math.max(1, Math.ceil(frames / BLOCK)) * BLOCK

export class SegmentPool {
  /** Whoever takes table pages from them; the first speaks for the segments, which belong to all. */
  readonly sharers = new Set<object>()
  private readonly segments: OwnFrames[] = []
  /** Frames that hold no table, all zero; the last is taken first. */
  private readonly free: number[] = []
  private readonly host: SegmentHost
  /** The host has refused a call: nobody asks it again. */
  private isClosed = false
  /** Free frames of the guest from which on another run is looked for. */
  private worthwhile = 0

  /** @param share of the guest's memory that a segment takes */
  constructor(
    private readonly layer: Layer,
    private readonly share: number
  ) {
    this.host = new SegmentHost(layer)
  }

  /** A frame for a table page, or -1. */
  take(): number {
    if (this.free.length === 0) this.grow()
    const frame = this.free.pop()
    if (frame !== undefined) return frame
    this.layer.ledger.count('tablesOutsideSegments')
    return -1
  }

  giveBack(frame: Frame): void {
    this.layer.entries.clear(frame)
    this.free.push(frame)
  }

  holds(frame: number): boolean {
    return this.segments.some(({ base, count }) => frame >= base && frame < base + count)
  }

  /** Looking only. */
  list(): readonly OwnFrames[] {
    return this.segments
  }

  /** Looking only. */
  freeFrames(): readonly number[] {
    return this.free
  }

  /** Frames that serve as table pages. */
  get used(): number {
    return this.segments.reduce((sum, { count }) => sum + count, 0) - this.free.length
  }

  private grow(): void {
    const { frames } = this.layer
    if (this.isClosed || frames.freeFrames < this.worthwhile) return
    const { base, count } = this.findRun()
    if (base < 0) {
      this.worthwhile = frames.freeFrames + BLOCK
      this.layer.event('segment-fallback', 'no 2 MiB of guest frames for table pages', BLOCK, 0)
      return
    }
    const refusal = this.host.back(base, count)
    if (refusal === null) return this.add(base, count)
    this.isClosed = true
    frames.freeRange(base, count)
    this.layer.event('segment-fallback', `the host does not back a segment: ${refusal}`, count, 0)
  }

  /** The whole size, else the largest half, quarter, ... of it that there is. */
  private findRun(): { base: number; count: number } {
    const { frames } = this.layer
    for (let count = wholeBlocks(frames.frames * this.share); ; count = wholeBlocks(count / 2)) {
      const base = frames.allocateRange(count, BLOCK)
      if (base >= 0 || count === BLOCK) return { base, count }
    }
  }

  private add(base: number, count: number): void {
    const { layer, free } = this
    this.segments.push({ base, count, what: 'a segment' })
    for (let f = base + count - 1; f >= base; f--) free.push(f)
    const blocks = count / BLOCK
    const small = blocks - this.host.hugeBlocks(base, count)
    layer.ledger.count('segmentsMade')
    layer.ledger.count('segmentBlocksSmall', small)
    const rest = small === 0 ? '' : `, ${formatCount(small)} of ${formatCount(blocks)} blocks on small pages`
    layer.event('segment', `a segment of ${formatCount(count)} frames for table pages${rest}`, count, 0)
  }
}

const pools = new WeakMap<Layer, SegmentPool>()

/** That of the guest. */
export function segmentsOf(layer: Layer, share: number): SegmentPool {
  const known = pools.get(layer) ?? new SegmentPool(layer, share)
  pools.set(layer, known)
  return known
}
