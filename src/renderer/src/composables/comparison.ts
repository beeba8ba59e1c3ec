/** The two lanes in one: speedups, cycles by class, and whether they reached the same pages. */
import { computed, type ComputedRef } from 'vue'
import { namedCounters, type Counters } from '@shared/stats/counters'
import { withoutRates } from '@shared/model/sampled'
import { derive, type Derived } from '@shared/stats/derived'
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

export interface ComparisonFigures {
  readonly pageWalk: number
  readonly application: number
  readonly lanes: readonly LaneFigures[]
}

const ratio = (a: number, b: number): number => (a > 0 && b > 0 ? a / b : NaN)

/** Lane A over lane B; null until both have measured something, NaN over samples. */
export function useComparison(): ComputedRef<ComparisonFigures | null> {
  const session = useSessionStore()
  const figures = useLaneFigures()
  return computed(() => {
    const [a, b] = figures.value
    if (!a || !b || a.counters.references === 0) return null
    return {
      pageWalk: ratio(a.derived.cyclesPerWalk, b.derived.cyclesPerWalk),
      application: session.isSampled ? NaN : ratio(a.counters.totalCycles, b.counters.totalCycles),
      lanes: [a, b]
    }
  })
}
