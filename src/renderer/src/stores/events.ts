/** Events of every lane, fetched as they come while somebody looks at them. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { EventKind, LabEvent } from '@shared/model/lab-event'
import { useLab } from '@renderer/composables/lab'
import { refresher } from '@renderer/composables/refresher'
import { useSessionStore } from '@renderer/stores/session'

/** The contract's answer holds at most this many events. */
const BATCH = 1000
/** Older events of a lane are left out of the window beyond this many. */
const KEPT = 50_000

/** Events of one kind up to a reference. */
export interface WantedEvents {
  readonly lane: number | null
  readonly kind: EventKind
  readonly reference: number
}

export const useEventsStore = defineStore('events', () => {
  const lab = useLab()
  const session = useSessionStore()

  const lanes = shallowRef<readonly (readonly LabEvent[])[]>([])
  const problem = ref<string | null>(null)
  /** What somebody wants to see of them, until the view has shown it. */
  const wanted = shallowRef<WantedEvents | null>(null)
  const current = computed(() => session.info?.session ?? null)
  /** The session whose events these are. */
  const knownOf = ref<number | null>(null)
  /** Reference up to which they hold all there are. */
  const knownTo = ref(0)

  /** The last event known is asked for again: its number of times may have grown. */
  async function fetchLane(lane: number, known: readonly LabEvent[]): Promise<readonly LabEvent[]> {
    let events = known.slice()
    for (;;) {
      const after = Math.max(0, (events.at(-1)?.n ?? 0) - 1)
      const found = await lab.calls['events/list'](lane, after)
      events = events.filter((event) => event.n <= after).concat(found)
      if (found.length < BATCH) return events.slice(-KEPT)
    }
  }

  async function fetchLanes(): Promise<void> {
    const prepared = current.value
    const count = session.info?.spec.lanes.length ?? 0
    const known = knownOf.value === prepared ? lanes.value : []
    const reached = session.pulse?.references ?? 0
    const found = await Promise.all(
      Array.from({ length: count }, (_, lane) => fetchLane(lane, known[lane] ?? []))
    )
    if (current.value !== prepared) return
    knownOf.value = prepared
    knownTo.value = reached
    lanes.value = found
  }

  /** False until the session has answered once: before that nobody can say that there are none. */
  const areKnown = computed(() => knownOf.value === current.value)

  const areKnownTo = (reference: number): boolean => areKnown.value && knownTo.value >= reference

  /** Brings what is new. */
  const refresh = refresher(fetchLanes, problem)

  return { lanes, areKnown, areKnownTo, problem, wanted, refresh }
})
