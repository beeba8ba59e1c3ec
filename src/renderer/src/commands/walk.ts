/** Commands of the Walk view: which walk is on show, and at which of its steps the reader stands. */
import type { Binding, Bindings } from './binding'
import { useSessionStore } from '@renderer/stores/session'
import { useViewStore } from '@renderer/stores/view'
import { usePlayStore } from '@renderer/stores/walk-play'
import { useWalkStore } from '@renderer/stores/walk'

const NO_WALK = 'No walk is shown yet'
const NO_RUN = 'Nothing has run yet'

export function walkCommands(): Bindings<'Walk'> {
  const session = useSessionStore()
  const view = useViewStore()
  const walk = useWalkStore()
  const play = usePlayStore()

  const toStep = (act: () => void, blocked: () => string | null): Binding => ({
    run: () => {
      view.show('Walk')
      act()
    },
    blocked: () => (walk.hasWalk ? blocked() : NO_WALK)
  })
  const last = (): string | null => (walk.canGoOn ? null : 'This is the last step')
  const first = (): string | null => (walk.canGoBack ? null : 'This is the first step')
  const toWalk = (work: () => Promise<void>): Binding => ({
    run: () => {
      view.show('Walk')
      return work()
    },
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
