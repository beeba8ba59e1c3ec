/**
 * The walks of a lane by what they cost, all of them counted, and one walk of each kind kept to be shown: the first of
 * each bin of cycles, the first of each of the early patterns, the slowest of all, and attempts that faulted. Copies are
 * made when a kind is seen for the first time, when no walk before was as slow, or when someone looks, so that counting a
 * walk costs one addition.
 */
import {
  CYCLE_BINS,
  MOST_PATTERNS,
  cycleBin,
  cycleBinStart,
  type CycleBucket,
  type PatternBucket,
  type WalkBucket,
  type WalkHistogram
} from '@shared/model/walk-histogram'
import { PATTERN_STEPS } from '@shared/model/walk-record'
import { FLAG_WASTED, hitOf, type Walk } from '../hardware/walker/walk'
import { copyOf, type KeptWalk } from './kept-copies'
import type { LoggedWalk, WalkLog } from './walk-log'
import type { WalkPatterns } from './walk-patterns'

/** Patterns of which the first walk is kept. */
const MOST_PATTERN_COPIES = 256

export class WalkSamples {
  /** Walks by bin of cycles. */
  private readonly counts = new Float64Array(CYCLE_BINS)
  private copies: KeptWalk[] = []
  private patternCopies = 0
  /** The first of those with the most cycles. */
  private mostCycles = -1
  private slowest: KeptWalk | null = null
  /** The first and the latest reference that faulted in each layer: all attempts at it. */
  private readonly firstFaults = new Map<number, KeptWalk[]>()
  private latestFaults: KeptWalk[] = []

  constructor(
    private readonly walk: Walk,
    private readonly log: WalkLog,
    private readonly patterns: WalkPatterns
  ) {}

  /** Counts the walk that the log has just noted. */
  add(isNewPattern: boolean): void {
    const { cycles } = this.walk
    const bin = cycleBin(cycles)
    const isNewPatternKept = isNewPattern && this.patternCopies < MOST_PATTERN_COPIES
    if (this.counts[bin]++ === 0 || isNewPatternKept) this.keepLatest()
    if (isNewPatternKept) this.patternCopies++
    if (cycles > this.mostCycles) this.keepSlowest(cycles)
  }

  /** The access that was walked last had faulted in this layer first. */
  addFaulted(layer: number, reference: number): void {
    if (!this.firstFaults.has(layer)) this.firstFaults.set(layer, this.copiesAt(reference))
  }

  /** Keeps the attempts of the latest fault while they stand in the log. */
  keepLatestFault(): void {
    const reference = this.log.latestFault()
    if (reference === null || reference === this.latestFaults[0]?.logged.reference) return
    this.latestFaults = this.copiesAt(reference)
  }

  clear(): void {
    this.counts.fill(0)
    this.copies = []
    this.patternCopies = 0
    this.mostCycles = -1
    this.slowest = null
  }

  /** The slowest walk that was counted, the first of equals, where it took more cycles than these; else null. */
  slowerThan(cycles: number): KeptWalk | null {
    return this.mostCycles > cycles ? this.slowest : null
  }

  /** All attempts at a reference, the last of them at its end; empty where they are gone. */
  attemptsAt(reference: number): readonly KeptWalk[] {
    const logged = this.log.attemptsAt(reference)
    if (logged.length > 0) return logged.map((one) => this.standing(one))
    const isOf = (walk: KeptWalk | undefined): boolean => walk?.logged.reference === reference
    const faulted = [this.latestFaults, ...this.firstFaults.values()].find(([first]) => isOf(first))
    if (faulted) return faulted
    const kept = this.slowest ? [...this.copies, this.slowest] : this.copies
    return kept.filter(isOf).slice(0, 1)
  }

  /** The reference of the latest fault that can be shown, or null. */
  latestFault(): number | null {
    const kept = [this.latestFaults, ...this.firstFaults.values()].flat()
    const references = kept.map(({ logged }) => logged.reference)
    return this.log.latestFault() ?? (references.length > 0 ? Math.max(...references) : null)
  }

  /** A walk of the bucket: the latest that still stands, else one that was kept; null when there is none. */
  walkIn(bucket: WalkBucket): KeptWalk | null {
    for (const logged of this.log.newestFirst()) {
      const walk = this.standing(logged)
      if (isIn(bucket, walk)) return walk
    }
    return this.copies.find((walk) => isIn(bucket, walk)) ?? null
  }

  histogram(): WalkHistogram {
    const walks = this.counts.reduce((sum, count) => sum + count, 0)
    const patterns = this.patternBuckets(walks)
    const listed = patterns.reduce((sum, pattern) => sum + pattern.walks, 0)
    return { walks, cycles: this.cycleBuckets(walks), patterns, walksOfOtherPatterns: walks - listed }
  }

  private cycleBuckets(walks: number): CycleBucket[] {
    const kept = new Set(this.copies.map(({ logged }) => cycleBin(logged.cycles)))
    const bins = [...this.counts.keys()].filter((bin) => this.counts[bin] > 0)
    return bins.map((bin) => ({
      from: cycleBinStart(bin),
      to: cycleBinStart(bin + 1),
      walks: this.counts[bin],
      share: this.counts[bin] / walks,
      hasSample: kept.has(bin)
    }))
  }

  private patternBuckets(walks: number): PatternBucket[] {
    const standing = [...this.log.newestFirst()].filter(({ faultLayer }) => faultLayer < 0)
    const shown = [...standing.map((logged) => this.standing(logged)), ...this.copies]
    const names = new Set(shown.map((walk) => hitsOf(walk).join()))
    return this.patterns
      .rows()
      .slice(0, MOST_PATTERNS)
      .map(({ steps, count, cycles = 0 }) => ({
        steps,
        walks: count,
        share: count / walks,
        cyclesPerWalk: cycles / count,
        hasSample: names.has(steps.join())
      }))
  }

  private keepLatest(): void {
    const logged = this.log.latest()
    if (logged) this.copies.push(copyOf(logged, this.walk))
  }

  private keepSlowest(cycles: number): void {
    const logged = this.log.latest()
    if (!logged) return
    this.mostCycles = cycles
    this.slowest = copyOf(logged, this.walk)
  }

  private copiesAt(reference: number): KeptWalk[] {
    return this.log.attemptsAt(reference).map((logged) => copyOf(logged, this.walk))
  }

  private standing(logged: LoggedWalk): KeptWalk {
    return { logged, steps: this.walk }
  }
}

/** Where the steps of a walk hit, those of fallen-back attempts aside: as its pattern has them. */
function hitsOf({ logged, steps }: KeptWalk): string[] {
  const hits: string[] = []
  for (let n = logged.firstStep; n < logged.firstStep + logged.steps; n++) {
    const step = steps.steps[n]
    if ((step & FLAG_WASTED) === 0) hits.push(PATTERN_STEPS[hitOf(step)])
  }
  return hits
}

function isIn(bucket: WalkBucket, walk: KeptWalk): boolean {
  if (walk.logged.faultLayer >= 0) return false
  if ('steps' in bucket) return hitsOf(walk).join() === bucket.steps.join()
  return walk.logged.cycles >= bucket.from && walk.logged.cycles < bucket.to
}
