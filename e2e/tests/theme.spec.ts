import { brightness } from '../actions/look'
import { expect, test } from '../fixtures/lab'

const DARK = 0.3
const LIGHT = 0.7

test('The theme follows the system until a person chooses, and is remembered', async ({ lab, page }) => {
  const { theme } = lab.transport
  await expect(theme).toHaveAccessibleName('Theme: system')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => brightness(page)).toBeLessThan(DARK)

  await theme.click()
  await expect(theme).toHaveAccessibleName('Theme: light')
  await expect.poll(() => brightness(page)).toBeGreaterThan(LIGHT)
  await theme.click()
  await expect(theme).toHaveAccessibleName('Theme: system')
  await expect.poll(() => brightness(page)).toBeLessThan(DARK)
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(() => brightness(page)).toBeGreaterThan(LIGHT)

  await theme.click()
  await expect(theme).toHaveAccessibleName('Theme: dark')
  await expect.poll(() => brightness(page)).toBeLessThan(DARK)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => brightness(page)).toBeLessThan(DARK)
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(() => brightness(page)).toBeLessThan(DARK)

  await page.reload()
  await expect(theme).toHaveAccessibleName('Theme: dark')
  await expect.poll(() => brightness(page)).toBeLessThan(DARK)
  await theme.click()
  await expect(theme).toHaveAccessibleName('Theme: system')
  await expect.poll(() => brightness(page)).toBeGreaterThan(LIGHT)
})
