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

  /** Changes with the session, with the latest walks, and when a run stops. */
  const news = computed(() => {
    const latest = session.snapshot?.lanes.map((lane) => lane.latestWalk?.reference ?? 0) ?? []
    return [session.info?.session ?? 0, session.isRunning, ...latest].join(' ')
  })

  watch(news, () => {
    if (!session.hasSession) return walk.clear()
    const isDue = !session.isRunning || performance.now() - loadedAt >= RUNNING_MS
    if (!walk.isFollowing || !isDue) return
    loadedAt = performance.now()
    void walk.load(session.isRunning ? 'last' : 'keep')
  })
}
