/** Frames for the ways of a cuckoo table: adjacent for each way, all ways or none. */
import { LINES_PER_FRAME, type Frame } from '@shared/address/address'
import type { WayPlace } from '../../hardware/registers/cuckoo-ways'
import type { FrameAllocator } from '../frames/frame-allocator'
import type { Layer } from '../layer'
import { OutOfMemory } from '../out-of-memory'

const framesOf = (lines: number): number => lines / LINES_PER_FRAME

/** Ways of so many lines, a multiple of those of a frame; null where frames are wanting. */
export function takeWays(layer: Layer, count: number, lines: number): WayPlace[] | null {
  const ways: WayPlace[] = []
  for (let way = 0; way < count; way++) {
    const base = takeRun(layer, framesOf(lines))
    if (base < 0) {
      giveBackWays(layer, ways)
      return null
    }
    ways.push({ base, lines })
  }
  return ways
}

/**
 * Backed by the layers below from the start; where these have no memory left there is no run either. Nothing is moved
 * out of the way: whoever writes an entry has looked at frames before, and goes on with them afterwards.
 */
function takeRun(layer: Layer, count: number): number {
  try {
    return withoutMoves(layer.frames, () => layer.allocateArea(count))
  } catch (error) {
    if (!(error instanceof OutOfMemory)) throw error
    return -1
  }
}

export function giveBackWays(layer: Layer, ways: readonly WayPlace[]): void {
  for (const { base, lines } of ways) if (lines > 0) layer.releaseArea(base as Frame, framesOf(lines))
}

function withoutMoves<T>(frames: FrameAllocator, work: () => T): T {
  const { mover } = frames
  frames.mover = null
  try {
    return work()
  } finally {
    frames.mover = mover
  }
}
