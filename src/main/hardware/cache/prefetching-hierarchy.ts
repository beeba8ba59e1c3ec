/**
 * The cache hierarchy with two options of the hardware: a next-line prefetcher, and walks that are told `memory` of
 * a line which the same cache served last.
 *
 * Every request of the L1 data cache that misses and is no prefetch itself asks for the line after it, once its
 * own line is in; only then the cache remembers its own line as the last. The simulator published with DMT
 * (xlab-uiuc/dmt) does both; hardware does not forget a line that it has just served.
 */
import { LINES_PER_FRAME } from '@shared/address/address'
import { Cache, cacheLevel, type CacheLevel } from './cache'
import type { CacheParameters, Caches } from './caches'
import { HIT_L1, HIT_L2, HIT_LLC, HIT_MEMORY, lastLevel, latencies, type HitCode } from './hierarchy'

/** Added to a hit code: the line was the last that the answering cache had served. */
const REPEATED = 4

/** A cache and the line it served last, as far as that matters. */
class Device {
  readonly cache: CacheLevel
  private readonly remembers: boolean
  private frame = -1
  private line = -1

  constructor(parameters: CacheParameters, cache: CacheLevel) {
    this.cache = cache
    this.remembers = parameters.repeatedLine === 'memory'
  }

  /** Always false where a repeated line is a hit like any other. */
  isLast(frame: number, line: number): boolean {
    return line === this.line && frame === this.frame
  }

  remember(frame: number, line: number): void {
    if (!this.remembers) return
    this.frame = frame
    this.line = line
  }
}

export class PrefetchingHierarchy implements Caches {
  readonly latency: Float64Array
  readonly fetchLatency: Float64Array
  private readonly l1i: Cache
  private readonly l1d: Device
  private readonly l2: Device
  private readonly llc: Device
  private readonly prefetches: boolean

  /** @param llc the last level that all CPUs share */
  constructor(parameters: CacheParameters, llc = lastLevel(parameters)) {
    const { l1d, l2, replacement } = parameters
    this.l1i = new Cache(parameters.l1i, parameters.replacement)
    this.l1d = new Device(parameters, new Cache(l1d, replacement))
    this.l2 = new Device(parameters, cacheLevel(l2, replacement))
    this.llc = new Device(parameters, llc)
    this.latency = latencies(parameters, parameters.l1d)
    this.fetchLatency = latencies(parameters, parameters.l1i)
    this.prefetches = parameters.prefetcher === 'next-line'
  }

  data(frame: number, line: number, isPart: boolean): HitCode {
    return (this.firstLevel(frame, line, isPart) & 3) as HitCode
  }

  /** Each line is a request, which may prefetch; the farther one says where the access was answered. */
  both(isFetch: boolean, frame: number, line: number, nextFrame: number, nextLine: number): HitCode {
    const first = isFetch ? this.fetch(frame, line) : this.data(frame, line, true)
    const second = isFetch ? this.fetch(nextFrame, nextLine) : this.data(nextFrame, nextLine, true)
    return first > second ? first : second
  }

  walk(frame: number, line: number): HitCode {
    const code = this.firstLevel(frame, line, false)
    return code >= REPEATED ? HIT_MEMORY : (code as HitCode)
  }

  /** What a prefetch instruction asks for; it makes the prefetcher ask for nothing. */
  prefetch(frame: number, line: number, isPart: boolean): void {
    if (isPart || !this.l1d.isLast(frame, line)) this.demand(frame, line)
    this.l1d.remember(frame, line)
  }

  fetch(frame: number, line: number): HitCode {
    if (this.l1i.access(frame, line)) return HIT_L1
    return (this.beyondFirst(frame, line) & 3) as HitCode
  }

  peekData(frame: number, line: number): HitCode {
    return this.l1d.cache.contains(frame, line) ? HIT_L1 : this.peekBeyondFirst(frame, line)
  }

  peekFetch(frame: number, line: number): HitCode {
    return this.l1i.contains(frame, line) ? HIT_L1 : this.peekBeyondFirst(frame, line)
  }

  load(frame: number, line: number): number {
    return this.llc.cache.load(frame, line)
  }

  /** A request of one line to the L1 data cache; one that is part of a wider one always looks it up. */
  private firstLevel(frame: number, line: number, isPart: boolean): number {
    const { l1d } = this
    if (!isPart && l1d.isLast(frame, line)) return HIT_L1 | REPEATED
    const code = this.demand(frame, line)
    if (this.prefetches && code !== HIT_L1) this.prefetchAfter(frame, line)
    l1d.remember(frame, line)
    return code
  }

  private demand(frame: number, line: number): number {
    return this.l1d.cache.access(frame, line) ? HIT_L1 : this.beyondFirst(frame, line)
  }

  private prefetchAfter(frame: number, line: number): void {
    const carries = line + 1 === LINES_PER_FRAME
    const nextFrame = carries ? frame + 1 : frame
    const nextLine = carries ? 0 : line + 1
    if (!this.l1d.isLast(nextFrame, nextLine)) this.demand(nextFrame, nextLine)
  }

  /** Hit code, and REPEATED where the answering cache had served this line last. */
  private beyondFirst(frame: number, line: number): number {
    const { l2 } = this
    if (l2.isLast(frame, line)) return HIT_L2 | REPEATED
    l2.remember(frame, line)
    return l2.cache.access(frame, line) ? HIT_L2 : this.lastLevel(frame, line)
  }

  private lastLevel(frame: number, line: number): number {
    const { llc } = this
    if (llc.isLast(frame, line)) return HIT_LLC | REPEATED
    llc.remember(frame, line)
    return llc.cache.access(frame, line) ? HIT_LLC : HIT_MEMORY
  }

  private peekBeyondFirst(frame: number, line: number): HitCode {
    if (this.l2.cache.contains(frame, line)) return HIT_L2
    return this.llc.cache.contains(frame, line) ? HIT_LLC : HIT_MEMORY
  }
}
