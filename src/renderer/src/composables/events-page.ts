/** The page of events on show: which are let through, and where it ends. */
import { computed, ref, watch } from 'vue'
import { ALL_EVENTS, eventPage, eventRows, pageEnd, type EventFilter } from '@renderer/events/event-rows'
import { useEventsStore } from '@renderer/stores/events'

const PAGE = 100

export function useEventsPage() {
  const events = useEventsStore()
  const filter = ref<EventFilter>(ALL_EVENTS)
  /** Row of the oldest-first list at which the page ends; null follows the newest. */
  const end = ref<number | null>(null)
  const rows = computed(() => eventRows(events.lanes, filter.value))
  const page = computed(() => eventPage(rows.value, end.value, PAGE))

  function choose(next: EventFilter): void {
    filter.value = next
    end.value = null
  }

  /** What another view asks for: its filter at once, its page when the events up to it are there. */
  watch(
    () => events.wanted,
    (wanted) => wanted && choose({ ...ALL_EVENTS, lane: wanted.lane, kind: wanted.kind }),
    { immediate: true }
  )
  watch(
    () => events.wanted !== null && events.areKnownTo(events.wanted.reference),
    (isThere) => {
      if (!isThere || !events.wanted) return
      end.value = pageEnd(rows.value, events.wanted.reference)
      events.wanted = null
    },
    { immediate: true }
  )

  /** A lane may go with a Reset. */
  watch(
    () => events.lanes.length,
    (count) => {
      const { lane } = filter.value
      if (lane !== null && count > 0 && lane >= count) choose({ ...filter.value, lane: null })
    }
  )

  const older = (): void => void (end.value = (end.value ?? rows.value.length) - PAGE)
  function newer(): void {
    const next = (end.value ?? rows.value.length) + PAGE
    end.value = next >= rows.value.length ? null : next
  }
  const newest = (): void => void (end.value = null)

  return { filter, rows, page, choose, older, newer, newest }
}
