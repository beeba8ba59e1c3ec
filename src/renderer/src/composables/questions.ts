/** The questions of the start screen: each is a ready set-up and a place to look at its answer. */
import { useGuessStore, type GuessQuestion } from '@renderer/stores/guess'
import { useNoticesStore } from '@renderer/stores/notices'
import { useSessionStore } from '@renderer/stores/session'
import { useSetupStore, type Draft } from '@renderer/stores/setup'
import { useViewStore, type Tab } from '@renderer/stores/view'
import { useWalkStore } from '@renderer/stores/walk'

const MIB = 2 ** 20
const GIB = 2 ** 30

export interface Question {
  readonly id: 'walk' | 'live' | 'fragmented' | 'huge' | 'nested'
  readonly title: string
  readonly text: string
  readonly tab: Tab
  readonly where: string
  readonly setup: Partial<Draft>
  readonly guess: GuessQuestion | null
}

/** Common ground, so that a question never inherits what an earlier one left behind. */
const BASE: Partial<Draft> = {
  environment: 'virtualized',
  lanes: ['radix', 'pvdmt'],
  workload: 'gups',
  trace: null,
  scenario: null,
  footprint: GIB,
  references: 2_000_000,
  warmup: 100_000,
  pageSize: '4K',
  hostPageSize: '4K',
  fragmentation: 0,
  cooperation: true,
  profile: 'skylake'
}

/** Questions about one walk: every access is a load that walks, no fetch of an uncovered page comes before it. */
const ONE_WALK: Partial<Draft> = {
  workload: 'pointer-chase',
  footprint: 256 * MIB,
  references: 100_000,
  warmup: 0
}

export const QUESTIONS: readonly Question[] = [
  {
    id: 'walk',
    title: 'Why can one miss cost 24 references?',
    text: 'Step through a two-dimensional walk beside the two-step path, one reference at a time.',
    tab: 'Walk',
    where: 'Virtualized',
    setup: ONE_WALK,
    guess: null
  },
  {
    id: 'live',
    title: 'How much of a walk does DMT take away?',
    text: 'Run both, then switch DMT off and on while the lanes keep going.',
    tab: 'Live',
    where: 'Virtualized, GUPS 1 GiB',
    // Long enough that there is time to switch DMT off and on.
    setup: { references: 40_000_000 },
    guess: { text: 'How many times faster is a page walk with pvDMT?', low: 1, high: 3 }
  },
  {
    id: 'fragmented',
    title: 'What is left when memory is fragmented?',
    text: 'Entry areas need free frames in a row. Here most of the free memory is in pieces.',
    tab: 'Live',
    where: 'Virtualized, fragmentation 90 %',
    setup: { fragmentation: 0.9 },
    guess: {
      text: 'How many times faster is a page walk with pvDMT, with memory 90 % fragmented?',
      low: 1,
      high: 3
    }
  },
  {
    id: 'huge',
    title: 'Do huge pages make DMT unnecessary?',
    text: 'The same accesses with 2 MiB pages in guest and host, in both lanes.',
    tab: 'Live',
    where: 'Virtualized, 2 MiB pages, 16 GiB',
    setup: { pageSize: '2M', hostPageSize: '2M', footprint: 16 * GIB },
    guess: {
      text: 'With 2 MiB pages everywhere, how many times faster is a page walk with pvDMT?',
      low: 1,
      high: 3
    }
  },
  {
    id: 'nested',
    title: 'Does a third layer add or multiply?',
    text: 'A guest inside a guest: 124 references when every layer is walked, against 3.',
    tab: 'Walk',
    where: 'Nested',
    setup: { ...ONE_WALK, environment: 'nested', lanes: ['radix-3d', 'pvdmt'] },
    guess: null
  }
]

export function useQuestions(): { ask: (question: Question) => Promise<void> } {
  const setup = useSetupStore()
  const session = useSessionStore()
  const view = useViewStore()
  const guess = useGuessStore()
  const notices = useNoticesStore()
  const walk = useWalkStore()

  /** The numbers of these questions are those of a walk that finds no cache filled. */
  async function goToFirstWalk(): Promise<void> {
    walk.isCold = true
    await session.stepToWalk()
    await walk.load('first')
  }

  /** Builds the question's set-up; a Live question then runs, a Walk question stops at its first walk. */
  async function ask(question: Question): Promise<void> {
    await notices.attempt('The question was not set up', async () => {
      if (session.isRunning) await session.pause()
      await setup.change({ ...BASE, ...question.setup })
      view.forget()
      guess.ask(question.guess)
      view.tab = question.tab
      if (!(await session.prepare())) return
      await (question.tab === 'Walk' ? goToFirstWalk() : session.run())
    })
  }

  return { ask }
}
