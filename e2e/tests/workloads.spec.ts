import { violations, expectNoViolation } from '../actions/accessibility'
import { expect, test } from '../fixtures/lab'

test.describe('Workloads', () => {
  test('stand in groups, each with its summary, and offer their footprints by name', async ({
    lab,
    page
  }) => {
    const groups = lab.setUp.workload.locator('optgroup')
    await expect(groups.nth(0)).toHaveAttribute('label', 'Programs of the paper')
    await expect(groups.nth(1)).toHaveAttribute('label', 'Teaching')
    await expect(groups.nth(2)).toHaveAttribute('label', 'Scenarios')
    await expect(lab.setUp.workload).toHaveAccessibleDescription(/HPCC RandomAccess/)
    await lab.setUp.footprint.click()
    await page.getByRole('option', { name: /^Paper 128/ }).click()
    await expect(lab.setUp.footprint).toHaveValue(/^128\sGiB$/)
    await expectNoViolation(page)
  })

  test('have a page in Help, with a picture of what they do and its table', async ({ lab, page }) => {
    await lab.tabs.help.click()
    const list = page.getByRole('navigation', { name: 'Workloads' })
    await list.getByRole('button', { name: 'GUPS', exact: true }).focus()
    await page.keyboard.press('Enter')
    const article = page.getByRole('article', { name: 'GUPS', exact: true })
    await expect(article).toContainText('128 streams of pseudo-random numbers')
    await expect(article.getByRole('img', { name: /^GUPS, the first 4,000 accesses/ })).toBeVisible()
    const table = article.getByRole('table', { name: 'Areas' })
    await expect(table.getByRole('rowheader', { name: 'table', exact: true })).toBeVisible()
    await expectNoViolation(page)
    expect(await violations(page)).toEqual([])
  })
})
