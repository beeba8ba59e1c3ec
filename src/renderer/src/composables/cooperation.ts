/** Cooperative allocation: whether guest and host place entry areas together, and why that cannot be switched. */
import { computed } from 'vue'
import { useNoticesStore } from '@renderer/stores/notices'
import { useSessionStore } from '@renderer/stores/session'
import { useSetupStore } from '@renderer/stores/setup'

const NO_HOST = 'With no host there is nobody to cooperate with'

export function useCooperation() {
  const setup = useSetupStore()
  const session = useSessionStore()
  const notices = useNoticesStore()

  const blocked = computed(() => (setup.draft?.environment === 'native' ? NO_HOST : null))
  const isOn = computed(
    () => blocked.value === null && (session.snapshot?.cooperation ?? setup.draft?.cooperation ?? true)
  )

  /** A running session takes the switch at once; the set-up remembers it for the next one. */
  const set = (on: boolean): Promise<void | undefined> =>
    notices.attempt('Cooperation was not changed', async () => {
      if (session.hasSession) await session.setCooperation(on)
      await setup.change({ cooperation: on })
    })

  return { blocked, isOn, set }
}
