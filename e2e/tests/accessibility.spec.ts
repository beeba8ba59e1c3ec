import { expectNoViolation, violations } from '../actions/accessibility'
import { expectState, pause, run, setUp } from '../actions/experiment'
import { expect, test } from '../fixtures/lab'

const LONG_RUN = { workload: 'GUPS', footprint: '128 MiB', references: '1M', speed: '10 k/s' } as const

test.describe('Everyone can use', () => {
  test('the start screen', async ({ lab, page }) => {
    await expect(lab.start.heading).toBeVisible()
    await expectNoViolation(page)
  })

  test('Live while it runs', async ({ lab, page }) => {
    await setUp(lab, LONG_RUN)
    await run(lab)
    expect(await violations(page)).toEqual([])
    await expectState(lab, 'Running')
  })

  test('Live with a table open', async ({ lab, page }) => {
    await setUp(lab, LONG_RUN)
    await run(lab)
    await lab.chart('Cycles per walk').showAsTable.click()
    await expect(lab.chart('Cycles per walk').rows).not.toHaveCount(0)
    await pause(lab)
    await expectNoViolation(page)
  })

  test('Walk, as a picture and as a table', async ({ lab, page }) => {
    await lab.start.question('Why can one miss cost 24 references?').click()
    await lab.start.skip.click()
    await expect(lab.walk.stepsOf('A')).toHaveCount(24)
    await expectNoViolation(page)
    await lab.walk.table.click()
    expect(await violations(page)).toEqual([])
  })

  test('Events', async ({ lab, page }) => {
    await setUp(lab, LONG_RUN)
    await run(lab)
    await pause(lab)
    await lab.tabs.events.click()
    await expect(lab.events.table.getByRole('rowheader')).not.toHaveCount(0)
    await expectNoViolation(page)
  })
})
