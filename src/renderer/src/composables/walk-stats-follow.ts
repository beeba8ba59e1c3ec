/** Fetches what is counted over all walks once a second while it is looked at, and when the run stands still. */
import { onMounted, onScopeDispose, watch } from 'vue'
import { useSessionStore } from '@renderer/stores/session'
import { useWalkStatsStore } from '@renderer/stores/walk-stats'

const CALM_MS = 1000

export function useWalkStatsFollow(): void {
  const session = useSessionStore()
  const stats = useWalkStatsStore()
  const look = (): void => {
    if (session.isRunning && session.isDrawn) void stats.refresh()
  }
  const timer = setInterval(look, CALM_MS)
  watch(
    () => [session.info, session.state, session.isRunning ? 0 : session.snapshot?.references],
    () => void stats.refresh()
  )
  onMounted(() => void stats.refresh())
  onScopeDispose(() => clearInterval(timer))
}
