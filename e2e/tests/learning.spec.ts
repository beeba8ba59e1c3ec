import { violations } from '../actions/accessibility'
import { inEveryLook } from '../actions/looks'
import { expect, test } from '../fixtures/lab'

test.describe('A person who knows page tables', () => {
  test('guesses, and reads why a walk takes 24 references', async ({ lab, page }) => {
    await expect(lab.start.questions).not.toHaveCount(0)
    expect(await lab.start.questions.count()).toBeGreaterThanOrEqual(8)
    await lab.start.question('Why can one miss cost 24 references?').click()
    await expect(lab.start.guess).toBeFocused()
    await expect(lab.transport.runState).toHaveText('Paused', { timeout: 30_000 })
    await expect(lab.laneA.region).not.toContainText('24')

    await page.keyboard.press('End')
    await lab.start.showMe.click()
    const { answer } = lab.start
    await expect(answer).toBeFocused()
    await expect(answer).toContainText(
      'You guessed 24 entries; measured: 20 entries in the host’s tables. It is less.'
    )
    await expect(answer).toContainText('4 of L1, 20 of L0')
    await expect(lab.walk.stepsOf('A')).toHaveCount(24)
    await lab.walk.asItRan.click()
    await expect(lab.walk.stepsOf('A')).not.toHaveCount(24)
    await expect(answer).toContainText('5 × 4 = 20')
    await lab.walk.fromCold.click()
    await expect(lab.walk.stepsOf('A')).toHaveCount(24)
    for (const n of [1, 24]) await expect(lab.walk.cell('A', n)).toBeInViewport({ ratio: 1 })
    await expect(lab.walk.cell('B', 2)).toBeInViewport({ ratio: 1 })

    await answer.getByRole('button', { name: 'Ask your students' }).click()
    await expect(answer).toContainText('guest-physical?')
    await inEveryLook(page, async (look) =>
      expect.soft(await violations(page, '[aria-label="Answer"]'), look).toEqual([])
    )

    await answer.getByRole('button', { name: 'From page tables to pvDMT' }).click()
    const first = lab.help.article('Start here')
    await expect(first).toBeFocused()
    for (const heading of [
      /walk reads 4 entries/,
      /it reads 24/,
      /DMT reads 3/,
      /pvDMT reads 2/,
      /falls back/
    ])
      await expect(first.getByRole('heading', { name: heading })).toBeVisible()
    expect(await violations(page, 'article')).toEqual([])
  })

  test('finds a term, follows a number to its definition, and comes back', async ({ lab, page }) => {
    await lab.tabs.help.click()
    await lab.help.searchAll.fill('translation entry area')
    await page.keyboard.press('Enter')
    const tea = lab.help.article('TEA')
    await expect(tea.getByRole('img', { name: 'Picture: TEA' })).toBeVisible()
    await inEveryLook(page, async (look) => expect.soft(await violations(page, 'article'), look).toEqual([]))

    await lab.tabs.live.click()
    await lab.start.question('What do walk caches already save?').click()
    await expect(lab.laneA.value('Refs / walk')).toHaveText('?', { timeout: 30_000 })
    await lab.start.skip.click()
    await expect(lab.start.answer).toContainText('Measured:')
    await lab.comparison.region.getByRole('button', { name: 'Page-walk speedup' }).click()
    const speedup = lab.help.article('Page-walk speedup')
    await expect(speedup).toContainText('cyclesPerWalk of the baseline / of the lane')
    await expect(speedup).toContainText(/\d\.\d\d×/)
    await speedup.getByRole('button', { name: 'Back to Live' }).click()
    await expect(lab.tabs.live).toHaveAttribute('aria-selected', 'true')

    await lab.setUp.environment.focus()
    await page.keyboard.press('Shift+F1')
    await expect(lab.help.article('Environment')).toBeFocused()
  })

  test('takes the tour by keyboard', async ({ lab, page }) => {
    await lab.start.tour.focus()
    await page.keyboard.press('Enter')
    const tour = page.getByRole('dialog', { name: 'Tour' })
    await expect(tour).toContainText('The stack')
    await expect(tour.getByRole('button', { name: 'Next in the tour' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(tour).toContainText('Lane A')
    await page.keyboard.press('ArrowLeft')
    await expect(tour).toContainText('The stack')
    expect(await violations(page, '[aria-label="Tour"]')).toEqual([])
    await page.keyboard.press('Escape')
    await expect(tour).toBeHidden()

    await lab.tabs.help.click()
    await page.getByRole('button', { name: 'Take the tour' }).click()
    while (await tour.getByRole('button', { name: 'Next in the tour' }).isVisible())
      await page.keyboard.press('ArrowRight')
    await tour.getByRole('button', { name: 'Finish the tour' }).press('Enter')
    await expect(tour).toBeHidden()
    await page.reload()
    await expect(lab.start.heading).toBeVisible()
    await expect(lab.start.tour).toBeHidden()
  })
})
