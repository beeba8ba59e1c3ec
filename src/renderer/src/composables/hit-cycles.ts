/** What a read costs at each level of the machine that runs. */
import { computed, type ComputedRef } from 'vue'
import { useSessionStore } from '@renderer/stores/session'
import { hitCycles, type HitCycles } from '@renderer/walk/hit-levels'

/** Null without a session. */
export function useHitCycles(): ComputedRef<HitCycles | null> {
  const session = useSessionStore()
  return computed(() => (session.info ? hitCycles(session.info.spec) : null))
}
