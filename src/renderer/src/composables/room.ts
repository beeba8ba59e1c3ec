/** How much room the window has: narrow ones fold the set-up to a rail, views that are one picture do so earlier. */
import { watchEffect } from 'vue'
import { useViewStore, type Tab } from '@renderer/stores/view'
import { useMedia } from './zoom'

const NARROW = '(max-width: 1239px)'
/** Views that are one picture. */
const NEEDS_ROOM: readonly Tab[] = ['Walk', 'Memory']
const MIDDLE = '(max-width: 1399px)'

/** Once, in the root component. */
export function useRoom(): void {
  const view = useViewStore()
  const isNarrow = useMedia(NARROW)
  const isMiddle = useMedia(MIDDLE)
  watchEffect(() => (view.isTight = isNarrow.value || (isMiddle.value && NEEDS_ROOM.includes(view.tab))))
}
