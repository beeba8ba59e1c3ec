/** Fetches events while the view is open, at most four times a second. */
import { computed, onMounted, onScopeDispose, watch } from 'vue'
import { useEventsStore } from '@renderer/stores/events'
import { useSessionStore } from '@renderer/stores/session'

const CALM_MS = 250

export function useEventsFollow(): void {
  const session = useSessionStore()
  const events = useEventsStore()
  let timer: ReturnType<typeof setTimeout> | null = null

  const news = computed(() => {
    const counts = session.snapshot?.lanes.map((lane) => lane.events) ?? []
    return [session.info?.session ?? 0, session.state, ...counts].join(' ')
  })

  /** The first news waits for the pace, the last is never lost. */
  function soon(): void {
    timer ??= setTimeout(() => {
      timer = null
      void events.refresh()
    }, CALM_MS)
  }

  watch(news, soon)
  onMounted(() => void events.refresh())
  onScopeDispose(() => {
    if (timer) clearTimeout(timer)
  })
}
