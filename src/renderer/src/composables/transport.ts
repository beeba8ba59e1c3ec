/** The commands of the transport, shared by its buttons, the start screen and the keyboard. */
import { computed, nextTick } from 'vue'
import { useFilesStore } from '@renderer/stores/files'
import { useNoticesStore } from '@renderer/stores/notices'
import { useSessionStore } from '@renderer/stores/session'
import { useSetupStore } from '@renderer/stores/setup'
import { useViewStore } from '@renderer/stores/view'
import { useWalkStore } from '@renderer/stores/walk'

/** Why nothing that needs a run can be done. */
export const NO_RUN = 'Nothing has run yet'
/** Why what a session takes at once has to wait. */
export const POPULATING = 'Memory is being populated'

export function useTransport() {
  const session = useSessionStore()
  const setup = useSetupStore()
  const view = useViewStore()
  const notices = useNoticesStore()
  const files = useFilesStore()
  const walk = useWalkStore()

  const act = (title: string, work: () => Promise<void>) => async (): Promise<void> => {
    await notices.attempt(title, async () => {
      view.isAsking = false
      view.closeSetup()
      await work()
    })
  }
  /** Whoever goes on while a trace is being looked at wants it. */
  const goOn = (title: string, work: () => Promise<void>): (() => Promise<void>) =>
    act(title, async () => {
      await files.use()
      await work()
    })

  const run = goOn('The run did not start', session.run)
  const pause = act('The run did not pause', session.pause)
  const stepAccess = goOn('The step was not made', session.stepAccess)
  const stepBack = act('The step back was not made', async () => {
    view.pinned = view.walkReference = null
    await session.stepBack()
  })
  const reset = goOn('The reset was not made', session.reset)
  /** In the Walk view its next step; elsewhere the next access that needs a walk, at that walk's first step. */
  const stepInsideWalk = goOn('The step was not made', async () => {
    if (view.tab === 'Walk' && session.hasSession) return walk.stepInside()
    await session.stepToWalk()
    view.openWalk(null)
    await nextTick()
    await walk.load('first')
  })

  /** Why nothing can start: the first line about the set-up, or null. */
  const blocked = computed(() => {
    if (!setup.draft) return 'The lab is starting'
    return session.hasSession && !session.isOver ? null : (setup.lines[0] ?? null)
  })
  const stepBlocked = computed(() => (session.isRunning ? 'Pause first, then step' : blocked.value))
  const backBlocked = computed(() => {
    if (session.isRunning) return 'Pause first, then step back'
    return session.hasResult ? null : 'No access has been made yet'
  })
  const resetBlocked = computed(() => {
    if (!session.hasSession) return NO_RUN
    return session.isPreparing ? POPULATING : (setup.lines[0] ?? null)
  })

  /** What a press of Step access would do beyond its name, or null. */
  const accessAnew = computed(() => (session.isOver ? 'Begins the run anew, one access at a time' : null))
  /** The same of Step inside walk: the rest of the walk on show can still be gone through. */
  const insideAnew = computed(() => {
    const goesOn = view.tab === 'Walk' && walk.canGoOn
    return session.isOver && !goesOn ? 'Begins the run anew, up to its first walk' : null
  })

  return {
    run,
    pause,
    stepBack,
    stepAccess,
    stepInsideWalk,
    reset,
    blocked,
    stepBlocked,
    backBlocked,
    resetBlocked,
    accessAnew,
    insideAnew
  }
}
