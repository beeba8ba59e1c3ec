/** Undo and redo of the set-up. Results are no part of it: what has run stays as it ran. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { useSessionStore } from './session'
import { useSetupStore, type SetupState } from './setup'
import { setupTitles } from './setup-titles'

/** Steps that can be taken back. */
const MOST_STEPS = 100
/** A slider that is dragged is one step, as long as it does not rest. */
const REST_MS = 1000
/** Of more than these a sentence would be no help. */
const MOST_NAMED = 2

const CHANGING: readonly string[] = ['change', 'setKnob', 'setDesign', 'useHardware', 'useScenario', 'adopt']

interface Step {
  readonly before: SetupState
  readonly after: SetupState
  /** What it changed. */
  readonly titles: readonly string[]
  readonly at: number
}

const named = ({ titles }: Step): string =>
  titles.length <= MOST_NAMED ? titles.join(' and ') : `${titles.length} changes of the set-up`

export const useSetupHistoryStore = defineStore('setup-history', () => {
  const setup = useSetupStore()
  const session = useSessionStore()
  const done = shallowRef<readonly Step[]>([])
  const undone = shallowRef<readonly Step[]>([])

  /** The same control again, before it came to rest. */
  const goesOn = (last: Step | undefined, next: Step): boolean =>
    last !== undefined &&
    undone.value.length === 0 &&
    next.at - last.at < REST_MS &&
    next.titles.length === 1 &&
    last.titles.join() === next.titles.join()

  function note(before: SetupState, after: SetupState): void {
    const titles = setupTitles(before, after)
    if (titles.length === 0) return
    const next = { before, after, titles, at: performance.now() }
    const last = done.value.at(-1)
    const steps = goesOn(last, next)
      ? [...done.value.slice(0, -1), { ...next, before: last?.before ?? before }]
      : [...done.value, next]
    done.value = steps.slice(-MOST_STEPS)
    undone.value = []
  }

  setup.$onAction(({ name, after }) => {
    const before = CHANGING.includes(name) ? setup.state() : null
    if (before) after(() => note(before, setup.state() ?? before))
  })

  /** A running session takes cooperation at once, forwards and back. */
  async function restore(state: SetupState): Promise<void> {
    const isSwitched = state.draft.cooperation !== setup.draft?.cooperation
    await setup.restore(state)
    if (isSwitched && session.isStanding) await session.setCooperation(state.draft.cooperation)
  }

  async function undo(): Promise<void> {
    const step = done.value.at(-1)
    if (!step) return
    done.value = done.value.slice(0, -1)
    undone.value = [...undone.value, step]
    await restore(step.before)
  }

  async function redo(): Promise<void> {
    const step = undone.value.at(-1)
    if (!step) return
    undone.value = undone.value.slice(0, -1)
    done.value = [...done.value, { ...step, at: -Infinity }]
    await restore(step.after)
  }

  /** What would be taken back, in words; null where there is nothing. */
  const undoes = computed(() => (done.value.length > 0 ? named(done.value[done.value.length - 1]) : null))
  const redoes = computed(() =>
    undone.value.length > 0 ? named(undone.value[undone.value.length - 1]) : null
  )

  return { undoes, redoes, undo, redo }
})
