/** Commands of the Walk view: which walk is on show, and at which of its steps the reader stands. */
import { inView, type Binding, type Bindings } from './binding'
import { NO_RUN } from '@renderer/composables/transport'
import { useSessionStore } from '@renderer/stores/session'
import { useViewStore } from '@renderer/stores/view'
import { usePlayStore } from '@renderer/stores/walk-play'
import { useWalkStore } from '@renderer/stores/walk'

export const NO_WALK = 'No walk is shown yet'

export function walkCommands(): Bindings<'Walk'> {
  const session = useSessionStore()
  const view = useViewStore()
  const walk = useWalkStore()
  const play = usePlayStore()

  const toStep = (act: () => void, blocked: () => string | null): Binding => ({
    run: inView(view, 'Walk', act),
    blocked: () => (walk.hasWalk ? blocked() : NO_WALK)
  })
  const last = (): string | null => (walk.canGoOn ? null : 'This is the last step')
  const first = (): string | null => (walk.canGoBack ? null : 'This is the first step')
  const toWalk = (work: () => Promise<void>): Binding => ({
    run: inView(view, 'Walk', work),
    blocked: () => (session.hasSession ? null : NO_RUN)
  })

  return {
    'step.next': toStep(walk.goOn, last),
    'step.previous': toStep(walk.goBack, first),
    'step.first': toStep(walk.restart, first),
    'step.last': toStep(walk.finish, last),
    'step.play': { ...toStep(play.toggle, () => null), isOn: () => play.isPlaying },
    'walk.latest': toWalk(() => walk.choose('latest')),
    'walk.slowest': toWalk(() => walk.choose('slowest')),
    'walk.fault': toWalk(() => walk.choose('fault')),
    'walk.cold': { ...toWalk(() => walk.setCold(!walk.isCold)), isOn: () => walk.isCold }
  }
}
