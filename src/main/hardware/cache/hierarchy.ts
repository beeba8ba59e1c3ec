import type { CacheGeometry, HardwareParameters } from '@shared/model/hardware-profile'
import { Cache, cacheLevel, type CacheLevel } from './cache'
import type { Caches } from './caches'

/** Where an access was answered. */
export const HIT_L1 = 0
export const HIT_L2 = 1
export const HIT_LLC = 2
export const HIT_MEMORY = 3
export type HitCode = typeof HIT_L1 | typeof HIT_L2 | typeof HIT_LLC | typeof HIT_MEMORY

/**
 * Split first-level caches over a second and a last level. A miss asks the next level and fills every level
 * on its way back; levels drop lines on their own, neither inclusive nor exclusive, and write nothing back.
 */
export class CacheHierarchy implements Caches {
  private readonly l1i: Cache
  private readonly l1d: Cache
  private readonly l2: CacheLevel
  private readonly llc: Cache
  /** Cycles by hit code, for data and walker reads. */
  readonly latency: Float64Array
  /** Cycles by hit code, for instruction fetches. */
  readonly fetchLatency: Float64Array

  /** @param llc the last level that all CPUs share */
  constructor(parameters: HardwareParameters['cache'], llc = lastLevel(parameters)) {
    const { l1i, l1d, l2, replacement } = parameters
    this.l1i = new Cache(l1i, replacement)
    this.l1d = new Cache(l1d, replacement)
    this.l2 = cacheLevel(l2, replacement)
    this.llc = llc
    this.latency = latencies(parameters, l1d)
    this.fetchLatency = latencies(parameters, l1i)
  }

  /** A load or store of one line of a machine frame. */
  data(frame: number, line: number): HitCode {
    return this.l1d.access(frame, line) ? HIT_L1 : this.beyondFirst(frame, line)
  }

  /** An instruction fetch. */
  fetch(frame: number, line: number): HitCode {
    return this.l1i.access(frame, line) ? HIT_L1 : this.beyondFirst(frame, line)
  }

  /** Each level is asked for both lines, so that both come in, and has missed when one was not there. */
  both(isFetch: boolean, frame: number, line: number, nextFrame: number, nextLine: number): HitCode {
    const has = (level: CacheLevel): boolean => {
      const hasFirst = level.access(frame, line)
      return level.access(nextFrame, nextLine) && hasFirst
    }
    if (has(isFetch ? this.l1i : this.l1d)) return HIT_L1
    if (has(this.l2)) return HIT_L2
    return has(this.llc) ? HIT_LLC : HIT_MEMORY
  }

  /** A read of the page walker: it goes through the L1 data cache. */
  walk(frame: number, line: number): HitCode {
    return this.l1d.access(frame, line) ? HIT_L1 : this.beyondFirst(frame, line)
  }

  /** Where a data or walker read would be answered now; changes nothing. */
  peekData(frame: number, line: number): HitCode {
    return this.l1d.contains(frame, line) ? HIT_L1 : this.peekBeyondFirst(frame, line)
  }

  /** Where a fetch would be answered now; changes nothing. */
  peekFetch(frame: number, line: number): HitCode {
    return this.l1i.contains(frame, line) ? HIT_L1 : this.peekBeyondFirst(frame, line)
  }

  load(frame: number, line: number): number {
    return this.llc.load(frame, line)
  }

  private beyondFirst(frame: number, line: number): HitCode {
    if (this.l2.access(frame, line)) return HIT_L2
    return this.llc.access(frame, line) ? HIT_LLC : HIT_MEMORY
  }

  private peekBeyondFirst(frame: number, line: number): HitCode {
    if (this.l2.contains(frame, line)) return HIT_L2
    return this.llc.contains(frame, line) ? HIT_LLC : HIT_MEMORY
  }
}

export const lastLevel = ({ llc, replacement }: HardwareParameters['cache']): Cache =>
  new Cache(llc, replacement)

/** Cycles by hit code, when the first level is this one. */
export const latencies = (p: HardwareParameters['cache'], first: CacheGeometry): Float64Array =>
  Float64Array.of(first.latencyCycles, p.l2.latencyCycles, p.llc.latencyCycles, p.memoryLatencyCycles)
