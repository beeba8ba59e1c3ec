import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toRaw } from 'vue'
import type { Facts } from '@renderer/examples/example'
import { guessText, measuredText, middleOf, nearness } from '@renderer/examples/guess-text'
import { EXAMPLES } from '@renderer/examples/list'
import { entryOf } from '@renderer/help/entries'
import { PAGES } from '@renderer/help/search-help'
import { useGuessStore } from '@renderer/stores/guess'
import { countsOf } from '@renderer/composables/example-facts'
import { useQuestions } from '@renderer/composables/questions'
import { EXPERIMENTS, MACHINES } from '@renderer/presets/shipped'
import { usePresetsStore } from '@renderer/stores/presets'
import type { Draft } from '@renderer/stores/setup'
import { namedCounters, newCounters, type Counters } from '@shared/stats/counters'
import { derive } from '@shared/stats/derived'
import { formatCount, formatFixed, formatShare } from '@shared/format/number'
import { CATALOGUE } from '../builders/fake-catalogue'
import { aWalk, layer, pvdmt } from '../builders/walk-records'
import { aWindow } from './window-stores'

const lane = (counters: Partial<Counters>) => {
  const all = { ...namedCounters(newCounters()), ...counters }
  return { counters: all, derived: derive(all) }
}
const count = fc.integer({ min: 1, max: 10 ** 9 })
const lanes = fc
  .tuple(count, count, count, count, count)
  .map(([walks, walkReferences, walkCycles, walkStallCycles, rest]) =>
    lane({
      walks,
      walkReferences,
      walkCycles,
      walkStallCycles,
      dmtWalks: Math.floor(walks / 2),
      fallbackWalks: walks - Math.floor(walks / 2),
      references: walks + rest,
      totalCycles: walkStallCycles + rest
    })
  )
const facts = fc
  .tuple(lanes, lanes)
  .map(([a, b]): Facts => ({ lanes: [a, b], walks: [], events: { 'tea-create': a.counters.walks } }))
const NOTHING: Facts = { lanes: [], walks: [null, null], events: {} }

const exampleOf = (id: string) => {
  const found = EXAMPLES.find((one) => one.id === id)
  if (!found) throw new Error(`no example ${id}`)
  return found
}
const twoD = (levels: number) => aWalk({ layers: [layer('L0', 'R', levels), layer('L1', 'R', levels)] })

