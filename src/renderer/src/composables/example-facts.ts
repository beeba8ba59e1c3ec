/** What was measured for the example in play: counters of the lanes, the walk on show, and what lane B's software did. */
import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import type { EventKind, LabEvent } from '@shared/model/lab-event'
import type { Facts } from '@renderer/examples/example'
import { useGuessStore } from '@renderer/stores/guess'
import { useSessionStore } from '@renderer/stores/session'
import { useWalkStore } from '@renderer/stores/walk'
import { useLaneFigures } from './comparison'
import { useLab } from './lab'

const SUBJECT = 1
const NOTHING: Facts = { lanes: [], walks: [], events: {} }

/** How often each kind happened; an event stands for several of the same. */
export function countsOf(events: readonly LabEvent[]): Facts['events'] {
  const counts: Partial<Record<EventKind, number>> = {}
  for (const { kind, times } of events) counts[kind] = (counts[kind] ?? 0) + times
  return counts
}

export function useExampleFacts(): ComputedRef<Facts> {
  const lab = useLab()
  const guess = useGuessStore()
  const session = useSessionStore()
  const walk = useWalkStore()
  const lanes = useLaneFigures()
  const events = shallowRef<Facts['events']>({})

  /** What happened while memory was set up is in the list as soon as the session stands. */
  async function look(): Promise<void> {
    if (!guess.isRevealed || !guess.isReady || (session.info?.spec.lanes.length ?? 0) <= SUBJECT) return
    events.value = countsOf(await lab.calls['events/list'](SUBJECT, 0).catch(() => []))
  }
  /** Questions about a walk are about one from cold: its answer stays while a walk as it ran is on show. */
  const coldWalks = shallowRef<Facts['walks']>([])
  watch(
    () => walk.records,
    (records) => {
      if (walk.isCold) coldWalks.value = records
    },
    { immediate: true }
  )
  watch([() => guess.isRevealed, () => guess.isReady, () => session.info], look, { immediate: true })

  return computed(() =>
    guess.isReady
      ? {
          lanes: lanes.value,
          walks: guess.example?.tab === 'Walk' ? coldWalks.value : [],
          events: events.value
        }
      : NOTHING
  )
}
