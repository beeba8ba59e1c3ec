/** The menu Go: to a view, to a part of one, or to the next region of the window. */
import type { Binding, Bindings } from './binding'
import { moveRegion } from '@renderer/composables/regions'
import { useLiveStore, type LivePage } from '@renderer/stores/live'
import { useMemoryStore, type Section } from '@renderer/stores/memory'
import { useViewStore, type Tab } from '@renderer/stores/view'

export function goCommands(): Bindings<'Go'> {
  const view = useViewStore()
  const live = useLiveStore()
  const memory = useMemoryStore()

  const tab = (name: Tab): Binding => ({ run: () => view.show(name), isOn: () => view.tab === name })
  const page = (name: LivePage): Binding => ({
    run: () => {
      view.show('Live')
      live.page = name
    },
    isOn: () => view.tab === 'Live' && live.page === name
  })
  const section = (name: Section): Binding => ({
    run: () => {
      view.show('Memory')
      memory.section = name
    },
    isOn: () => view.tab === 'Memory' && memory.section === name
  })

  return {
    'view.live': tab('Live'),
    'view.walk': tab('Walk'),
    'view.memory': tab('Memory'),
    'view.events': tab('Events'),
    'view.help': tab('Help'),
    'live.charts': page('Charts'),
    'live.walks': page('Walks'),
    'live.results': page('Results'),
    'memory.picture': section('Picture'),
    'memory.paths': section('Page tables'),
    'memory.machine': section('Machine memory'),
    'memory.hardware': section('Hardware'),
    'memory.calls': section('Cooperation'),
    'focus.next': { run: () => moveRegion(1) },
    'focus.previous': { run: () => moveRegion(-1) }
  }
}
