/** Asks an example: its set-up is built, and it runs or stops where its answer is. */
import type { Example } from '@renderer/examples/example'
import { EXAMPLES } from '@renderer/examples/list'
import { useFilesStore } from '@renderer/stores/files'
import { useGuessStore } from '@renderer/stores/guess'
import { useMemoryStore } from '@renderer/stores/memory'
import { useNoticesStore } from '@renderer/stores/notices'
import { useSessionStore } from '@renderer/stores/session'
import { useSetupStore } from '@renderer/stores/setup'
import { useViewStore } from '@renderer/stores/view'
import { useWalkStore } from '@renderer/stores/walk'

/** A trace that comes unasked is not guessed about: its charts are not veiled. */
const OWN_TRACE = EXAMPLES.find((one) => one.isOwnTrace)
const UNASKED: Example | null = OWN_TRACE ? { ...OWN_TRACE, guess: null } : null

export interface Questions {
  readonly ask: (example: Example) => Promise<void>
  /** Builds an example and runs it, without its guess and its answer. */
  readonly show: (id: string) => Promise<void>
  /** A trace came in: what it gains stands beside its first run, unless a question is being asked. */
  readonly wonder: () => void
}

export function useQuestions(): Questions {
  const setup = useSetupStore()
  const session = useSessionStore()
  const view = useViewStore()
  const guess = useGuessStore()
  const notices = useNoticesStore()
  const walk = useWalkStore()
  const files = useFilesStore()
  const memory = useMemoryStore()

  /** The numbers of these questions are those of a walk that finds no cache filled. */
  async function goToFirstWalk(): Promise<void> {
    walk.isCold = true
    await session.stepToWalk()
    await walk.load('first')
  }

  /**
   * Builds the set-up; a Walk question then stops at its first walk, any other runs. It never inherits what an earlier
   * one left behind.
   * @returns false when it was called off, or another build has overtaken it
   */
  async function begin(example: Example): Promise<boolean> {
    view.show(example.tab)
    if (example.section) memory.section = example.section
    if (session.isRunning) await session.pause()
    await setup.change({ ...setup.plain(), ...example.setup })
    if (!(await session.prepare())) return false
    await (example.tab === 'Walk' ? goToFirstWalk() : session.run())
    return true
  }

  /** The guess is asked at once, while what it is about is still being set up. */
  async function askReady(example: Example, withGuess = true): Promise<void> {
    const isAsked = guess.ask(withGuess ? example : null)
    const leave = (): void => {
      if (isAsked()) guess.leave()
    }
    try {
      if (!(await begin(example))) leave()
      else if (isAsked()) guess.markReady()
    } catch (error) {
      leave()
      throw error
    }
  }

  /** A file of the person's own comes first; its guess is taken when it runs. */
  function askOwn(example: Example): void {
    guess.ask(example, true)
    void files.choose()
  }

  async function ask(example: Example): Promise<void> {
    if (example.isOwnTrace) return askOwn(example)
    await notices.attempt('The question was not set up', () => askReady(example))
  }

  async function show(id: string): Promise<void> {
    const example = EXAMPLES.find((one) => one.id === id)
    if (example) await notices.attempt('The example was not set up', () => askReady(example, false))
  }

  function wonder(): void {
    const isFirst = !session.hasSession && guess.example === null
    if (isFirst && (setup.draft?.lanes.length ?? 0) > 1) guess.ask(UNASKED, true)
  }

  return { ask, show, wonder }
}
