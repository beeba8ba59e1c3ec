/** Widths of panes: what is dragged is shown at once, kept when it is let go, and never too narrow or too wide. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usePanesStore } from '@renderer/stores/panes'
import { useViewStore } from '@renderer/stores/view'
import { NARROWEST_PANE, settingsShape, WIDEST_PANE } from '@shared/model/settings'
import { aWindow } from './window-stores'

async function somePanes() {
  const { lab } = await aWindow()
  return { lab, panes: usePanesStore(), view: useViewStore() }
}

describe('the width of a pane', () => {
  it('is remembered when its edge is let go, not while it moves', async () => {
    const { lab, panes } = await somePanes()
    panes.move('walk', 300)
    panes.move('walk', 320)
    expect(panes.style).toEqual({ '--pane-walk': '320px' })
    expect(lab.settings.panes).toEqual({})
    panes.keep()
    expect(lab.settings.panes).toEqual({ walk: 320 })
    panes.resize('setup', 400)
    expect(panes.style).toEqual({ '--pane-walk': '320px', '--pane-setup': '400px' })
  })

  it('can be remembered whatever it was dragged to', async () => {
    const { lab, panes } = await somePanes()
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (width) => {
        panes.resize('memory', width)
        const { memory } = settingsShape.panes.parse(lab.settings.panes)
        expect(memory).toBeGreaterThanOrEqual(NARROWEST_PANE)
        expect(memory).toBeLessThanOrEqual(WIDEST_PANE)
      })
    )
  })

  it('is the first again by itself and with the layout', async () => {
    const { lab, panes, view } = await somePanes()
    panes.resize('setup', 400)
    panes.resize('reading', 500)
    panes.reset('setup')
    expect(panes.style).toEqual({ '--pane-reading': '500px' })
    view.resetLayout()
    expect(panes.style).toEqual({})
    expect(lab.settings.panes).toEqual({})
  })
})
