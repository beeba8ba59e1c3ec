/** How fast accesses may go by, for the picker and for the keys. */
import { computed } from 'vue'
import { useNoticesStore } from '@renderer/stores/notices'
import { useSessionStore } from '@renderer/stores/session'

export const UNLIMITED = 0

/** Accesses a second. */
export const SPEEDS = [
  { value: UNLIMITED, title: 'Unlimited' },
  { value: 1_000_000, title: '1 M/s' },
  { value: 100_000, title: '100 k/s' },
  { value: 10_000, title: '10 k/s' },
  { value: 1000, title: '1 k/s' },
  { value: 100, title: '100/s' },
  { value: 25, title: '25/s' },
  { value: 10, title: '10/s' },
  { value: 5, title: '5/s' },
  { value: 2, title: '2/s' },
  { value: 1, title: '1/s' }
]

export function useSpeed() {
  const session = useSessionStore()
  const notices = useNoticesStore()

  const speed = computed(() => session.speed ?? UNLIMITED)
  const setSpeed = (value: number): Promise<void | undefined> =>
    notices.attempt('The speed was not changed', () => session.setSpeed(value === UNLIMITED ? null : value))

  return { speed, setSpeed }
}
