import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pageOfControl } from '@renderer/composables/what-is'
import { entryOf } from '@renderer/help/entries'
import { searchHelp } from '@renderer/help/search-help'
import { cornersOf, hidden, tourPlace } from '@renderer/help/tour-place'
import { TOUR_STEPS } from '@renderer/help/tour-steps'
import { useHelpStore } from '@renderer/stores/help'
import { useTourStore } from '@renderer/stores/tour'
import { useViewStore } from '@renderer/stores/view'
import { CATALOGUE } from '../builders/fake-catalogue'
import { aWindow } from './window-stores'

const COMPONENTS = 'src/renderer/src/components'
const sources = readdirSync(COMPONENTS)
  .filter((name) => name.endsWith('.vue'))
  .map((name) => ({ name, text: readFileSync(join(COMPONENTS, name), 'utf8') }))

describe('the tour', () => {
  const size = (most: number) =>
    fc.record({ width: fc.integer({ min: 40, max: most }), height: fc.integer({ min: 40, max: most }) })
  it('keeps its step inside the window, and off its part where there is room', () => {
    fc.assert(
      fc.property(
        fc.record({
          left: fc.integer({ min: 0, max: 1200 }),
          top: fc.integer({ min: 0, max: 700 }),
          width: fc.integer({ min: 10, max: 1200 }),
          height: fc.integer({ min: 10, max: 700 })
        }),
        size(360),
        (anchor, own) => {
          const { left, top } = tourPlace(anchor, own, { width: 1280, height: 800 })
          expect(left).toBeGreaterThanOrEqual(0)
          expect(top).toBeGreaterThanOrEqual(0)
          expect(left + own.width).toBeLessThanOrEqual(1280)
          expect(top + own.height).toBeLessThanOrEqual(800)
          const hasRoom = anchor.left + anchor.width + own.width + 24 <= 1280
          if (hasRoom) expect(left).toBeGreaterThanOrEqual(anchor.left + anchor.width)
        }
      )
    )
  })

  it('hides nothing of its part where a side has room, and no more of it than a corner would elsewhere', () => {
    const room = { width: 1280, height: 800 }
    const part = fc
      .record({ left: fc.nat(1200), top: fc.nat(700), width: fc.nat(1200), height: fc.nat(700) })
      .map((box) => ({
        ...box,
        width: Math.max(10, Math.min(box.width, room.width - box.left)),
        height: Math.max(10, Math.min(box.height, room.height - box.top))
      }))
    fc.assert(
      fc.property(part, size(360), (anchor, own) => {
        const hides = hidden(tourPlace(anchor, own, room), own, anchor)
        const right = room.width - anchor.left - anchor.width
        const below = room.height - anchor.top - anchor.height
        const across = Math.max(anchor.left, right) >= own.width + 24
        const along = Math.max(anchor.top, below) >= own.height + 24
        if (across || along) expect(hides).toBe(0)
        for (const corner of cornersOf(own, room))
          expect(hides).toBeLessThanOrEqual(hidden(corner, own, anchor))
      })
    )
  })

  it('unfolds the set-up for as long as it speaks of it, and changes no choice', async () => {
    await aWindow()
    const [tour, view] = [useTourStore(), useViewStore()]
    for (const isTight of [false, true]) {
      view.isTight = isTight
      if (!view.isSetupFolded) view.toggleSetup()
      const speaksOf = tour.steps.findIndex(({ needsSetup }) => needsSetup)
      tour.begin()
      for (let i = 0; i < speaksOf; i++) tour.next()
      expect(view.isSetupFolded).toBe(false)
      tour.next()
      expect(view.isSetupFolded).toBe(true)
      tour.back()
      expect(view.isSetupFolded).toBe(false)
      tour.end()
      expect(view.isSetupFolded).toBe(true)
      tour.begin()
      view.toggleSetup()
      expect(view.isSetupFolded).toBe(true)
    }
  })

  it('has six to nine steps of at most two sentences', () => {
    expect(TOUR_STEPS.length).toBeGreaterThanOrEqual(6)
    expect(TOUR_STEPS.length).toBeLessThanOrEqual(9)
    for (const { text } of TOUR_STEPS) expect(text.match(/[.!?](\s|$)/g)?.length ?? 0).toBeLessThanOrEqual(2)
  })

  it('goes on, back and out, and is offered no more afterwards', async () => {
    await aWindow()
    const [tour, view] = [useTourStore(), useViewStore()]
    tour.begin()
    tour.back()
    expect(tour.at).toBe(0)
    for (const step of tour.steps) {
      expect(tour.step).toEqual(step)
      if (step.tab) expect(view.tab).toBe(step.tab)
      tour.next()
    }
    expect(tour.step).toBeNull()
    expect(tour.isSeen).toBe(true)
  })
})

