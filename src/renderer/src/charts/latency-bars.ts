/**
 * The histogram of walk latencies as bars: four to each doubling of cycles, so that fast and slow walks are told apart
 * alike, over all lanes in the same bins.
 */
import type { WalkHistogram } from '@shared/model/walk-histogram'

const TO_A_DOUBLING = 4

export interface LatencyBar {
  /** Cycles: from `from` up to below `to`. */
  readonly from: number
  readonly to: number
  /** By lane. */
  readonly lanes: readonly { readonly walks: number; readonly share: number; readonly hasSample: boolean }[]
}

/** The bar that holds so many cycles. */
export function barAt(cycles: number): { from: number; to: number } {
  const whole = Math.floor(cycles)
  if (whole < TO_A_DOUBLING) return { from: whole, to: whole + 1 }
  const doubling = 2 ** Math.floor(Math.log2(whole))
  const width = doubling / TO_A_DOUBLING
  const from = doubling + Math.floor((whole - doubling) / width) * width
  return { from, to: from + width }
}

/** Bars from the fastest walk of any lane to the slowest, empty ones between them included. */
export function latencyBars(lanes: readonly (WalkHistogram | null)[]): LatencyBar[] {
  const buckets = lanes.flatMap((lane) => lane?.cycles ?? [])
  if (buckets.length === 0) return []
  const last = Math.max(...buckets.map(({ from }) => from))
  const bars: LatencyBar[] = []
  for (let at = barAt(Math.min(...buckets.map(({ from }) => from))); at.from <= last; at = barAt(at.to)) {
    bars.push({ ...at, lanes: lanes.map((lane) => sumOf(lane, at.from, at.to)) })
  }
  return bars
}

function sumOf(lane: WalkHistogram | null, from: number, to: number): LatencyBar['lanes'][number] {
  const inside = (lane?.cycles ?? []).filter((bucket) => bucket.from >= from && bucket.from < to)
  const walks = inside.reduce((sum, bucket) => sum + bucket.walks, 0)
  return {
    walks,
    share: lane && lane.walks > 0 ? walks / lane.walks : 0,
    hasSample: inside.some((bucket) => bucket.hasSample)
  }
}

/** Cycles below or at which this share of a lane's walks lies, by its finest buckets; NaN without walks. */
export function quantile(lane: WalkHistogram | null, share: number): number {
  let left = share * (lane?.walks ?? 0)
  for (const bucket of lane?.cycles ?? []) {
    left -= bucket.walks
    if (left <= 0) return bucket.to - 1
  }
  return NaN
}
