/** The menu View: what the window shows, and how it looks. */
import { inView, type Binding, type Bindings } from './binding'
import { NO_RUN } from '@renderer/composables/transport'
import { useLiveStore } from '@renderer/stores/live'
import { useSessionStore } from '@renderer/stores/session'
import { useViewStore, type Tab } from '@renderer/stores/view'
import { formatShare } from '@shared/format/number'
import { NO_RATES } from '@shared/model/sampled'
import type { Theme } from '@shared/model/settings'

export function viewCommands(): Bindings<'View'> {
  const view = useViewStore()
  const session = useSessionStore()
  const live = useLiveStore()

  const theme = (name: Theme): Binding => ({
    run: () => void (view.theme = name),
    isOn: () => view.theme === name
  })
  const zoom = (by: 1 | -1, end: string): Binding => ({
    run: () => void (view.zoom = view.zoomBeside(by) ?? view.zoom),
    blocked: () => (view.zoomBeside(by) === null ? end : null),
    note: () => formatShare(view.zoom / 100, 0)
  })

  const tab = (name: Tab): Binding => ({
    run: () => view.show(name),
    isOn: () => view.tab === name && !view.isAsking
  })

  const hasTable = (): boolean => view.tab === 'Live' && !view.isAsking && live.shownTable !== null
  /** A table stands beside its chart: from anywhere else the command leads there first. */
  const openTables = inView(view, 'Live', live.openTables)
  const noTables = (): string | null => (session.isSampled ? NO_RATES : null)

  return {
    'view.live': tab('Live'),
    'view.walk': tab('Walk'),
    'view.memory': tab('Memory'),
    'view.events': tab('Events'),
    'view.help': tab('Help'),
    'view.setup': {
      run: view.toggleSetup,
      blocked: () => (view.isPresenting ? 'Presenter mode shows no set-up' : null),
      isOn: () => !view.isSetupFolded
    },
    'view.tables': {
      run: () => (hasTable() ? live.closeTables() : openTables()),
      blocked: () => (session.hasSession ? noTables() : NO_RUN),
      isOn: hasTable
    },
    'view.questions': {
      run: () => void (view.isAsking = !view.isAsking),
      blocked: () => (session.hasSession ? null : 'They are on show until something runs'),
      isOn: () => view.isAsking || !session.hasSession
    },
    'view.presenter': {
      run: () => void (view.isPresenting = !view.isPresenting),
      isOn: () => view.isPresenting
    },
    'zoom.in': zoom(1, 'This is the largest size'),
    'zoom.out': zoom(-1, 'This is the smallest size'),
    'zoom.reset': {
      run: () => void (view.zoom = 100),
      blocked: () => (view.zoom === 100 ? 'This is the actual size' : null)
    },
    'theme.system': theme('system'),
    'theme.light': theme('light'),
    'theme.dark': theme('dark'),
    'view.calm': {
      run: () => void (view.motion = view.motion === 'reduced' ? 'system' : 'reduced'),
      isOn: () => view.motion === 'reduced'
    },
    'view.reset': { run: view.resetLayout }
  }
}
