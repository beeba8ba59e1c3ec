/** How the window looks to the eye. */
import type { Page } from '@playwright/test'

/** Of the page's ground: 0 is black, 1 is white. */
export async function brightness(page: Page): Promise<number> {
  const color = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  const channels = [...color.matchAll(/[\d.]+/g)].slice(0, 3).map(Number)
  return channels.reduce((sum, channel) => sum + channel, 0) / (3 * 255)
}
