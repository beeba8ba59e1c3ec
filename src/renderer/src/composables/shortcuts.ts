/** F5 run or pause, F10 step access and with Shift back, F11 step inside walk, F6 from region to region. */
import { onScopeDispose } from 'vue'
import { useSessionStore } from '@renderer/stores/session'
import { useTransport } from './transport'

const FOCUSABLE = 'button:not([tabindex="-1"]), select, input, [tabindex="0"]'

/** The next region that can be seen, in the order of reading; with Shift the one before. */
function moveRegion(by: number): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (r) => r.offsetParent !== null
  )
  const now = regions.findIndex((region) => region.contains(document.activeElement))
  const next = regions[(now + by + regions.length) % regions.length]
  const target = next?.querySelector<HTMLElement>(FOCUSABLE) ?? next
  target?.focus()
}

export function useShortcuts(): void {
  const session = useSessionStore()
  const transport = useTransport()

  const free = (work: () => Promise<void>) => (): void => {
    if (!transport.stepBlocked.value) void work()
  }
  const back = (): void => {
    if (!transport.backBlocked.value) void transport.stepBack()
  }
  const runOrPause = (): void => {
    if (session.isRunning) void transport.pause()
    else if (!transport.blocked.value) void transport.run()
  }
  const keys: Record<string, (event: KeyboardEvent) => void> = {
    F5: runOrPause,
    F6: (event) => moveRegion(event.shiftKey ? -1 : 1),
    F10: (event) => (event.shiftKey ? back() : free(transport.stepAccess)()),
    F11: free(transport.stepInsideWalk)
  }

  const onKey = (event: KeyboardEvent): void => {
    const act = keys[event.key]
    if (!act || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    if (!event.repeat && !document.querySelector('dialog[open]')) act(event)
  }
  window.addEventListener('keydown', onKey)
  onScopeDispose(() => window.removeEventListener('keydown', onKey))
}
