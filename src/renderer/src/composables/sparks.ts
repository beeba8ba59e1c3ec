/** Sparklines of all lanes, made anew when the numbers beside them change, not at every snapshot. */
import { computed, type ComputedRef } from 'vue'
import { MEASURES } from '@renderer/charts/measures'
import { sparkPaths } from '@renderer/charts/spark'
import { useSeriesStore } from '@renderer/stores/series'
import { useSessionStore } from '@renderer/stores/session'

/** Path by measure id for one lane. */
export function useSparks(lane: number): ComputedRef<Readonly<Record<string, string>>> {
  const session = useSessionStore()
  const series = useSeriesStore()
  return computed(() => {
    if (!session.snapshot || session.isSampled) return {}
    const { lanes } = series.windows()
    const paths = MEASURES.map((measure, m) => [measure.id, sparkPaths(lanes.map((l) => l[m]))[lane] ?? ''])
    return Object.fromEntries(paths) as Record<string, string>
  })
}
