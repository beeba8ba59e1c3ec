import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { LabError } from '@renderer/api/lab-error'
import { unreachedText } from '@renderer/api/unreached'
import { hintOf, keysOf } from '@renderer/composables/hint'
import { moveRegion } from '@renderer/composables/regions'
import { useReturnFocus } from '@renderer/composables/return-focus'
import { nextInRing } from '@renderer/composables/ring'

/** As much of a page as the focus needs: parts that can be seen or not, some within others. */
class Part {
  isSeen = true
  constructor(
    readonly name: string,
    readonly parts: readonly Part[] = [],
    readonly takesFocus = false
  ) {}

  checkVisibility = (): boolean => this.isSeen
  contains = (other: unknown): boolean => other === this || this.parts.some((part) => part.contains(other))
  querySelectorAll = (): readonly Part[] => this.parts
  hasAttribute = (): boolean => this.takesFocus
  focus(): void {
    if (this.isSeen) page.activeElement = this
  }
  /** As the page does it when an element goes. */
  vanish(): void {
    this.isSeen = false
    if (page.activeElement === this) page.activeElement = page.body
  }
}

const body = new Part('body')
const view = new Part('view', [], true)
const page = {
  body,
  activeElement: body,
  regions: [] as readonly Part[],
  querySelector: (): Part => view,
  querySelectorAll: (): readonly Part[] => page.regions
}
const focused = (): string => page.activeElement.name

beforeEach(() => {
  vi.stubGlobal('document', page)
  vi.stubGlobal('Element', Part)
  page.activeElement = body
  view.isSeen = true
})

describe('places in a ring', () => {
  it('are all met once each way, from none and from anywhere', () => {
    const anyRing = fc.integer({ min: 1, max: 12 }).chain((count) =>
      fc.record({
        count: fc.constant(count),
        at: fc.integer({ min: -1, max: count - 1 }),
        by: fc.constantFrom(1 as const, -1 as const)
      })
    )
    fc.assert(
      fc.property(anyRing, ({ count, at, by }) => {
        let place = at
        const met = Array.from({ length: count }, () => (place = nextInRing(place, by, count)))
        expect([...met].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i))
      })
    )
  })

  it('begin with the first, and backwards with the last', () => {
    expect([nextInRing(-1, 1, 5), nextInRing(-1, -1, 5)]).toEqual([0, 4])
  })
})

describe('F6', () => {
  const run = new Part('run')
  const presets = new Part('presets')
  const unfold = new Part('unfold')
  const setUp = new Part('set-up', [presets, unfold])
  const lane = new Part('lane', [new Part('design')])

  beforeEach(() => {
    page.regions = [new Part('transport', [run]), setUp, lane, view]
    presets.isSeen = setUp.isSeen = true
  })
  const walk = (by: 1 | -1, times: number): string[] =>
    Array.from({ length: times }, () => {
      moveRegion(by)
      return focused()
    })

  it('goes round both ways, to a view that holds nothing as well', () => {
    expect(walk(1, 5)).toEqual(['run', 'presets', 'design', 'view', 'run'])
    expect(walk(-1, 4)).toEqual(['view', 'design', 'presets', 'run'])
  })

  it('takes the first part that can be seen where the set-up is a rail', () => {
    presets.isSeen = false
    expect(walk(1, 4)).toEqual(['run', 'unfold', 'design', 'view'])
    expect(walk(-1, 3)).toEqual(['design', 'unfold', 'run'])
  })

  it('passes over what cannot be seen or focused', () => {
    setUp.isSeen = false
    page.regions = [...page.regions, new Part('words only', [])]
    expect(walk(1, 4)).toEqual(['run', 'design', 'view', 'run'])
  })
})

