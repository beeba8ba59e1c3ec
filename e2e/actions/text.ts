/** Words that the eye cannot read: cut off without a hint that has them whole, too small, or outside the window. */
import type { Page } from '@playwright/test'

/**
 * Run in the page. A text cut by an ellipsis is whole in its hint; what only a screen reader meets is clipped on purpose.
 * Sizes are rounded by the browser, so a pixel too many is none.
 */
const SPOILT_TEXT = `(() => {
  const SMALLEST = 11
  const isShown = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  const isClipped = (e) => e !== null && (getComputedStyle(e).clipPath !== 'none' || isClipped(e.parentElement))
  const hasWords = (e) => [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent.trim() !== '')
  const isCut = (e, { overflowX, textOverflow }) =>
    (overflowX === 'hidden' || overflowX === 'clip') && e.scrollWidth > e.clientWidth + 1 &&
    e.textContent.trim() !== '' && !(textOverflow === 'ellipsis' && e.closest('[title]'))
  const told = (what, e) => what + ': <' + e.localName + ' class="' + e.getAttribute('class') + '"> ' +
    e.textContent.trim().replace(/\\s+/g, ' ').slice(0, 60)
  const found = [...document.querySelectorAll('body *')].filter(isShown).flatMap((e) => {
    const style = getComputedStyle(e)
    const { width } = e.getBoundingClientRect()
    if (width <= 2) return []
    const isSmall = hasWords(e) && parseFloat(style.fontSize) < SMALLEST
    return [...(isSmall ? [told('small', e)] : []), ...(isCut(e, style) ? [told('cut off', e)] : [])]
      .filter(() => !isClipped(e))
  })
  const isWide = document.documentElement.scrollWidth > document.documentElement.clientWidth
  return isWide ? [...found, 'the page is wider than the window'] : found
})()`

/** One line for each. */
export const spoiltText = (page: Page): Promise<string[]> => page.evaluate<string[]>(SPOILT_TEXT)
