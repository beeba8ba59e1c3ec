/** The menu Run: what moves the experiment, and how fast. */
import type { Binding, Bindings } from './binding'
import { useSpeed, UNLIMITED } from '@renderer/composables/speeds'
import { useTransport } from '@renderer/composables/transport'
import { useWalkBeside } from '@renderer/composables/walk-beside'
import { useNoticesStore } from '@renderer/stores/notices'
import { useSessionStore } from '@renderer/stores/session'
import { useViewStore } from '@renderer/stores/view'
import { useWalkStore } from '@renderer/stores/walk'

/** Of a step after the end of a run. */
const ANEW = 'begins the run anew'

export function runCommands(): Bindings<'Run'> {
  const session = useSessionStore()
  const view = useViewStore()
  const walk = useWalkStore()
  const beside = useWalkBeside()
  const notices = useNoticesStore()
  const transport = useTransport()
  const { run, pause, stepBack, stepAccess, stepInsideWalk, reset } = transport
  const { blocked, stepBlocked, backBlocked, resetBlocked, accessAnew, insideAnew } = transport
  const { speed, setSpeed } = useSpeed()

  const atSpeed = (value: number): Binding => ({
    run: () => setSpeed(value),
    isOn: () => speed.value === value
  })
  /** A step of the walk on show can be undone; elsewhere the way back is an access, as the way on is there. */
  const isInside = (): boolean => view.tab === 'Walk' && walk.hasWalk && walk.canGoBack
  const cancel = (): Promise<void | undefined> =>
    notices.attempt('The work was not stopped', session.cancelPreparing)

  return {
    'run.run': {
      run: () => (session.isRunning ? pause() : run()),
      blocked: () => (session.isRunning ? null : blocked.value),
      isOn: () => session.isRunning
    },
    'run.stepAccess': {
      run: stepAccess,
      blocked: () => stepBlocked.value,
      note: () => (accessAnew.value ? ANEW : null)
    },
    'run.stepBack': { run: stepBack, blocked: () => backBlocked.value },
    'run.stepInside': {
      run: stepInsideWalk,
      blocked: () => stepBlocked.value,
      note: () => (insideAnew.value ? ANEW : null)
    },
    'run.stepOut': {
      run: () => (isInside() ? walk.goBack() : stepBack()),
      blocked: () => (isInside() ? null : backBlocked.value),
      note: () => (isInside() ? null : 'here: one access back')
    },
    'run.reset': { run: reset, blocked: () => resetBlocked.value },
    'run.undrawn': {
      run: () => notices.attempt('Drawing was not switched', () => session.setDrawn(!session.isDrawn)),
      isOn: () => !session.isDrawn
    },
    'run.cancel': { run: cancel, blocked: () => (session.isPreparing ? null : 'Nothing is being prepared') },
    'walk.previous': {
      run: beside.goBefore,
      blocked: () => (beside.before.value === null ? 'No earlier walk is kept' : null)
    },
    'walk.next': {
      run: beside.goAfter,
      blocked: () => (beside.after.value === null ? 'No later walk is kept' : null)
    },
    'speed.1': atSpeed(1),
    'speed.100': atSpeed(100),
    'speed.10k': atSpeed(10_000),
    'speed.1M': atSpeed(1_000_000),
    'speed.unlimited': atSpeed(UNLIMITED)
  }
}
