/** What the Live view remembers, and where its tables stand. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resultRows } from '@renderer/charts/result-rows'
import { DEFAULT_STRIPS, knownStrips, SPEEDUP, STRIP_TITLES } from '@renderer/charts/strips'
import { resultOf } from '@renderer/composables/definition'
import { useEntryValues } from '@renderer/composables/entry-values'
import { entryOf } from '@renderer/help/entries'
import { useCommandsStore } from '@renderer/stores/commands'
import { useLiveStore } from '@renderer/stores/live'
import { useSettingsStore } from '@renderer/stores/settings'
import { useViewStore } from '@renderer/stores/view'
import { NO_RATES } from '@shared/model/sampled'
import { DEFAULT_SETTINGS, settingsShape } from '@shared/model/settings'
import { COUNTERS, type Counters } from '@shared/stats/counters'
import { aWindow } from './window-stores'

const CYCLES = 'Cycles per walk'

async function aLiveView() {
  const stores = await aWindow()
  return { ...stores, view: useViewStore(), live: useLiveStore(), commands: useCommandsStore() }
}

/** After a first step, with the command at hand. */
async function aRun() {
  const stores = await aLiveView()
  await stores.session.stepToWalk()
  return { ...stores, toggle: () => stores.commands.execute('view.tables') }
}

describe('measures that were chosen', () => {
  const some = fc.array(fc.oneof(fc.constantFrom(...STRIP_TITLES), fc.string()), { maxLength: 8 })
  it('are shown as they were, or the first five where they are not five of this lab', () => {
    fc.assert(
      fc.property(fc.oneof(some, fc.shuffledSubarray([...STRIP_TITLES])), (titles) => {
        const shown = knownStrips(titles)
        const isGood =
          titles.length === DEFAULT_STRIPS.length &&
          new Set(titles).size === titles.length &&
          titles.every((title) => STRIP_TITLES.includes(title))
        expect(shown).toEqual(isGood ? titles : DEFAULT_STRIPS)
      })
    )
  })

  it('have titles that can be remembered', () => {
    const five = [...STRIP_TITLES].sort((a, b) => b.length - a.length).slice(0, DEFAULT_STRIPS.length)
    expect(settingsShape.charts.parse(five)).toEqual(five)
  })

  it('come back with page, smoothing and compared references, until the layout is reset', async () => {
    const { lab, live, view } = await aLiveView()
    live.page = 'Walks'
    live.smoothing = 'run'
    live.chooseStrip(0, 'DMT coverage')
    view.compared = 'last'
    const remembered = lab.settings
    const again = await aLiveView()
    again.lab.settings = remembered
    await useSettingsStore().load()
    expect([again.live.page, again.live.smoothing, again.view.compared]).toEqual(['Walks', 'run', 'last'])
    expect(again.live.strips).toEqual(['DMT coverage', ...DEFAULT_STRIPS.slice(1)])
    again.view.theme = 'dark'
    again.commands.execute('view.reset')
    expect(again.live.strips).toEqual(DEFAULT_STRIPS)
    expect(again.lab.settings).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' })
  })
})

