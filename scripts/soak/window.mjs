/** The lab's window in a browser: what a person does there, by the names they read. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { findChromium } from '../lib/chromium.mjs'
import { ROOT } from '../lib/paths.mjs'
import { runResult } from './run-result.mjs'

/** @typedef {import('@playwright/test').Page} Page */

const PROBE = join(ROOT, 'scripts/soak/probe.js')
/** A machine with other work takes its time; how long is not what is asked here. */
const PATIENCE_MS = 60_000

/** The built web host, and the address that it prints. */
async function startHost() {
  const home = mkdtempSync(join(tmpdir(), 'dmt-lab-soak-'))
  const env = { ...process.env, DMT_LAB_HOME: home, PORT: '0' }
  const host = spawn(process.execPath, [join(ROOT, 'out/main/web-host.js')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const stop = async () => {
    if (host.exitCode === null && host.kill()) await once(host, 'exit')
    rmSync(home, { recursive: true, force: true })
  }
  for await (const url of createInterface({ input: host.stdout })) return { url, stop }
  await stop()
  throw new Error('the web host printed no address')
}

/** @returns {Promise<{ page: Page, close: () => Promise<void> }>} */
export async function openWindow() {
  const host = await startHost()
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--disable-dev-shm-usage', '--disable-background-networking', '--enable-precise-memory-info']
  })
  // The beacon is a worker of text, which the window's own policy forbids.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: true })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await page.addInitScript({ path: PROBE })
  await page.goto(host.url)
  await expectState(page, 'Ready')
  const close = async () => {
    await browser.close()
    await host.stop()
  }
  return { page, close }
}

/** @param {Page} page @param {string} name */
const button = (page, name) => page.getByRole('button', { name, exact: true })

/** @param {Page} page @param {string} name */
const choice = (page, name) => page.getByRole('combobox', { name, exact: true })

/** @param {Page} page @param {string} state @param {number} [timeout] in ms */
export async function expectState(page, state, timeout = PATIENCE_MS) {
  await page
    .getByRole('status', { name: 'Run state', exact: true })
    .filter({ hasText: state })
    .waitFor({ timeout })
}

/** Two lanes over GUPS, as fast as they go, and the tab whose charts follow them. @param {Page} page */
export async function setUp(page) {
  await choice(page, 'Environment').selectOption({ label: 'Virtualized' })
  await choice(page, 'Workload').selectOption({ label: 'GUPS' })
  await enter(choice(page, 'Footprint'), '256 MiB')
  await choice(page, 'Lane A design').selectOption({ label: 'Radix' })
  await choice(page, 'Lane B design').selectOption({ label: 'pvDMT' })
  await choice(page, 'Speed').selectOption({ label: 'Unlimited' })
  await page.getByRole('tab', { name: 'Live', exact: true }).click()
}

/** @param {import('@playwright/test').Locator} field @param {string} text */
async function enter(field, text) {
  await field.fill(text)
  await field.press('Enter')
}

/** @param {Page} page @param {number} references */
export const enterReferences = (page, references) =>
  enter(page.getByRole('textbox', { name: 'References', exact: true }), String(references))

/** @param {Page} page @param {'Run' | 'Pause' | 'Reset'} name */
export const press = (page, name) => button(page, name).click()

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
