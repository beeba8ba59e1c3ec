/** What is fetched while a run goes on: the last news is never lost, whatever was under way when it came. */
import { effectScope, nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { useEventsPage } from '@renderer/composables/events-page'
import { refresher } from '@renderer/composables/refresher'
import { useEventsStore } from '@renderer/stores/events'
import { useSessionStore } from '@renderer/stores/session'
import { useWalkStatsStore } from '@renderer/stores/walk-stats'
import type { LabEvent } from '@shared/model/lab-event'
import { HeldLab, overLab } from './held-lab'

const anEvent = (n: number): LabEvent => ({
  n,
  reference: 10 * n,
  layer: 'L0',
  kind: 'page-fault',
  text: `page ${n} mapped`,
  frames: 1,
  cycles: 100,
  times: 1
})

/** Its lanes have made so many walks and events. */
class CountingLab extends HeldLab {
  made = 1

  readonly calls = {
    'walk/histogram': () =>
      this.answer({ walks: this.made, cycles: [], patterns: [], walksOfOtherPatterns: 0 }),
    'walk/places': () => this.answer({ walks: this.made, places: [] }),
    'events/list': (_lane: number, after: number) =>
      this.answer(Array.from({ length: this.made }, (_, i) => anEvent(i + 1)).filter(({ n }) => n > after))
  }
}

function stores() {
  const lab = new CountingLab()
  const all = overLab(lab, () => ({
    events: useEventsStore(),
    stats: useWalkStatsStore(),
    session: useSessionStore(),
    page: effectScope().run(useEventsPage)!
  }))
  const begin = (session: number, lanes: number): void => {
    all.session.info = { session, spec: { lanes: Array.from({ length: lanes }, () => 'radix') } } as never
  }
  begin(1, 2)
  return { lab, begin, ...all }
}

const reach = ({ lab, session }: ReturnType<typeof stores>, made: number): void => {
  lab.made = made
  session.pulse = { references: 10 * made, referencesTotal: 10_000, referencesPerSecond: 1 }
}

describe('a fetch that is asked for again while it is under way', () => {
  it('goes round once more, however often it was asked, and whoever asked waits for that', async () => {
    let [asked, answered] = [0, 0]
    const refresh = refresher(async () => {
      const mine = ++asked
      await Promise.resolve()
      answered = mine
    }, ref(null))
    const first = refresh()
    await Promise.all([refresh(), refresh()])
    expect([asked, answered]).toEqual([2, 2])
    await first
    await refresh()
    expect(asked).toBe(3)
  })

  it('says what it has failed of until it succeeds', async () => {
    const problem = ref<string | null>(null)
    let isBroken = true
    const refresh = refresher(async () => {
      if (isBroken) throw new Error('no lab')
    }, problem)
    await refresh()
    expect(problem.value).toBe('no lab')
    isBroken = false
    await refresh()
    expect(problem.value).toBeNull()
  })

  it('brings the walks that were made meanwhile', async () => {
    const { lab, stats } = stores()
    lab.hold()
    const first = stats.refresh()
    lab.made = 7
    void stats.refresh()
    lab.release()
    await first
    expect(stats.lanes.map(({ histogram, places }) => [histogram.walks, places.walks])).toEqual([
      [7, 7],
      [7, 7]
    ])
  })

  it('brings the events of the session that has begun meanwhile', async () => {
    const { lab, events, begin } = stores()
    lab.hold()
    const first = events.refresh()
    begin(2, 1)
    void events.refresh()
    lab.release()
    await first
    expect(events.areKnown).toBe(true)
    expect(events.lanes).toHaveLength(1)
  })
})

describe('the page of events on show', () => {
  it('waits for events that were not fetched yet', async () => {
    const all = stores()
    const { events, page } = all
    reach(all, 100)
    await events.refresh()
    await nextTick()
    reach(all, 400)
    events.wanted = { lane: 0, kind: 'page-fault', reference: 2500 }
    await nextTick()
    expect(events.wanted).not.toBeNull()
    await events.refresh()
    await nextTick()
    expect(page.page.value.rows[0].event.reference).toBe(2500)
    expect(events.wanted).toBeNull()
  })

  it('is the newest where nothing of the kind is known', async () => {
    const all = stores()
    all.events.wanted = { lane: null, kind: 'tea-migrate', reference: 10 }
    reach(all, 5)
    await all.events.refresh()
    await nextTick()
    expect(all.events.wanted).toBeNull()
    all.page.choose({ lane: null, layer: null, kind: null })
    expect(all.page.page.value.rows[0].event.n).toBe(5)
  })

  it('shows all lanes once the one it showed is gone', async () => {
    const all = stores()
    await all.events.refresh()
    all.page.choose({ lane: 1, layer: null, kind: null })
    await nextTick()
    all.begin(2, 2)
    await all.events.refresh()
    await nextTick()
    expect(all.page.filter.value.lane).toBe(1)
    all.begin(3, 1)
    await all.events.refresh()
    await nextTick()
    expect(all.page.filter.value.lane).toBeNull()
  })
})
