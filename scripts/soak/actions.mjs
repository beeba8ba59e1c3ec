/** What the soak does in the lab's window. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { button, openLab, openTab, setUpGups } from '../lib/lab-window.mjs'
import { ROOT } from '../lib/paths.mjs'
import { runResult } from './run-result.mjs'

/** @typedef {import('@playwright/test').Page} Page */

const PROBE = join(ROOT, 'scripts/soak/probe.js')

/** The window with its probe. The beacon is a worker of text, which the window's own policy forbids. */
export const openWindow = () =>
  openLab({ bypassCSP: true }, { args: ['--enable-precise-memory-info'], script: PROBE })

/** Two lanes, and the tab whose charts follow them. @param {Page} page */
export async function setUp(page) {
  await setUpGups(page, '256 MiB')
  await openTab(page, 'Live')
}

/** From now on Enter opens and closes the table of a chart. @param {Page} page */
export const focusTable = (page) => button(page, 'Cycles per walk: show as table').focus()

/** The run as the report has it. @param {Page} page @returns {Promise<import('./run-result.mjs').RunResult>} */
export async function exportedRun(page) {
  const downloading = page.waitForEvent('download')
  await button(page, 'Export report').click()
  const archive = unzipSync(readFileSync(await (await downloading).path()))
  const name = Object.keys(archive).find((path) => path.endsWith('run.json')) ?? ''
  return runResult(strFromU8(archive[name]))
}
