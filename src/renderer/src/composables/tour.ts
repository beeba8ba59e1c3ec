/** Begins the tour. It speaks of lanes, charts and walks, so there has to be a run; what a person has runs on. */
import { useSessionStore } from '@renderer/stores/session'
import { useTourStore } from '@renderer/stores/tour'
import { useWalkStore } from '@renderer/stores/walk'
import { useQuestions } from './questions'

/** The example that shows something on every tab. */
const GROUND = 'caches'

export function useTour(): { begin: () => void } {
  const session = useSessionStore()
  const tour = useTourStore()
  const walk = useWalkStore()
  const { show } = useQuestions()

  function begin(): void {
    tour.begin()
    if (session.hasSession || session.isPreparing) return
    walk.isCold = true
    void show(GROUND)
  }

  return { begin }
}
