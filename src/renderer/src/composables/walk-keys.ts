/** The walk view by keyboard, wherever no control takes the key itself: arrows, Home, End, Space. */
import { onMounted, onScopeDispose } from 'vue'
import { usePlayStore } from '@renderer/stores/walk-play'
import { useWalkStore } from '@renderer/stores/walk'

/** These use the keys themselves. */
const OWN_KEYS = 'input, select, textarea, [role="tablist"], [role="menu"], table, dialog'
/** Space presses these. */
const PRESSED = 'button:not(.cell), summary, a[href]'

export function useWalkKeys(): void {
  const walk = useWalkStore()
  const play = usePlayStore()
  const keys: Record<string, () => void> = {
    ArrowRight: walk.goOn,
    ArrowLeft: walk.goBack,
    Home: walk.restart,
    End: walk.finish,
    ' ': play.toggle
  }

  /** Another region of the window has the focus, neither in the view nor around it: the keys are its. */
  const isElsewhere = (target: Element): boolean =>
    target.closest('.walk') === null && target.querySelector('.walk') === null

  function onKey(event: KeyboardEvent): void {
    const act = keys[event.key]
    const { target } = event
    if (!act || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey)
      return
    if (!(target instanceof Element) || isElsewhere(target)) return
    if (document.querySelector('dialog[open]') || target.closest(OWN_KEYS)) return
    if (event.key === ' ' && target.closest(PRESSED)) return
    event.preventDefault()
    act()
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onScopeDispose(() => {
    window.removeEventListener('keydown', onKey)
    if (play.isPlaying) play.toggle()
  })
}
