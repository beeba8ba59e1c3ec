/** What each lane has measured of a number of Help, as the window writes it; nothing where no lane measures it. */
import { computed, type ComputedRef } from 'vue'
import { formatCount, formatFixed, formatRatio, formatShare, NONE } from '@shared/format/number'
import { applicationSpeedup, pageWalkSpeedup } from '@renderer/charts/compared'
import { COUNTERS, type Counters } from '@shared/stats/counters'
import { DERIVED, type DerivedId } from '@shared/stats/derived'
import type { HelpEntry } from '@renderer/help/entries'
import { useGuessStore } from '@renderer/stores/guess'
import { useSessionStore } from '@renderer/stores/session'
import { useLaneFigures, type LaneFigures } from './comparison'

export interface LaneValue {
  readonly lane: number
  readonly value: string
}

const SHARES: readonly string[] = ['walkOverhead', 'dmtCoverage']
const ratioText = (id: DerivedId, value: number): string =>
  SHARES.includes(id) ? formatShare(value) : formatFixed(value, id.startsWith('cycles') ? 1 : 2)

const SPEEDUPS: Record<string, (base: Counters, own: Counters) => number> = {
  pageWalkSpeedup,
  applicationSpeedup
}

function valueOf(
  name: string,
  lanes: readonly LaneFigures[],
  lane: number,
  isSampled: boolean
): string | null {
  const own = lanes[lane]
  const counter = COUNTERS.find(({ id }) => id === name)
  if (counter) return formatCount(own.counters[counter.id])
  const ratio = DERIVED.find(({ id }) => id === name)
  if (ratio) return ratioText(ratio.id, own.derived[ratio.id])
  const speedup = SPEEDUPS[name]
  if (!speedup) return null
  if (lane === 0) return 'baseline'
  return isSampled ? NONE : formatRatio(speedup(lanes[0].counters, own.counters))
}

/** Empty before a run, of what no lane counts, and while a guess is open that it would answer. */
export function useEntryValues(entry: () => HelpEntry): ComputedRef<readonly LaneValue[]> {
  const figures = useLaneFigures()
  const guess = useGuessStore()
  const session = useSessionStore()
  return computed(() => {
    const lanes = figures.value
    if (guess.isOpen || entry().kind === 'term' || !lanes.some(({ counters }) => counters.references > 0))
      return []
    return lanes.flatMap((_, lane) => {
      const value = valueOf(entry().name, lanes, lane, session.isSampled)
      return value === null ? [] : [{ lane, value }]
    })
  })
}
