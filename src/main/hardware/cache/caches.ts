/** The caches of one core, as lanes and walkers use them. */
import type { HardwareParameters } from '@shared/model/hardware-profile'
import { CacheHierarchy, lastLevel, type HitCode } from './hierarchy'
import { PrefetchingHierarchy } from './prefetching-hierarchy'

/** A line is named by its machine frame and its place in the frame, 0..63. */
export interface Caches {
  /** Cycles by hit code, for data and walker reads. */
  readonly latency: Float64Array
  /** Cycles by hit code, for instruction fetches. */
  readonly fetchLatency: Float64Array
  /** A load or store of one line. `isPart`: the access spans several lines, this is one of them. */
  data(frame: number, line: number, isPart: boolean): HitCode
  /** An instruction fetch of one line. */
  fetch(frame: number, line: number, isPart: boolean): HitCode
  /** A data access or fetch over two lines that counts as one. */
  both(isFetch: boolean, frame: number, line: number, nextFrame: number, nextLine: number): HitCode
  /** A read of the page walker: it goes through the L1 data cache. */
  walk(frame: number, line: number): HitCode
  /** Where a data or walker read would be answered now; changes nothing. */
  peekData(frame: number, line: number): HitCode
  /** Where a fetch would be answered now; changes nothing. */
  peekFetch(frame: number, line: number): HitCode
  /** Reads the last level's tags ahead of an access: those of the others are near. Changes nothing. The result means nothing. */
  load(frame: number, line: number): number
}

export type CacheParameters = HardwareParameters['cache']

/**
 * The plain hierarchy where nothing else is asked for: it is the faster one. CPUs of one machine are given the same
 * last level.
 */
export function buildCaches(parameters: CacheParameters, llc = lastLevel(parameters)): Caches {
  const isPlain = parameters.prefetcher === 'none' && parameters.repeatedLine === 'hit'
  return isPlain ? new CacheHierarchy(parameters, llc) : new PrefetchingHierarchy(parameters, llc)
}
