/** Cooperative allocation: whether guest and host place entry areas together, and why that cannot be switched. */
import { computed } from 'vue'
import { useNoticesStore } from '@renderer/stores/notices'
import { useSessionStore } from '@renderer/stores/session'
import { useSetupStore } from '@renderer/stores/setup'
import { POPULATING } from './transport'

const NO_HOST = 'With no host there is nobody to cooperate with'

export function useCooperation() {
  const setup = useSetupStore()
  const session = useSessionStore()
  const notices = useNoticesStore()

  const hasHost = computed(() => setup.draft?.environment !== 'native')
  const blocked = computed(() => {
    if (!hasHost.value) return NO_HOST
    return session.isPreparing ? POPULATING : null
  })
  /** Of what stands; else as the next session would begin. */
  const isOn = computed(() => {
    const standing = session.isStanding ? session.snapshot?.cooperation : undefined
    return hasHost.value && (standing ?? setup.draft?.cooperation ?? true)
  })

  /** A running session takes the switch at once; the set-up remembers it for the next one. */
  const set = (on: boolean): Promise<void | undefined> =>
    notices.attempt('Cooperation was not changed', async () => {
      if (session.isStanding) await session.setCooperation(on)
      await setup.change({ cooperation: on })
    })

  return { blocked, isOn, set }
}
