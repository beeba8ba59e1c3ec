/** All lanes in one: speedups, cycles by class, and whether they reached the same pages. */
import { computed, type ComputedRef } from 'vue'
import { namedCounters, type Counters } from '@shared/stats/counters'
import { withoutRates } from '@shared/model/sampled'
import { derive, type Derived } from '@shared/stats/derived'
import { useLanesStore } from '@renderer/stores/lanes'
import { useSessionStore } from '@renderer/stores/session'

export interface LaneFigures {
  readonly counters: Counters
  readonly derived: Derived
}

/** Counters and ratios of each lane since the end of the warm-up; empty before the first snapshot, rates NaN over samples. */
export function useLaneFigures(): ComputedRef<readonly LaneFigures[]> {
  const session = useSessionStore()
  return computed(() =>
    (session.snapshot?.lanes ?? []).map((lane) => {
      const counters = namedCounters(lane.counters)
      const derived = derive(counters)
      return { counters, derived: session.isSampled ? withoutRates(derived) : derived }
    })
  )
}

/** What the first lane's cycles are a multiple of: another lane's. */
export interface Speedup {
  readonly lane: number
  readonly pageWalk: number
  readonly application: number
}

export interface ComparisonFigures {
  readonly lanes: readonly LaneFigures[]
  /** Of each lane after the first. */
  readonly speedups: readonly Speedup[]
  /** The pair that is shown in large numbers. */
  readonly chosen: Speedup
}

const ratio = (a: number, b: number): number => (a > 0 && b > 0 ? a / b : NaN)

/** Lane A over each other lane; null until at least two have measured something, NaN over samples. */
export function useComparison(): ComputedRef<ComparisonFigures | null> {
  const session = useSessionStore()
  const count = useLanesStore()
  const figures = useLaneFigures()
  const over = (a: LaneFigures, own: LaneFigures, lane: number): Speedup => ({
    lane,
    pageWalk: ratio(a.derived.cyclesPerWalk, own.derived.cyclesPerWalk),
    application: session.isSampled ? NaN : ratio(a.counters.totalCycles, own.counters.totalCycles)
  })
  return computed(() => {
    const [a, ...others] = figures.value
    if (!a || others.length === 0 || a.counters.references === 0) return null
    const speedups = others.map((own, i) => over(a, own, i + 1))
    const chosen = speedups[count.against - 1] ?? speedups[0]
    return { lanes: figures.value, speedups, chosen }
  })
}
