/**
 * How long the walks of a lane took and where their steps were answered, counted over all walks since the warm-up, and
 * which of these kinds of walk the lane can still show.
 *
 * Cycles are counted in bins whose edges are the same in every lane: one cycle wide below 32, then 16 bins to each
 * doubling, so a bin is never wider than a 16th of where it starts. Every power of two is an edge.
 */
import type { PatternStep } from './walk-record'

/** Below this, a bin is one cycle. */
const UNIT_BINS = 32
const UNIT_BITS = 5
/** log2 of the bins to each doubling. */
const SPLIT_BITS = 4
const SPLIT = 2 ** SPLIT_BITS
/** Walks of 2^24 cycles and more share the last bin. */
const MOST_BITS = 24

export const CYCLE_BINS = UNIT_BINS + (MOST_BITS - UNIT_BITS) * SPLIT + 1

/** The bin of a number of cycles, 0..CYCLE_BINS - 1. */
export function cycleBin(cycles: number): number {
  if (cycles >= 2 ** MOST_BITS) return CYCLE_BINS - 1
  const whole = cycles | 0
  if (whole < UNIT_BINS) return whole
  const bits = 31 - Math.clz32(whole)
  return UNIT_BINS + (bits - UNIT_BITS) * SPLIT + (whole >> (bits - SPLIT_BITS)) - SPLIT
}

/** The fewest cycles that a bin holds; for one past the last bin, no number of cycles is as large. */
export function cycleBinStart(bin: number): number {
  if (bin < UNIT_BINS) return bin
  if (bin >= CYCLE_BINS) return Infinity
  const beyond = bin - UNIT_BINS
  const doublings = Math.floor(beyond / SPLIT)
  return (SPLIT + (beyond % SPLIT)) * 2 ** (doublings + UNIT_BITS - SPLIT_BITS)
}

/** Which walks a bar of the histogram stands for: from `from` up to below `to` cycles, or of this pattern of steps. */
export type WalkBucket =
  { readonly from: number; readonly to: number } | { readonly steps: readonly PatternStep[] }

export interface CycleBucket {
  /** Cycles: from `from` up to below `to`. */
  readonly from: number
  readonly to: number
  readonly walks: number
  /** Of all walks, 0..1. */
  readonly share: number
  /** A walk of it can be shown. */
  readonly hasSample: boolean
}

export interface PatternBucket {
  /** Where the steps were answered, in their order; reads of attempts that fell back are left out. */
  readonly steps: readonly PatternStep[]
  readonly walks: number
  readonly share: number
  readonly cyclesPerWalk: number
  readonly hasSample: boolean
}

/** Patterns that are listed; a lane may have thousands. */
export const MOST_PATTERNS = 64

export interface WalkHistogram {
  readonly walks: number
  /** Bins that are not empty, by cycles. */
  readonly cycles: readonly CycleBucket[]
  /** The most frequent first, at most MOST_PATTERNS. */
  readonly patterns: readonly PatternBucket[]
  /** Walks of patterns that are not listed. */
  readonly walksOfOtherPatterns: number
}
