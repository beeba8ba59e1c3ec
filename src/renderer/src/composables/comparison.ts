/** All lanes in one: speedups, cycles by class, and which references they are over. */
import { computed, type ComputedRef } from 'vue'
import {
  applicationSpeedup,
  pageWalkSpeedup,
  type Compared,
  type ComparedCounters
} from '@renderer/charts/compared'
import { lastReferences } from '@renderer/charts/last-references'
import { namedCounters, type Counters } from '@shared/stats/counters'
import { withoutRates } from '@shared/model/sampled'
import { cyclesPerWalk, derive, walkOverhead, type Derived } from '@shared/stats/derived'
import { useLanesStore } from '@renderer/stores/lanes'
import { useSeriesStore } from '@renderer/stores/series'
import { useSessionStore } from '@renderer/stores/session'

export interface LaneFigures {
  readonly counters: Counters
  readonly derived: Derived
}

/** What "last" compares: enough walks for a mean, few enough to show what a switch has changed. */
export const LAST_REFERENCES = 100_000

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

export interface ComparedLane extends Compared {
  readonly derived: Pick<Derived, 'cyclesPerWalk' | 'walkOverhead'>
}

export interface ComparisonFigures {
  readonly lanes: readonly ComparedLane[]
  /** Of each lane after the first. */
  readonly speedups: readonly Speedup[]
  /** The pair that is shown in large numbers. */
  readonly chosen: Speedup
  /** References it is over, after the first and up to the last; null for all since the end of the warm-up. */
  readonly stretch: { readonly from: number; readonly to: number } | null
}

const ratiosOf = (counters: ComparedCounters): ComparedLane['derived'] => ({
  cyclesPerWalk: cyclesPerWalk(counters),
  walkOverhead: walkOverhead(counters)
})

/**
 * Lane A over each other lane; null until at least two have measured something, NaN over samples.
 * @param isLast over the last references, where they lie behind the warm-up; else all since its end
 */
export function useComparison(isLast: () => boolean = () => false): ComputedRef<ComparisonFigures | null> {
  const session = useSessionStore()
  const series = useSeriesStore()
  const count = useLanesStore()
  const whole = useLaneFigures()
  const last = computed(() => {
    if (!isLast() || session.isSampled) return null
    // Rows lie outside reactivity; the version says that they changed.
    void series.version
    return lastReferences(series.rows(), LAST_REFERENCES, session.snapshot?.warmup ?? 0)
  })
  const figures = computed<readonly ComparedLane[]>(
    () => last.value?.lanes.map((lane) => ({ ...lane, derived: ratiosOf(lane.counters) })) ?? whole.value
  )
  const over = (a: ComparedLane, own: ComparedLane, lane: number): Speedup => ({
    lane,
    pageWalk: session.isSampled ? NaN : pageWalkSpeedup(a.counters, own.counters),
    application: session.isSampled ? NaN : applicationSpeedup(a.counters, own.counters)
  })
  return computed(() => {
    const lanes = figures.value
    const [a, ...others] = lanes
    if (!a || others.length === 0 || a.counters.references === 0) return null
    const speedups = others.map((own, i) => over(a, own, i + 1))
    const chosen = speedups[count.against - 1] ?? speedups[0]
    return { lanes, speedups, chosen, stretch: last.value }
  })
}
