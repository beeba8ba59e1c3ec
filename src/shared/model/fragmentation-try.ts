/** What a degree of fragmentation leaves of coverage. */
import type { LayerName } from './environment'

/**
 * What one degree of fragmentation leaves of coverage, tried on a machine of its own: one area of the footprint, one
 * page of each 2 MiB of it touched. No other data is mapped, so nothing is moved to make room.
 */
export interface FragmentationTry {
  readonly fragmentation: number
  readonly design: string
  /** Bytes of the area, at most those of the set-up: `isScaled` where they are fewer. */
  readonly footprint: number
  readonly isScaled: boolean
  /** Some layer of the design makes TEAs. */
  readonly hasAreas: boolean
  /** Innermost first. */
  readonly layers: readonly {
    readonly layer: LayerName
    /** Share (0..1) of the layer's eligible areas that TEAs with a valid register cover; null where it makes none. */
    readonly coveredShare: number | null
    readonly teas: number
    /** Frames, before any TEA was made. */
    readonly longestFreeRun: number
    /** As in PhysicalMap, before any TEA was made. */
    readonly freeInBlocks: readonly number[]
  }[]
  /** Runs of frames asked of the layers' allocators, and those that were refused. */
  readonly requests: number
  readonly refusals: number
  /** Requests that went on in two pieces. */
  readonly splits: number
}
