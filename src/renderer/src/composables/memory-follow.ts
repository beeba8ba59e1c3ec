/** Looks again at memory while the view is open: twice a second in a run, once after each pause or step. */
import { computed, onMounted, onScopeDispose, watch } from 'vue'
import { useMemoryStore } from '@renderer/stores/memory'
import { useSessionStore } from '@renderer/stores/session'

const CALM_MS = 500

export function useMemoryFollow(): void {
  const session = useSessionStore()
  const memory = useMemoryStore()
  let timer: ReturnType<typeof setTimeout> | null = null

  /** Nothing changes while nothing runs, and then nothing is asked. */
  const news = computed(() =>
    [session.info?.session ?? 0, session.state, session.snapshot?.references ?? 0].join(' ')
  )

  const refresh = (): void => {
    if (!document.hidden) void memory.refresh()
  }

  /** The first news waits for the pace, the last is never lost. */
  function soon(): void {
    timer ??= setTimeout(
      () => {
        timer = null
        refresh()
      },
      session.isRunning ? CALM_MS : 60
    )
  }

  watch(news, soon)
  watch(() => [memory.lane, memory.section, memory.selected], refresh)
  onMounted(() => {
    refresh()
    document.addEventListener('visibilitychange', refresh)
  })
  onScopeDispose(() => {
    if (timer) clearTimeout(timer)
    document.removeEventListener('visibilitychange', refresh)
  })
}