describe('links to definitions', () => {
  it('lead to pages that exist, in every component', () => {
    const ids = sources.flatMap(({ name, text }) =>
      Array.from(text.matchAll(/['"]((?:term|number)\/[\w-]+)['"]/g), ([, id]) => ({ name, id }))
    )
    expect(ids.length).toBeGreaterThan(50)
    expect(ids.filter(({ id }) => !entryOf(id))).toEqual([])
  })

  /** Heads of columns that name things, and those of tables that have no number. */
  const NAMES = [
    'Lane',
    'Layer',
    'Event',
    'What and why',
    'Times',
    'Number',
    'Design',
    'Entry',
    'For',
    'Found by',
    'Note',
    'A',
    'B',
    'A ÷ B',
    'Open',
    'Level',
    'Parameter',
    'Value',
    'Source',
    'TEA of',
    'Starts at',
    'Record',
    'Read',
    'Time',
    'Table',
    'To find',
    'Entry at',
    'Structure'
  ]
  const AUDITED = [
    'events-table.vue',
    'walk-table.vue',
    'walk-so-far.vue',
    'live-table.vue',
    'live-hits.vue',
    'live-latency.vue',
    'live-slowest.vue',
    'memory-entries.vue',
    'memory-owners.vue',
    'live-definition.vue',
    'compare-formula.vue',
    'paper-table.vue',
    'maps-process.vue',
    'help-fetches.vue',
    'hardware-numbers.vue'
  ]
  it.each(AUDITED)('stand in every head over numbers: %s', (file) => {
    const text = sources.find(({ name }) => name === file)?.text ?? ''
    const heads = Array.from(
      text.matchAll(/<th[^>]*scope="col"[^>]*>([\s\S]*?)<\/th\s*>/g),
      ([, head]) => head
    )
    expect(heads.length).toBeGreaterThan(0)
    const bare = heads
      .filter((head) => !head.includes('UiTerm') && !head.includes('{{'))
      .map((head) => head.replace(/<[^>]+>/g, '').trim())
    expect(bare.filter((head) => !NAMES.includes(head))).toEqual([])
  })

  /** Parts that show a number whose definition stands beside them: who holds both. */
  const BESIDE: Readonly<Record<string, string>> = {
    'compare-bar.vue': 'compare-table.vue',
    'frame-tabs.vue': 'events-table.vue',
    'live-axis.vue': 'live-table.vue',
    'live-overview.vue': 'live-table.vue',
    'live-rail.vue': 'live-happenings.vue',
    'memory-areas.vue': 'memory-picture.vue',
    'memory-teas.vue': 'memory-picture.vue',
    'memory-detail.vue': 'memory-call-cost.vue',
    'setup-slider.vue': 'setup-row.vue',
    'walk-cell.vue': 'walk-steps.vue',
    'walk-planes.vue': 'walk-so-far.vue',
    'walk-ruler.vue': 'walk-steps.vue'
  }
  const PARTS = /^(walk|live|memory|compare|events|lane|setup|frame)-/
  const leadsOn = (name: string): boolean =>
    /<UiTerm|data-term|<SetupRow|tileMeaning/.test(sources.find((one) => one.name === name)?.text ?? '')
  const showsNumber = (text: string): boolean =>
    /{{[^}]*(format(Count|Fixed|Share|Ratio|Cycles|Bytes|Relative|Points|Frame)|counted)\(/.test(text)

  it('stand in every part that writes a number, or beside it', () => {
    const numbers = sources.filter(({ name, text }) => PARTS.test(name) && showsNumber(text))
    expect(numbers.length).toBeGreaterThan(30)
    const bare = numbers
      .map(({ name }) => name)
      .filter((name) => !leadsOn(name) && !leadsOn(BESIDE[name] ?? ''))
    expect(bare).toEqual([])
    expect(Object.keys(BESIDE).filter(leadsOn)).toEqual([])
  })

  it('are known for every control of the set-up', () => {
    const names = Array.from(
      (sources.find(({ name }) => name === 'setup-form.vue')?.text ?? '').matchAll(
        /<SetupRow label="([^"]+)"/g
      ),
      ([, label]) => label
    )
    expect(names.length).toBeGreaterThan(8)
    for (const name of [...names, 'Footprint', 'Speed', 'Lane A design', 'Lane B DMT'])
      expect(entryOf(pageOfControl(name) ?? ''), name).toBeDefined()
    expect(pageOfControl('Nothing of the kind')).toBeUndefined()
  })
})

describe('the search of Help', () => {
  const topics = {
    designs: CATALOGUE.designs,
    workloads: CATALOGUE.workloads,
    formats: CATALOGUE.traceFormats
  }
  const first = (query: string) => searchHelp(topics, query)[0]?.id
  it('finds a term by its name, its meaning, and a number by what it is called in files', () => {
    expect(first('TEA')).toBe('term/tea')
    expect(first('translation entry area')).toBe('term/tea')
    expect(first('walkOverhead')).toBe('number/walkOverhead')
    expect(first('walk overhead')).toBe('number/walkOverhead')
    expect(searchHelp(topics, '  ')).toEqual([])
    expect(searchHelp(topics, 'no such words anywhere')).toEqual([])
  })

  it('leads to a page and back to where it was asked for', async () => {
    await aWindow()
    const [help, view] = [useHelpStore(), useViewStore()]
    view.tab = 'Events'
    help.open('term/tea')
    expect([view.tab, help.topic, help.entry?.id]).toEqual(['Help', 'entry', 'term/tea'])
    help.open('number/walks')
    help.goBack()
    expect(view.tab).toBe('Events')
    help.open('term/no-such-term')
    expect(view.tab).toBe('Events')
  })
})
