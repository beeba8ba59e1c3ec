import type { Page } from '@playwright/test'
import { violations } from '../actions/accessibility'
import { runToTheEnd, setUp } from '../actions/experiment'
import { expectLook } from '../actions/pictures'
import { spoiltText } from '../actions/text'
import { expect, test } from '../fixtures/lab'

/** The same numbers on every machine: the seed is fixed, and nothing on these screens is measured in real time. */
const EXPERIMENT = {
  environment: 'Virtualized',
  workload: 'GUPS',
  footprint: '64 MiB',
  references: '20k',
  lanes: ['Radix', 'pvDMT']
} as const

const PICTURED = { width: 1280, height: 800 }
/** The stories of each part check the other size of each theme (looks.ts). */
const CHECKED = { light: { width: 1920, height: 1080 }, dark: PICTURED }

for (const theme of ['light', 'dark'] as const)
  test(`Every screen looks as it was reviewed and is accessible, ${theme}`, async ({ lab, page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    const look = (name: string): Promise<void> => lookAt(page, `${name}-${theme}`, CHECKED[theme])
    await expect(lab.start.heading).toBeVisible()
    await look('start')
    await lab.start.tour.click()
    await expect(page.getByRole('dialog', { name: 'Tour' })).toBeVisible()
    await expect(lab.transport.runState).toHaveText('Finished', { timeout: 60_000 })
    await look('tour')
    await page.keyboard.press('Escape')

    await setUp(lab, EXPERIMENT)
    await runToTheEnd(lab)
    await lab.tabs.live.focus()
    await expect(lab.comparison.sameTranslations).toBeVisible()
    await look('live')

    await lab.tabs.walk.click()
    await lab.walk.fromCold.click()
    await expect(lab.walk.stepsOf('A')).toHaveCount(24)
    await look('walk')

    await lab.tabs.memory.click()
    await lab.memory.lane('B').click()
    await expect(lab.memory.band('L1')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'How this area was granted' })).toBeVisible()
    await look('memory')

    await lab.tabs.events.click()
    await expect(lab.events.table.getByRole('row')).not.toHaveCount(1)
    await look('events')

    await lab.tabs.help.click()
    await lab.help.design('pvDMT').click()
    await expect(lab.help.rows).toHaveCount(2)
    await look('help')

    await lab.tabs.live.click()
    await lab.setUp.addLane.click()
    await lab.setUp.addLane.click()
    await lab.transport.reset.click()
    await runToTheEnd(lab)
    await lab.tabs.live.focus()
    await expect(lab.laneD.value('Walks')).not.toHaveText('–')
    await look('lanes')
  })

async function lookAt(page: Page, name: string, checked: typeof PICTURED): Promise<void> {
  await expectLook(page, name)
  await page.setViewportSize(checked)
  expect.soft(await violations(page), name).toEqual([])
  expect.soft(await spoiltText(page), `text of ${name}`).toEqual([])
  await page.setViewportSize(PICTURED)
}
