import { violations } from '../actions/accessibility'
import { enterReferences, expectState, runToTheEnd, setUp } from '../actions/experiment'
import { inEveryLook } from '../actions/looks'
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

  test('is chosen by address or by its cycles, jumped in and played slowly', async ({ lab, page }) => {
    await setUp(lab, { workload: 'Pointer chase', footprint: '128 MiB', lanes: ['Radix', 'pvDMT'] })
    await enterReferences(lab, '20,000')
    await runToTheEnd(lab)
    await lab.tabs.walk.click()
    await expect(lab.walk.position).toBeVisible()

    await lab.walk.shown.selectOption({ label: 'An address …' })
    await lab.walk.address.fill('not hex')
    await expect(lab.walk.address).toHaveAttribute('aria-invalid', 'true')
    await lab.walk.address.fill('0x7fff c000 0000')
    await lab.walk.walkIt.click()
    await lab.walk.fromCold.click()
    await expect(lab.walk.position).toHaveText('Step 24 of 24')
    await expect(page.getByText('4 guest levels × (4 host + 1) + 4 for the data page = 24')).toBeVisible()

    await lab.walk.goTo.fill('7')
    await lab.walk.goTo.press('Enter')
    await expect(lab.walk.position).toHaveText('Step 7 of 24')
    await lab.walk.position.click()
    await page.keyboard.press('ArrowRight')
    await expect(lab.walk.position).toHaveText('Step 8 of 24')
    await page.keyboard.press('Home')
    await expect(lab.walk.position).toHaveText('Step 1 of 24')
    await page.keyboard.press(' ')
    await expect(lab.walk.play).toHaveAttribute('aria-pressed', 'true')
    await expect(lab.walk.position).toHaveText('Step 3 of 24')
    await page.keyboard.press(' ')
    await expect(lab.walk.play).toHaveAttribute('aria-pressed', 'false')

    await lab.walk.asNow.click()
    const bar = lab.walk.shown.locator('option').filter({ hasText: /\d cycles, / })
    await lab.walk.shown.selectOption({ label: (await bar.first().textContent()) ?? '' })
    await expect(lab.walk.asItRan).toHaveAttribute('aria-pressed', 'true')
    await inEveryLook(page, async (look) => {
      await expect(lab.walk.position, look).toBeVisible()
      expect.soft(await violations(page), look).toEqual([])
    })
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

  test('has no cooperation to offer where there is no host', async ({ lab, page }) => {
    await lab.setUp.environment.selectOption({ label: 'Native' })
    const refused = lab.laneB.choice(/^pvDMT .*with no host there is nobody to cooperate with/)
    await expect(refused).toBeDisabled()
    await expect(lab.laneB.design).toHaveValue('dmt')
    await expect(lab.setUp.cooperation).toHaveAttribute('aria-disabled', 'true')
    await expect(lab.setUp.cooperation).toHaveAccessibleDescription(/nobody to cooperate with/)

    const { hostPageSize } = lab.setUp
    await expect(hostPageSize).toBeDisabled()
    await expect(hostPageSize).toHaveAccessibleDescription('There is no host below a native system')
    const size = await hostPageSize.inputValue()
    await hostPageSize.click({ force: true })
    await expect(hostPageSize).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.type('2')
    await page.keyboard.press('Enter')
    await expect(hostPageSize).toHaveValue(size)
    await page.keyboard.press('Tab')
    await expect(lab.setUp.fragmentation).toBeFocused()
  })
})
