/** Commands of the Live view: its pages, and which part of the run its charts show. */
import { inView, type Binding, type Bindings } from './binding'
import { NO_RUN } from '@renderer/composables/transport'
import { useChartPicturesStore } from '@renderer/stores/chart-pictures'
import { useGuessStore } from '@renderer/stores/guess'
import { useLiveStore, type LivePage } from '@renderer/stores/live'
import { useSessionStore } from '@renderer/stores/session'
import { useViewStore } from '@renderer/stores/view'
import { NO_RATES } from '@shared/model/sampled'

export function liveCommands(): Bindings<'Live'> {
  const view = useViewStore()
  const session = useSessionStore()
  const live = useLiveStore()
  const guess = useGuessStore()
  const pictures = useChartPicturesStore()

  const open = (name: LivePage, act: () => void = () => undefined): (() => unknown) =>
    inView(view, 'Live', () => {
      live.page = name
      act()
    })
  const page = (name: LivePage): Binding => ({
    run: open(name),
    isOn: () => view.tab === 'Live' && live.page === name
  })
  const noRates = (): string | null => (session.isSampled ? NO_RATES : null)
  const charts = (act: () => void, blocked: () => string | null): Binding => ({
    run: open('Charts', act),
    blocked: () => (session.hasResult ? (noRates() ?? blocked()) : NO_RUN)
  })
  const never = (): null => null
  const veiled = (): string | null => (guess.isOpen ? 'Guess first, or skip the guess' : null)
  const whole = (): string | null => (live.isZoomed ? null : 'The whole run is shown')

  return {
    'live.charts': page('Charts'),
    'live.walks': page('Walks'),
    'live.results': page('Results'),
    'charts.in': charts(() => live.zoomIn(view.crosshair), never),
    'charts.out': charts(() => live.zoomOut(view.crosshair), whole),
    'charts.fit': charts(live.fit, whole),
    'charts.follow': charts(live.follow, () => (live.isFollowing ? 'They go on with the run' : null)),
    'charts.picture': { ...charts(() => void pictures.save(), veiled), note: () => pictures.meant }
  }
}