describe('examples', () => {
  it('are at least eight, each with a lecture and somewhere to go next', () => {
    expect(EXAMPLES.length).toBeGreaterThanOrEqual(8)
    expect(new Set(EXAMPLES.map(({ id }) => id)).size).toBe(EXAMPLES.length)
    for (const { lecture, next, title } of EXAMPLES) {
      expect(lecture, title).toContain('?')
      expect(next.length, title).toBeGreaterThan(0)
    }
  })

  it('ask in their title, and guess at no number that they tell before', () => {
    for (const { title } of EXAMPLES) expect(title).toMatch(/\?$/)
    const { title, text, guess } = exampleOf('walk')
    const told = `${title} ${text} ${guess?.text}`.match(/\d+/g)
    expect(told).not.toContain(String(guess?.measured({ ...NOTHING, walks: [twoD(4), pvdmt()] })))
  })

  it('speak of a guest in a guest where there is one', () => {
    const told = EXAMPLES.filter(({ where, text }) => /guest in(side)? a guest/i.test(`${where} ${text}`))
    expect(told.length).toBeGreaterThan(1)
    for (const { setup, title } of told) expect(setup.environment, title).toBe('nested')
  })

  it('lead to pages of Help that exist', () => {
    const pages = EXAMPLES.flatMap(({ next }) => next.map(({ to }) => to)).filter((to) => to.includes('/'))
    const isPage = (to: string): boolean =>
      entryOf(to) !== undefined ||
      PAGES.some(({ id }) => id === to) ||
      CATALOGUE.designs.some(({ id }) => to === `design/${id}`) ||
      to === 'design/radix-3d'
    expect(pages.filter((to) => !isPage(to))).toEqual([])
  })

  it('say nothing before anything is measured', () => {
    for (const { reveal, guess } of EXAMPLES) {
      expect(reveal(NOTHING)).toEqual([])
      expect(guess?.measured(NOTHING) ?? null).toBeNull()
    }
  })

  it('answer with the numbers of the lanes, whatever they are', () => {
    fc.assert(
      fc.property(facts, (measured) => {
        const [a, b] = measured.lanes
        expect(exampleOf('live').reveal(measured).join(' ')).toContain(
          formatFixed(a.derived.cyclesPerWalk, 1)
        )
        expect(exampleOf('caches').reveal(measured).join(' ')).toContain(
          formatFixed(a.derived.referencesPerWalk, 2)
        )
        expect(exampleOf('headroom').reveal(measured).join(' ')).toContain(
          formatCount(b.counters.totalCycles)
        )
        const fragmented = exampleOf('fragmented').reveal(measured).join(' ')
        expect(fragmented).toContain(formatShare(b.derived.dmtCoverage))
        expect(fragmented).toContain(`${formatCount(a.counters.walks)} entry area`)
        expect(exampleOf('trace').reveal(measured).join(' ')).toContain(formatShare(a.derived.walkOverhead))
      }),
      { numRuns: 40 }
    )
  })

  it('speak of registers only where a lane has them, and of samples as what they are', () => {
    const told = (measured: Facts): string => exampleOf('trace').reveal(measured).join(' ')
    fc.assert(
      fc.property(facts, (measured) => {
        const [a, b] = measured.lanes
        const none = { ...b, counters: { ...b.counters, dmtWalks: 0, fallbackWalks: 0 } }
        const sampled = { ...a, derived: { ...a.derived, walksPerKiloReference: NaN } }
        expect(told({ ...measured, lanes: [a, none] })).not.toContain('Registers')
        expect(told({ ...measured, lanes: [sampled, b] })).toMatch(/holds samples/)
        const busy = { ...b, counters: { ...b.counters, softwareCycles: 7e12, totalCycles: 9e12 } }
        expect(told({ ...measured, lanes: [a, busy] })).toContain('7,000,000,000,000 cycles in B')
      }),
      { numRuns: 20 }
    )
  })

  it('count the entries that a walk read, layer by layer', () => {
    const walks = [twoD(4), pvdmt()]
    const measured: Facts = { ...NOTHING, walks }
    const text = exampleOf('walk').reveal(measured).join(' ')
    expect(text).toContain('Lane A read 24 entries: 4 of L1, 20 of L0.')
    expect(text).toContain('5 × 4 = 20')
    expect(text).toContain('Lane B read 2 entries')
    expect(exampleOf('walk').guess?.measured(measured)).toBe(20)
    const other = exampleOf('walk').reveal({ ...NOTHING, walks: [twoD(5), pvdmt()] })
    expect(other.join(' ')).toContain('6 × 5 = 30')
  })

  it('count what happened by kind, an event standing for several', () => {
    const event = { n: 1, reference: 0, layer: 'L1', text: '', frames: 0, cycles: 0 } as const
    expect(
      countsOf([
        { ...event, kind: 'tea-create', times: 16 },
        { ...event, kind: 'gtea-deny', times: 1 },
        { ...event, kind: 'tea-create', times: 2 }
      ])
    ).toEqual({ 'tea-create': 18, 'gtea-deny': 1 })
  })
})

