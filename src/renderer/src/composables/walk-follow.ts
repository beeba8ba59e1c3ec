/** Keeps the walk on show up to date while the view is open and the latest one is asked for. */
import { computed, watch } from 'vue'
import { useSessionStore } from '@renderer/stores/session'
import { useWalkStore } from '@renderer/stores/walk'

/** A walk that changes more often can't be read; while a run goes on this is the pace. */
const RUNNING_MS = 1000

export function useWalkFollow(): void {
  const session = useSessionStore()
  const walk = useWalkStore()
  let loadedAt = -Infinity

  /** Changes with the latest walks, and when a run stops. */
  const news = computed(() => {
    const latest = session.snapshot?.lanes.map((lane) => lane.latestWalk?.reference ?? 0) ?? []
    return [session.isRunning, ...latest].join(' ')
  })

  const load = (): void => {
    loadedAt = performance.now()
    void walk.load(session.isRunning ? 'last' : 'keep')
  }

  /** Whichever walk is wanted: one of the session before would stand under the designs of this one. */
  watch(() => session.info?.session, load)
  watch(news, () => {
    const isDue = !session.isRunning || performance.now() - loadedAt >= RUNNING_MS
    if (walk.isFollowing && isDue) load()
  })
}
