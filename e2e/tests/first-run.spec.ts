import { expectState } from '../actions/experiment'
import { expect, test } from '../fixtures/lab'

test.describe('A first run', () => {
  test('opens with questions and a lab that is ready', async ({ lab }) => {
    await expect(lab.start.heading).toBeVisible()
    await expect(lab.start.question('What would a program of your own gain?')).toBeVisible()
    await expectState(lab, 'Ready')
    await expect(lab.transport.progress).toHaveAttribute('aria-valuenow', '0')
  })

  test('takes a guess before it shows the answer', async ({ lab }) => {
    await lab.start.question('How much of a walk does DMT take away?').click()
    await expect(lab.start.guess).toBeVisible()
    await expectState(lab, 'Running')
    await expect(lab.laneA.value('Walks')).toHaveText(/\d/)
    await expect(lab.comparison.pageWalkSpeedup).toHaveText('?')
    await expect(lab.laneA.value('Cycles / walk')).toHaveText('?')
    await expect(lab.start.guess).toHaveAttribute('aria-valuetext', 'no guess yet')
    await expect(lab.start.showMe).toHaveAttribute('aria-disabled', 'true')

    await lab.start.guess.press('End')
    await lab.start.showMe.click()

    await expect(lab.comparison.pageWalkSpeedup).toHaveText(/^\d\.\d\d×$/)
    await expect(lab.comparison.region).toContainText('your guess 3.0×')
  })

  test('answers a question about one walk in the Walk tab', async ({ lab }) => {
    await lab.start.question('Why can one miss cost 24 references?').click()
    await expect(lab.tabs.walk).toHaveAttribute('aria-selected', 'true')
    await expectState(lab, 'Paused')
    await lab.start.skip.click()
    await expect(lab.walk.stepsOf('A')).toHaveCount(24)
    await expect(lab.walk.stepsOf('B')).toHaveCount(2)
    await expect(lab.walk.position).toHaveText('Step 1 of 24')
  })

  test('adds a third layer where the question asks for it', async ({ lab }) => {
    await lab.start.question('Does a third layer add or multiply?').click()
    await expectState(lab, 'Paused')
    await lab.start.skip.click()
    await expect(lab.walk.stepsOf('A')).toHaveCount(124)
    await expect(lab.walk.stepsOf('B')).toHaveCount(3)
  })

  test('begins afresh when the page is loaded again', async ({ lab, page }) => {
    await lab.start.question('Why can one miss cost 24 references?').click()
    await expectState(lab, 'Paused')
    await page.reload()
    await expect(lab.start.heading).toBeVisible()
    await expectState(lab, 'Ready')
    await lab.start.question('Why can one miss cost 24 references?').click()
    await expectState(lab, 'Paused')
  })
})
