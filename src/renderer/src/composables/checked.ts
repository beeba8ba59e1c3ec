import { useNoticesStore } from '@renderer/stores/notices'

/** Makes a change to the set-up, which the lab checks; a failure to ask it is told, and nothing else happens. */
export function useChecked(): (change: () => Promise<void>) => Promise<void | undefined> {
  const notices = useNoticesStore()
  return (change) => notices.attempt('The set-up was not checked', change)
}