describe('a part that goes while it has the focus', () => {
  /** A panel with a button that closes it, opened from outside. */
  function aPanel() {
    const [opener, close] = [new Part('opener'), new Part('close')]
    const panel = new Part('panel', [close])
    const shown = ref<string | null>(null)
    const scope = effectScope()
    const remember = scope.run(() =>
      useReturnFocus(shallowRef(panel as unknown as Element), () => shown.value)
    )
    const show = async (what: string | null): Promise<void> => {
      shown.value = what
      // The page is changed between the watchers and what waits for it.
      await Promise.resolve().then(() => what === null && close.vanish())
      await nextTick()
      await nextTick()
    }
    const open = async (from: Part, what = 'walks'): Promise<void> => {
      close.isSeen = true
      from.focus()
      await show(what)
      close.focus()
    }
    return { opener, close, panel, scope, remember, open, show }
  }

  it('gives it back to what opened it', async () => {
    const { opener, open, show } = aPanel()
    await open(opener)
    await show(null)
    expect(focused()).toBe('opener')
  })

  it('gives it back to the latest opener, whatever the panel shows meanwhile', async () => {
    const { opener, open, show } = aPanel()
    await open(opener)
    await open(new Part('other opener'), 'walkOverhead')
    await show('referencesPerWalk')
    await show(null)
    expect(focused()).toBe('other opener')
  })

  it('gives it to the view where the opener has gone', async () => {
    const { opener, open, show } = aPanel()
    await open(opener)
    opener.vanish()
    await show(null)
    expect(focused()).toBe('view')
  })

  it('leaves a focus alone that is elsewhere, or nowhere', async () => {
    const { opener, open, show } = aPanel()
    await open(opener)
    new Part('elsewhere').focus()
    await show(null)
    expect(focused()).toBe('elsewhere')
    page.activeElement = body
    await show('walks')
    await show(null)
    expect(focused()).toBe('body')
  })

  it('gives it back when it is removed as a whole', async () => {
    const { opener, close, scope, open } = aPanel()
    await open(opener)
    scope.stop()
    close.vanish()
    await nextTick()
    expect(focused()).toBe('opener')
  })

  it('gives it back to where it came from when nobody opened it', async () => {
    const { close, panel, remember, show } = aPanel()
    const came = new Part('came from here')
    close.focus()
    remember?.({ relatedTarget: came } as unknown as FocusEvent)
    remember?.({ relatedTarget: panel.parts[0] } as unknown as FocusEvent)
    await show('a message')
    await show(null)
    expect(focused()).toBe('came from here')
  })

  it('gives it to the button inside that folded it out and stays', async () => {
    const [fold, field] = [new Part('fold'), new Part('field')]
    const isFolded = ref(true)
    const panel = new Part('set-up', [fold, field])
    effectScope().run(() => useReturnFocus(shallowRef(panel as unknown as Element), () => isFolded.value))
    fold.focus()
    isFolded.value = false
    await nextTick()
    await nextTick()
    field.focus()
    isFolded.value = true
    field.isSeen = false
    await nextTick()
    await nextTick()
    expect(focused()).toBe('fold')
  })
})

describe('keys beside a control', () => {
  it('are those of the table, as the keyboard at hand has them', () => {
    vi.stubGlobal('navigator', { platform: 'Win32' })
    expect(hintOf('run.reset')).toBe('Reset (Ctrl F5)')
    expect(hintOf('run.run', 'Pause')).toBe('Pause (F5)')
    expect(hintOf('lane.add')).toBe('Add lane')
    vi.stubGlobal('navigator', { platform: 'MacIntel' })
    expect(keysOf('tools.commands')).toBe('⌘ ⇧ P')
  })

  it('are written by hand in no part of the window', () => {
    const folder = 'src/renderer/src/components'
    const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    expect(texts.flatMap((text) => text.match(/(Ctrl|Alt|Shift)[ +](F\d+|[A-Z])\b|\(F\d+\)/g) ?? [])).toEqual(
      []
    )
  })
})

describe('a window without a lab', () => {
  it('says what happened and what to do', () => {
    const known = new LabError('connection', 'the lab could not be reached, open the address it printed')
    expect(unreachedText(known)).toBe('The lab could not be reached, open the address it printed.')
    expect(unreachedText(new Error('no port'))).toBe(
      'The lab could not be reached: no port. Close this window and start the lab again.'
    )
  })
})