describe('tables of charts', () => {
  it('open beside their charts from anywhere, the first one if none was open', async () => {
    const { view, live, toggle } = await aRun()
    view.show('Help')
    live.page = 'Results'
    toggle()
    expect([view.tab, live.page, live.shownTable]).toEqual(['Live', 'Charts', live.strips[0]])
    toggle()
    expect(live.shownTable).toBeNull()
  })

  it('stay open while something else is on show, and are not closed unseen', async () => {
    const { view, live, toggle, commands } = await aRun()
    const isOn = (): boolean => commands.stateOf('view.tables').isOn
    view.toggleTable(CYCLES)
    expect(isOn()).toBe(true)
    live.page = 'Walks'
    expect([live.shownTable, view.openTable, isOn()]).toEqual([null, CYCLES, false])
    toggle()
    expect([live.page, live.shownTable]).toEqual(['Charts', CYCLES])
    view.show('Events')
    expect(isOn()).toBe(false)
    toggle()
    expect([view.tab, live.shownTable]).toEqual(['Live', CYCLES])
  })

  it('go along with a chart that shows another measure, and stay with one that moves', async () => {
    const { view, live } = await aRun()
    view.toggleTable(CYCLES)
    live.chooseStrip(live.strips.indexOf(CYCLES), 'DMT coverage')
    expect(live.shownTable).toBe('DMT coverage')
    live.chooseStrip(0, 'DMT coverage')
    expect([live.strips[0], live.shownTable]).toEqual(['DMT coverage', 'DMT coverage'])
    live.chooseStrip(1, 'Walk MPKI')
    expect(live.shownTable).toBe('DMT coverage')
  })

  it('are not shown of a chart that is not', async () => {
    const { view, live, toggle } = await aRun()
    view.openTable = 'Walk MPKI'
    expect(live.shownTable).toBeNull()
    toggle()
    expect(live.shownTable).toBe(live.strips[0])
  })

  it('wait for a session, and are not offered over samples', async () => {
    const { session, live, view, commands } = await aLiveView()
    const blocked = (id: 'view.tables' | 'charts.in') => commands.stateOf(id).blocked
    expect(blocked('view.tables')).toBe('Nothing has run yet')
    await session.stepToWalk()
    expect([blocked('view.tables'), blocked('charts.in')]).toEqual([null, null])
    view.toggleTable(SPEEDUP)
    if (session.info) session.info = { ...session.info, source: { ...session.info.source, sampled: true } }
    expect([blocked('view.tables'), blocked('charts.in')]).toEqual([NO_RATES, NO_RATES])
    expect([live.hasCharts, live.shownTable]).toEqual([false, null])
  })
})

describe('results over samples', () => {
  it('hold no speedup, in Help as little as in Comparison', async () => {
    const { session, lab } = await aLiveView()
    const valuesOf = (name: string) => {
      const entry = entryOf(`number/${name}`)
      if (!entry) throw new Error(`Help has no ${name}`)
      return useEntryValues(() => entry).value.map(({ value }) => value)
    }
    await session.prepare()
    lab.advance(500_000, 10)
    const speedups = ['pageWalkSpeedup', 'applicationSpeedup']
    for (const name of speedups) expect(valuesOf(name)[1], name).toMatch(/^\d\.\d\d×$/)
    if (session.info) session.info = { ...session.info, source: { ...session.info.source, sampled: true } }
    for (const name of speedups) expect(valuesOf(name)[1], name).toBe('–')
  })

  /** Every counter 100, so that every ratio has a value. */
  const counters = Object.fromEntries(COUNTERS.map(({ id }) => [id, 100])) as Counters
  it('are counts and the ratios of them that hold; a rate is not measured', () => {
    const rows = resultRows([counters, counters], [counters], { run: true })
    const dashed = rows.filter(({ values }) => values.includes('–')).map(({ id }) => id)
    expect(dashed).toContain('cyclesPerWalk')
    expect(dashed).toContain('stlbHitShare')
    expect(dashed).not.toContain('dmtCoverage')
    expect(rows.filter(({ isRatio, values }) => !isRatio && values.includes('–'))).toEqual([])
    expect(resultRows([counters]).filter(({ values }) => values.includes('–'))).toEqual([])
    expect(rows.flatMap(({ before }) => before).filter(({ value }) => value === '–')).toEqual([])
    const after = resultRows([counters], [counters], { before: true })
    const unknown = after.filter(({ before }) => before.some(({ value }) => value === '–'))
    expect(unknown.map(({ id }) => id)).toEqual(dashed)
    for (const { id } of rows)
      expect(resultOf(id, counters, counters, true) === '–', id).toBe(dashed.includes(id))
  })
})
