import { pressTo, tabTo } from '../actions/focus'
import { expectState, setUp, SMALL } from '../actions/experiment'
import { expect, test } from '../fixtures/lab'

test.describe('The keyboard alone', () => {
  test('goes from transport to set-up, lanes, tabs and view by Tab', async ({ lab, page }) => {
    await expect(lab.start.heading).toBeVisible()
    const { transport, setUp: panel, laneA, laneB, tabs, start } = lab
    const inReadingOrder = [
      transport.run,
      transport.speed,
      panel.environment,
      panel.footprint,
      panel.cooperation,
      panel.importTrace,
      laneA.design,
      laneA.dmt,
      laneB.design,
      laneB.dmt,
      tabs.live,
      start.questions.first(),
      start.start
    ]
    for (const target of inReadingOrder) await tabTo(page, target, 12)
  })

  test('sets up, starts and answers a question', async ({ lab, page }) => {
    await tabTo(page, lab.setUp.environment)
    await page.keyboard.type('nat')
    await expect(lab.setUp.environment).toHaveValue('native')
    await expect(lab.laneB.design).toHaveValue('dmt')
    await tabTo(page, lab.start.question('Why can one miss cost 24 references?'))
    await page.keyboard.press('Enter')
    await expectState(lab, 'Paused')
    await tabTo(page, lab.start.skip, 6)
    await page.keyboard.press('Enter')
    await expect(lab.walk.stepsOf('A')).toHaveCount(24)
    await expect(lab.laneB.design).toHaveValue('pvdmt')
  })

  test('runs, pauses and steps with F5, F10 and F11', async ({ lab, page }) => {
    await setUp(lab, SMALL)
    await page.keyboard.press('F5')
    await expectState(lab, 'Running')
    await expect(lab.laneB.value('Walks')).toHaveText(/\d/)
    await lab.transport.pause.press('Enter')
    await expect(lab.transport.run).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(lab.transport.pause).toBeFocused()
    await page.keyboard.press('F5')
    await expectState(lab, 'Paused')

    const tile = lab.laneB.definitionOf('Walks')
    await tile.press('Enter')
    await page.getByRole('button', { name: 'Close definition' }).press('Enter')
    await expect(tile).toBeFocused()

    const done = async (): Promise<number> =>
      Number((await lab.transport.progress.getAttribute('aria-valuetext'))?.split(' ')[0].replaceAll(',', ''))
    const before = await done()
    await page.keyboard.press('F10')
    await expect.poll(done).toBe(before + 1)
    await expectState(lab, 'Paused')

    await page.keyboard.press('F11')
    await expect(lab.tabs.walk).toHaveAttribute('aria-selected', 'true')
    await expect(lab.walk.position).toHaveText(/^Step 1 of/)
    await page.keyboard.press('F11')
    await expect(lab.walk.position).toHaveText(/^Step 2 of/)

    const here = await done()
    await page.keyboard.press('Shift+F11')
    await expect(lab.walk.position).toHaveText(/^Step 1 of/)
    expect(await done()).toBe(here)
    await page.keyboard.press('Shift+F11')
    await expect.poll(done).toBe(here - 1)

    // A rail, where the picture needs the width.
    await expect(lab.setUp.environment).toBeHidden()
    await tabTo(page, lab.setUp.importTrace)
    await tabTo(page, lab.setUp.exportReport, 1)
  })

  test('moves between regions with F6 and between tabs with arrows', async ({ lab, page }) => {
    const { transport, setUp: panel, laneA, laneB, tabs, help } = lab
    await pressTo(page, 'F6', transport.run)
    await page.keyboard.press('F6')
    await pressTo(page, 'F6', laneA.design)
    await page.keyboard.press('F6')
    await expect(lab.comparison.region.locator(':focus')).toHaveCount(1)
    await pressTo(page, 'F6', laneB.design)
    await pressTo(page, 'F6', tabs.live)
    await pressTo(page, 'ArrowRight', tabs.walk)
    await page.keyboard.press('ArrowRight')
    await expect(tabs.memory).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('ArrowRight')
    await expect(tabs.events).toHaveAttribute('aria-selected', 'true')
    await pressTo(page, 'Shift+F6', laneB.design)

    await page.keyboard.press('F6')
    await page.keyboard.press('ArrowRight')
    await pressTo(page, 'F6', help.searchAll)
    await pressTo(page, 'F6', help.article('Start here'))
    await page.keyboard.press('Control+b')
    await pressTo(page, 'F6', transport.run)
    await pressTo(page, 'F6', panel.unfold)
    await pressTo(page, 'F6', laneA.design)
    await pressTo(page, 'Shift+F6', panel.unfold)
  })
})