describe('set-ups that come with the lab', () => {
  /** The first window's own set-up, but for what each says of itself. */
  const ground = (own: object, first: object): object => ({ ...first, warmup: 100_000, ...own })

  it('inherit nothing of what was set before, as questions or experiments', async () => {
    const { setup } = await aWindow()
    const first = structuredClone(toRaw(setup.draft)) ?? {}
    const leftOver: Partial<Draft> = {
      seed: 9,
      loop: true,
      pageSize: '2M',
      tea: { ...(setup.draft as Draft).tea, minVmaMiB: 65_536 }
    }
    await setup.change(leftOver)
    const { ask } = useQuestions()
    await ask(exampleOf('caches'))
    expect(setup.draft).toEqual(ground({ footprint: 2 ** 30 }, first))
    await setup.change(leftOver)
    const gups = EXPERIMENTS.find(({ setup: own }) => own.workload === 'gups')
    if (gups) await usePresetsStore().useExperiment(gups)
    expect(setup.draft).toEqual(ground({}, first))
  })

  it('change the machine alone where they are machines', async () => {
    const { setup } = await aWindow()
    await setup.change({ seed: 9 })
    const before = structuredClone(toRaw(setup.draft)) ?? {}
    const [, artifact] = MACHINES
    await usePresetsStore().useMachine(artifact)
    expect(setup.draft).toEqual({ ...before, profile: 'artifact' })
  })
})

describe('a guess', () => {
  const { guess } = exampleOf('live')
  it('is written in its unit and judged by its distance', () => {
    if (!guess) throw new Error('no guess')
    expect(guessText(guess, 2)).toBe('2.0×')
    expect(measuredText(guess, 2.618)).toBe('2.62×')
    expect(nearness(guess, 2, 2)).toBe('You had it.')
    expect(nearness(guess, 1, 2.6)).toBe('It is more.')
    expect(nearness(guess, 3, 1.2)).toBe('It is less.')
  })

  it('hides what would answer it until it is made or skipped', async () => {
    await aWindow()
    const store = useGuessStore()
    store.ask(exampleOf('caches'))
    expect(store.hides('referencesPerWalk')).toBe(true)
    expect(store.isRevealed).toBe(false)
    store.answer(null)
    expect(store.hides('referencesPerWalk')).toBe(false)
    expect(store.isRevealed).toBe(true)
    expect(store.answeredText).toBeNull()
    store.leave()
    expect(store.isRevealed).toBe(false)
  })

  it('stands in the middle of its scale before it is made, which says nothing about the answer', () => {
    for (const { guess: asked, title } of EXAMPLES) {
      if (asked?.kind !== 'slider') continue
      const { low, high, step } = asked
      const steps = (middleOf(asked) - low) / step
      expect(Math.abs(steps - Math.round(steps)), title).toBeLessThan(1e-9)
      expect(Math.abs(middleOf(asked) - (low + high) / 2), title).toBeLessThanOrEqual(step / 2 + 1e-9)
    }
  })

  it('about times hides the cycles that its answer is a ratio of', () => {
    for (const { guess: asked, tab, title } of EXAMPLES)
      if (asked?.unit === 'times' && tab === 'Live')
        expect(asked.hides, title).toEqual(
          expect.arrayContaining([expect.stringMatching(/^(cyclesPerWalk|walkOverhead)$/)])
        )
  })

  it('about one’s own trace hides every ratio of the lanes', async () => {
    await aWindow()
    const store = useGuessStore()
    store.ask(exampleOf('trace'))
    for (const id of ['referencesPerWalk', 'cyclesPerWalk', 'walkOverhead'])
      expect(store.hides(id), id).toBe(true)
    expect(store.hides('walks')).toBe(false)
  })

  it('about a file of one’s own waits until it runs', async () => {
    await aWindow()
    const store = useGuessStore()
    store.ask(exampleOf('trace'), true)
    expect(store.isOpen).toBe(false)
    store.ask(exampleOf('trace'))
    expect(store.isOpen).toBe(true)
  })

  it('is asked without a guess where a trace comes unasked, and never over another question', async () => {
    const { session } = await aWindow()
    const store = useGuessStore()
    const { wonder } = useQuestions()
    wonder()
    expect(store.example?.id).toBe('trace')
    store.ask(store.example)
    expect(store.isOpen).toBe(false)
    store.ask(exampleOf('walk'))
    wonder()
    expect(store.example?.id).toBe('walk')
    store.leave()
    await session.prepare()
    wonder()
    expect(store.example).toBeNull()
  })
})
