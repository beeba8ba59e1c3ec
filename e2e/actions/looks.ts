/** The window in the sizes and themes that every screen is held to. */
import { expect, test, type Page } from '@playwright/test'
import { spoiltText } from './text'

/** Each size and each theme once: what a theme breaks it breaks in both sizes. */
const LOOKS = [
  { size: { width: 1280, height: 800 }, colorScheme: 'light' },
  { size: { width: 1920, height: 1080 }, colorScheme: 'dark' }
] as const

/** Checks the window as it stands in each of them, and that its words can be read; what is set up and running stays. */
export async function inEveryLook(page: Page, check: (look: string) => Promise<void>): Promise<void> {
  for (const { size, colorScheme } of LOOKS) {
    const look = `${colorScheme}, ${size.width} x ${size.height}`
    await test.step(look, async () => {
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await check(look)
      expect.soft(await spoiltText(page), `text, ${look}`).toEqual([])
    })
  }
}
