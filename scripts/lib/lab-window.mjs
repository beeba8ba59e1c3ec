/** The built lab's window in a headless browser, and what scripts do there by the names a person reads. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from '@playwright/test'
import { findChromium } from './chromium.mjs'
import { ROOT } from './paths.mjs'

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('@playwright/test').Locator} Locator
 */

/** A machine with other work takes its time; how long is not what is asked here. */
const PATIENCE_MS = 60_000

/** The web host with a data folder of its own, and the address that it prints. */
async function startHost() {
  const home = mkdtempSync(join(tmpdir(), 'dmt-lab-window-'))
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

/**
 * A window that is ready to run.
 * @param {import('@playwright/test').BrowserContextOptions} options
 * @param {{ args?: string[], script?: string }} [extra] arguments of the browser, file of a script that runs first
 * @returns {Promise<{ page: Page, close: () => Promise<void> }>}
 */
export async function openLab(options, { args = [], script } = {}) {
  const host = await startHost()
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--disable-dev-shm-usage', '--disable-background-networking', ...args]
  })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  if (script !== undefined) await page.addInitScript({ path: script })
  await page.goto(host.url)
  await expectState(page, 'Ready')
  const close = async () => {
    await browser.close()
    await host.stop()
  }
  return { page, close }
}

/** @param {Page} page @param {string} name */
export const button = (page, name) => page.getByRole('button', { name, exact: true })

/** @param {Page} page @param {string} name */
export const choice = (page, name) => page.getByRole('combobox', { name, exact: true })

/** @param {Page} page @param {string} name */
export const openTab = (page, name) => page.getByRole('tab', { name }).click()

/** @param {Page} page @param {'Run' | 'Pause' | 'Reset'} name */
export const press = (page, name) => button(page, name).click()

/** @param {Locator} field @param {string} text */
export async function enter(field, text) {
  await field.fill(text)
  await field.press('Enter')
}

/** @param {Page} page @param {number} references */
export const enterReferences = (page, references) =>
  enter(page.getByRole('textbox', { name: 'References', exact: true }), String(references))

/** @param {Page} page @param {string} state @param {number} [timeout] in ms */
export async function expectState(page, state, timeout = PATIENCE_MS) {
  await page
    .getByRole('status', { name: 'Run state', exact: true })
    .filter({ hasText: state })
    .waitFor({ timeout })
}

/** Two lanes over GUPS, radix beside pvDMT, as fast as they go. @param {Page} page @param {string} footprint */
export async function setUpGups(page, footprint) {
  await choice(page, 'Environment').selectOption({ label: 'Virtualized' })
  await choice(page, 'Workload').selectOption({ label: 'GUPS' })
  await enter(choice(page, 'Footprint'), footprint)
  await choice(page, 'Lane A design').selectOption({ label: 'Radix' })
  await choice(page, 'Lane B design').selectOption({ label: 'pvDMT' })
  await choice(page, 'Speed').selectOption({ label: 'Unlimited' })
}
