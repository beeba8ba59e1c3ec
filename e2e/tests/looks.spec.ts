import { runToTheEnd, setUp } from '../actions/experiment'
import { expectLook } from '../actions/pictures'
import { expect, test } from '../fixtures/lab'

/** The same numbers on every machine: the seed is fixed, and nothing on these screens is measured in real time. */
const EXPERIMENT = {
  environment: 'Virtualized',
  workload: 'GUPS',
  footprint: '64 MiB',
  references: '20k',
  lanes: ['Radix', 'pvDMT']
} as const

// Pictures are compared where they are asked for: drawing text differs from machine to machine.
test.skip(process.env.DMT_LAB_LOOKS === undefined, 'DMT_LAB_LOOKS is not set')

for (const theme of ['light', 'dark'] as const)
  test(`Every screen looks as it was reviewed, ${theme}`, async ({ lab, page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await expect(lab.start.heading).toBeVisible()
    await expectLook(page, `start-${theme}`)

    await setUp(lab, EXPERIMENT)
    await runToTheEnd(lab)
    await lab.tabs.live.focus()
    await expect(lab.comparison.sameTranslations).toBeVisible()
    await expectLook(page, `live-${theme}`)

    await lab.tabs.walk.click()
    await lab.walk.fromCold.click()
    await expect(lab.walk.stepsOf('A')).toHaveCount(24)
    await expectLook(page, `walk-${theme}`)

    await lab.tabs.events.click()
    await expect(lab.events.table).toBeVisible()
    await expectLook(page, `events-${theme}`)

    await lab.tabs.help.click()
    await lab.help.design('pvDMT').click()
    await expect(lab.help.rows).toHaveCount(2)
    await expectLook(page, `help-${theme}`)
  })
