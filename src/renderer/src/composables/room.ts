/** How much room the window has: narrow ones fold the set-up to a rail, views that are one picture do so earlier. */
import { onScopeDispose, ref, watchEffect } from 'vue'
import { useViewStore, type Tab } from '@renderer/stores/view'

const NARROW = '(max-width: 1239px)'
/** Views that are one picture. */
const NEEDS_ROOM: readonly Tab[] = ['Walk', 'Memory', 'Help']
const MIDDLE = '(max-width: 1399px)'

function useMedia(text: string) {
  const query = matchMedia(text)
  const matches = ref(query.matches)
  const update = (): void => void (matches.value = query.matches)
  query.addEventListener('change', update)
  onScopeDispose(() => query.removeEventListener('change', update))
  return matches
}

/** Once, in the root component. */
export function useRoom(): void {
  const view = useViewStore()
  const isNarrow = useMedia(NARROW)
  const isMiddle = useMedia(MIDDLE)
  watchEffect(() => (view.isTight = isNarrow.value || (isMiddle.value && NEEDS_ROOM.includes(view.tab))))
}
