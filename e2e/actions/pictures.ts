/**
 * A screen held to its stored picture. Fonts and browsers draw differently on each machine, so pictures are compared
 * pixel by pixel only where both are those that drew them. Where things stand is compared everywhere.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test, type Locator, type Page } from '@playwright/test'

const FOLDER = 'e2e/looks'
/** Share of pixels that antialiasing may change; a missing button is more. */
const MOST_DIFFERING = 0.002
/** How far something may stand from where it stood, in px, where other fonts draw it. */
const MOST_MOVED = 40

interface Landmark {
  readonly what: string
  readonly box: readonly number[]
}

/** Run in the page. A number in a name is what was measured, not what the thing is. */
const LANDMARKS = `[...document.querySelectorAll(
  'main, aside, nav, [role=region], section[aria-label], [role=toolbar], [role=tab], [role=tabpanel], [role=img], h2, h3'
)].filter((e) => e.checkVisibility() && e.getBoundingClientRect().width > 1).map((e) => {
  const { x, y, width, height } = e.getBoundingClientRect()
  const name = e.getAttribute('aria-label') ?? (/^H/.test(e.tagName) ? e.textContent : '')
  const what = (e.getAttribute('role') ?? e.tagName.toLowerCase()) + ' ' + name.trim().slice(0, 40)
  return { what: what.replace(/\\d[\\d,.]*/g, '#').trim(), box: [x, y, width, height].map(Math.round) }
})`

/** Widths of a text in both fonts of the window: they tell which of the fonts that it asks for are there. */
const TEXT_WIDTHS = `(() => {
  const context = document.createElement('canvas').getContext('2d')
  const style = getComputedStyle(document.documentElement)
  return ['--font-ui', '--font-num'].map((name) => {
    context.font = '40px ' + style.getPropertyValue(name)
    return context.measureText('Translation').width.toFixed(1)
  })
})()`

async function fingerprintOf(page: Page): Promise<string> {
  const version = page.context().browser()?.version() ?? '?'
  const [text, numbers] = await page.evaluate<string[]>(TEXT_WIDTHS)
  return `Chromium ${version}, a word ${text} px wide, as a number ${numbers} px`
}

const stored = (file: string): unknown => JSON.parse(readFileSync(`${FOLDER}/${file}.json`, 'utf8'))

function store(file: string, value: unknown): void {
  writeFileSync(`${FOLDER}/${file}.json`, `${JSON.stringify(value, null, 2)}\n`)
}

/** What is there and was not, is not there and was, or stands elsewhere. */
function moves(before: readonly Landmark[], now: readonly Landmark[], most: number): string[] {
  const left = [...now]
  const gone = before.flatMap(({ what, box }) => {
    const at = left.findIndex((one) => one.what === what)
    if (at < 0) return [`${what}: is not there`]
    const [{ box: other }] = left.splice(at, 1)
    const far = box.some((value, i) => Math.abs(value - other[i]) > most)
    return far ? [`${what}: stands at ${other.join(', ')}, stood at ${box.join(', ')}`] : []
  })
  return [...gone, ...left.map(({ what }) => `${what}: was not there`)]
}

/** @param mask what differs from run to run */
export async function expectLook(page: Page, name: string, mask: readonly Locator[] = []): Promise<void> {
  const { config } = test.info()
  const fingerprint = await fingerprintOf(page)
  const isUpdate = config.updateSnapshots === 'all' || config.updateSnapshots === 'changed'
  const landmarks = await page.evaluate<Landmark[]>(LANDMARKS)
  if (isUpdate) {
    store('fingerprint', fingerprint)
    store(name, landmarks)
  }
  const isSame = stored('fingerprint') === fingerprint
  const most = isSame ? 2 : MOST_MOVED
  expect.soft(moves(stored(name) as Landmark[], landmarks, most), `${name}: where things stand`).toEqual([])
  if (!isSame) await page.screenshot({ path: test.info().outputPath(`${name}.png`) })
  else
    await expect.soft(page).toHaveScreenshot(`${name}.png`, {
      animations: 'disabled',
      mask: [...mask],
      maxDiffPixelRatio: MOST_DIFFERING
    })
}
