/** Where the keyboard is. */
import { expect, type Locator, type Page } from '@playwright/test'

/** Presses a key that takes the focus to `target`. */
export async function pressTo(page: Page, key: string, target: Locator): Promise<void> {
  await page.keyboard.press(key)
  await expect(target).toBeFocused()
}

/** Presses Tab until `target` has the focus. Throws when it does not come within so many presses. */
export async function tabTo(page: Page, target: Locator, mostPresses = 60): Promise<void> {
  const focused = target.and(page.locator(':focus'))
  for (let presses = 0; presses < mostPresses; presses++) {
    await page.keyboard.press('Tab')
    if ((await focused.count()) > 0) return
  }
  throw new Error(`Tab does not reach ${String(target)}`)
}
