import { expectState, pause, run, setUp } from '../actions/experiment'
import { numberOf } from '../actions/numbers'
import type { LabWindow } from '../components/lab-window'
import { expect, test } from '../fixtures/lab'

const LONG_RUN = {
  environment: 'Virtualized',
  workload: 'GUPS',
  footprint: '256 MiB',
  references: '10M',
  lanes: ['Radix', 'pvDMT'],
  speed: '100 k/s'
} as const

/** References per walk of lane B over the latest window of references. */
const latestOfLaneB = (lab: LabWindow): Promise<number> =>
  numberOf(lab.chart('References per walk').rows.last().getByRole('cell').nth(2))

test.describe('Switches of a running lab', () => {
  test('take DMT away from lane B and give it back', async ({ lab }) => {
    await setUp(lab, LONG_RUN)
    await run(lab)
    await expect.poll(() => latestOfLaneB(lab)).toBe(2)

    await lab.laneB.dmt.click()
    await expect(lab.laneB.dmt).not.toBeChecked()
    await expect.poll(() => latestOfLaneB(lab)).toBeGreaterThan(2.5)

    await lab.laneB.dmt.click()
    await expect(lab.laneB.dmt).toBeChecked()
    await expect.poll(() => latestOfLaneB(lab)).toBe(2)

    await expectState(lab, 'Running')
    await expect(lab.comparison.sameTranslations).toBeVisible()
    await pause(lab)
    await lab.tabs.events.click()
    await lab.events.kinds.selectOption({ label: 'DMT off' })
    await expect(lab.events.rowsOf('DMT off')).toHaveCount(1)
    await lab.events.kinds.selectOption({ label: 'DMT on' })
    await expect(lab.events.rowsOf('DMT on')).toHaveCount(1)
  })

  test('give a radix lane registers', async ({ lab }) => {
    await setUp(lab, LONG_RUN)
    await run(lab)
    await lab.laneA.dmt.click()
    await expect(lab.laneA.dmt).toBeChecked()
    await expect
      .poll(() => numberOf(lab.chart('References per walk').rows.last().getByRole('cell').nth(1)))
      .toBeLessThan(3.1)
    await expect(lab.comparison.sameTranslations).toBeVisible()
  })

  test('end and resume cooperation between guest and host', async ({ lab }) => {
    await setUp(lab, LONG_RUN)
    await run(lab)
    await expect.poll(() => latestOfLaneB(lab)).toBe(2)

    await lab.setUp.cooperation.click()
    await expect(lab.setUp.cooperation).not.toBeChecked()
    await expect.poll(() => latestOfLaneB(lab)).toBeGreaterThan(2.5)

    await lab.setUp.cooperation.click()
    await expect(lab.setUp.cooperation).toBeChecked()
    await expect.poll(() => latestOfLaneB(lab)).toBe(2)

    await pause(lab)
    await expect(lab.comparison.sameTranslations).toBeVisible()
    await lab.tabs.events.click()
    await lab.events.kinds.selectOption({ label: 'Cooperation off' })
    await expect(lab.events.rowsOf('Cooperation off')).not.toHaveCount(0)
    await lab.events.kinds.selectOption({ label: 'Cooperation on' })
    await expect(lab.events.rowsOf('Cooperation on')).not.toHaveCount(0)
  })
})
