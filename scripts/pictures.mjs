/** Takes the pictures of the README anew: the lab is run in a browser and three of its tabs are shown, light and dark. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from './lib/console.mjs'
import {
  button,
  choice,
  enterReferences,
  expectState,
  openLab,
  openTab,
  press,
  setUpGups
} from './lib/lab-window.mjs'
import { ROOT } from './lib/paths.mjs'

/** @typedef {import('@playwright/test').Page} Page */

const VIEWPORT = { width: 1440, height: 900 }
const REFERENCES = 2_000_000
/** Parts of the run after which lane B's registers are switched off, and on again. */
const SWITCHES = [0.45, 0.6]
const LOOK_MS = 50

/** Runs until so much of the run is done, and stops there. @param {Page} page @param {number} share */
async function runUntil(page, share) {
  const progress = page.getByRole('progressbar', { name: 'Experiment progress' })
  await press(page, 'Run')
  while (Number(await progress.getAttribute('aria-valuenow')) < 100 * share) await sleep(LOOK_MS)
  await press(page, 'Pause')
  await expectState(page, 'Paused')
}

/** @param {Page} page */
async function runWithSwitches(page) {
  await setUpGups(page, '1 GiB')
  await enterReferences(page, REFERENCES)
  await choice(page, 'Speed').selectOption({ label: '100 k/s' })
  for (const share of SWITCHES) {
    await runUntil(page, share)
    await page.getByRole('switch', { name: 'Lane B DMT' }).click()
  }
  await press(page, 'Run')
  await expectState(page, 'Finished')
}

/** @param {'light' | 'dark'} colorScheme */
async function takePictures(colorScheme) {
  const { page, close } = await openLab({ viewport: VIEWPORT, colorScheme, reducedMotion: 'reduce' })
  /** @param {string} name */
  const take = async (name) => {
    // A chart is drawn a moment after what it shows.
    await sleep(1000)
    const path = join(ROOT, `docs/images/${name}-${colorScheme}.png`)
    await page.screenshot({ path })
    say(path)
  }
  try {
    await runWithSwitches(page)
    await openTab(page, 'Live')
    await take('live')
    await openTab(page, 'Walk')
    await button(page, 'From cold').click()
    await take('walk')
    await openTab(page, 'Memory')
    await button(page, 'Lane B').click()
    await take('memory')
  } finally {
    await close()
  }
}

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) await takePictures(colorScheme)
