import { expectState, setUp } from '../actions/experiment'
import { expect, test } from '../fixtures/lab'

test.describe('One walk', () => {
  test('is stepped through beside the other lane’s', async ({ lab }) => {
    await setUp(lab, { workload: 'Pointer chase', footprint: '128 MiB', lanes: ['Radix', 'pvDMT'] })

    await lab.transport.stepAccess.click()
    await expectState(lab, 'Paused')
    await expect(lab.transport.progress).toHaveAttribute('aria-valuetext', /^1 of /)

    await lab.transport.stepInsideWalk.click()
    await expect(lab.tabs.walk).toHaveAttribute('aria-selected', 'true')
    await expect(lab.transport.progress).toHaveAttribute('aria-valuetext', /^2 of /)
    await expect(lab.walk.position).toHaveText(/^Step 1 of \d+$/)
    await lab.transport.stepInsideWalk.click()
    await expect(lab.walk.position).toHaveText(/^Step 2 of \d+$/)
    await expect(lab.transport.progress).toHaveAttribute('aria-valuetext', /^2 of /)

    await lab.transport.stepBack.click()
    await expect(lab.transport.progress).toHaveAttribute('aria-valuetext', /^1 of /)
    await expectState(lab, 'Paused')
    await lab.transport.stepAccess.click()
    await expect(lab.transport.progress).toHaveAttribute('aria-valuetext', /^2 of /)

    await lab.walk.fromCold.click()
    await expect(lab.walk.stepsOf('A')).toHaveCount(24)
    await expect(lab.walk.stepsOf('B')).toHaveCount(2)
    const entryForData = lab.walk.stepsOf('B').last().getByRole('cell', { name: 'data', exact: true })
    await expect(entryForData).toBeVisible()
  })

  test('costs 124 references in three dimensions and 3 with registers', async ({ lab }) => {
    await setUp(lab, {
      environment: 'Nested',
      workload: 'Pointer chase',
      footprint: '128 MiB',
      lanes: ['Radix, three dimensions', 'pvDMT']
    })
    await lab.transport.stepInsideWalk.click()
    await expect(lab.walk.position).toBeVisible()
    await lab.walk.fromCold.click()
    await expect(lab.walk.stepsOf('A')).toHaveCount(124)
    await expect(lab.walk.stepsOf('B')).toHaveCount(3)
  })

  test('has no cooperation to offer where there is no host', async ({ lab }) => {
    await lab.setUp.environment.selectOption({ label: 'Native' })
    const refused = lab.laneB.choice(/^pvDMT .*with no host there is nobody to cooperate with/)
    await expect(refused).toBeDisabled()
    await expect(lab.laneB.design).toHaveValue('dmt')
    await expect(lab.setUp.cooperation).toHaveAttribute('aria-disabled', 'true')
    await expect(lab.setUp.cooperation).toHaveAccessibleDescription(/nobody to cooperate with/)
  })
})
