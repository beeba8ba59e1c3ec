import { violations, expectNoViolation } from '../actions/accessibility'
import { expect, test } from '../fixtures/lab'

test.describe('Help', () => {
  test.beforeEach(async ({ lab }) => {
    await lab.tabs.help.click()
  })

  test('shows a design in words and as a picture of a walk it has made', async ({ lab }) => {
    const { help } = lab
    await help.design('pvDMT').click()
    const article = help.article('pvDMT')
    await expect(article).toContainText('DMT whose guest areas the host places in contiguous machine memory')
    await expect(article).toContainText('with no host there is nobody to cooperate with')
    await expect(article).toContainText('2 references, one after another.')
    await expect(help.picture).toHaveAccessibleName(/^pvDMT, virtualized\. 2 references/)
    await expect(help.rows).toHaveCount(2)
  })

  test('offers the environments and page sizes that the design has, and says why not others', async ({
    lab
  }) => {
    const { help } = lab
    await help.design('Radix').click()
    await expect(help.rows).toHaveCount(24)
    await help.pageSize.selectOption({ label: '2 MiB' })
    await expect(help.rows).toHaveCount(15)
    await help.environment.selectOption('native')
    await expect(help.rows).toHaveCount(3)

    await help.design('Radix, three dimensions').click()
    await expect(help.environment).toHaveValue('nested')
    await expect(help.environment.locator('option[value=native]')).toBeDisabled()
    await expect(help.environment.locator('option[value=native]')).toContainText(
      'three dimensions exist only'
    )
  })

  test('keeps a walk of 124 references readable', async ({ lab }) => {
    await lab.help.design('Radix, three dimensions').click()
    await expect(lab.help.rows).toHaveCount(124)
    const texts = lab.help.picture.locator('text')
    for (const text of [texts.first(), texts.nth(40), texts.last()])
      await expect(text).toHaveCSS('font-size', /^1[1-9](\.\d+)?px$/)
  })

  test('is searched by the words that designs are described with', async ({ lab, page }) => {
    const all = await lab.help.designs.count()
    await lab.help.search.fill('nobody to cooperate')
    await expect(lab.help.designs).toHaveText(['pvDMT'])
    await lab.help.search.fill('no such words anywhere')
    await expect(page.getByText('No design says all of these words.')).toBeVisible()
    await lab.help.search.fill('')
    await expect(lab.help.designs).toHaveCount(all)
  })

  test('is used by keyboard alone', async ({ lab, page }) => {
    await lab.help.search.focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const second = await lab.help.designs.nth(1).textContent()
    await expect(lab.help.article((second ?? '').trim())).toBeVisible()
  })

  test('tells for each format how a trace is recorded, the shortest way first', async ({ lab, page }) => {
    const { help } = lab
    await help.recording.click()
    const article = help.article('Recording traces')
    await expect(help.recording).toHaveAttribute('aria-current', 'true')
    await expect(article.getByRole('heading', { level: 3 }).first()).toHaveText('With one command')
    await expect(help.way('With one command')).toContainText('scripts/record-trace PROGRAM')
    await expect(help.way('Memory map')).toContainText('cat /proc/PID/maps')
    const lackey = help.way('Valgrind Lackey text')
    await expect(lackey).toContainText('Needs: package valgrind.')
    const command = (await lackey.locator('pre').first().textContent()) ?? ''
    expect(command).toMatch(/^valgrind --tool=lackey --trace-mem=yes/)
    await lackey.getByRole('button', { name: 'Copy command of Valgrind Lackey text' }).click()
    await expect(lackey.getByRole('status')).toHaveText('Copied')
    await help.search.focus()
    await page.keyboard.press('Control+V')
    await expect(help.search).toHaveValue(command.trim())
    await help.search.fill('')
    expect(await violations(page)).toEqual([])
    await help.design('DMT').click()
    await expect(help.article('DMT')).toBeVisible()
    await expect(article).toBeHidden()
  })

  test('has no accessibility violation, whatever the design', async ({ lab, page }) => {
    await lab.help.design('DMT').click()
    await expect(lab.help.rows).toHaveCount(3)
    await expectNoViolation(page)
    await lab.help.environment.selectOption('nested')
    await lab.help.design('Radix').click()
    await expect(lab.help.rows).toHaveCount(24)
    expect(await violations(page)).toEqual([])
  })
})
