/**
 * Opens the lab: in Electron; without it in an app window of the system's Chromium, served on this
 * machine; without a display or a browser it prints the URL and serves until Ctrl+C.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { openAppWindow } from './lib/app-window.mjs'
import { ending, packageScript } from './lib/child.mjs'
import { findChromium } from './lib/chromium.mjs'
import { giveUp, say } from './lib/console.mjs'
import { failedToday, findElectron, hasDisplay } from './lib/electron.mjs'
import { ROOT } from './lib/paths.mjs'

const FETCH_FAILED = join(ROOT, 'node_modules/.cache/dmt-lab/electron-fetch-failed')
const FETCH_TIMEOUT_MS = 5 * 60_000
/** A program that ends with an error this early has not shown a window. */
const FIRST_SECONDS_MS = 8_000

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set()
let stopping = false

/**
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
function start(program, args, options) {
  return keep(spawn(program, args, { cwd: ROOT, ...options }))
}

/** @param {import('node:child_process').ChildProcess} child */
function keep(child) {
  children.add(child)
  child.once('close', () => children.delete(child))
  return child
}

function stopAll() {
  stopping = true
  for (const child of children) child.kill()
}

async function fetchElectron() {
  if (failedToday(FETCH_FAILED, Date.now())) return undefined
  say('Fetching Electron once ...')
  const install = start(process.execPath, [packageScript('electron/install.js')], {
    // Where it fails, what matters is that it did.
    stdio: 'ignore',
    timeout: FETCH_TIMEOUT_MS
  })
  const { code } = await ending(install)
  if (code === 0 || stopping) return findElectron(ROOT)
  mkdirSync(dirname(FETCH_FAILED), { recursive: true })
  writeFileSync(FETCH_FAILED, String(Date.now()))
  say('Electron could not be fetched; the next attempt is in a day.')
  return undefined
}

/** @param {import('./lib/child.mjs').Ending} end */
const endedAtOnce = (end) => end.code !== 0 && end.milliseconds < FIRST_SECONDS_MS

/**
 * True when the lab was shown, whatever ended it later.
 * @param {string} electron
 */
async function runElectron(electron) {
  // Set in terminals inside other Electron programs; it would turn this one into a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const end = await ending(start(electron, [...sandbox, '.'], { env, stdio: 'inherit' }))
  if (stopping || !endedAtOnce(end)) {
    process.exitCode = stopping ? 0 : (end.code ?? 1)
    return true
  }
  say('Electron does not start here.')
  return false
}

/** @param {import('node:child_process').ChildProcess} host */
async function urlOf(host) {
  if (!host.stdout) throw new Error('urlOf: the web host has no stdout')
  for await (const line of createInterface({ input: host.stdout })) return line
  return undefined
}

/**
 * True when a window was open and its user closed it.
 * @param {string} url
 */
async function showWindow(url) {
  const chromium = hasDisplay() && findChromium()
  if (!chromium) return false
  const end = await ending(keep(openAppWindow(chromium, url)))
  if (stopping || !endedAtOnce(end)) return true
  say('The browser window does not open here.')
  return false
}

async function runWebHost() {
  const host = start(process.execPath, ['out/main/web-host.js'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const served = ending(host).then(({ code }) => {
    process.exitCode = stopping ? 0 : (code ?? 1)
    stopAll()
    return true
  })
  const url = await urlOf(host)
  if (!url) return stopping || giveUp('the lab could not be served, see above')
  process.stdout.write(`${url}\n`)
  if (await Promise.race([showWindow(url), served])) stopAll()
  else say('Open this address in a browser on this machine. Ctrl+C ends the lab.')
  return served
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stopAll)
const electron = hasDisplay() ? (findElectron(ROOT) ?? (await fetchElectron())) : undefined
const shown = electron !== undefined && (await runElectron(electron))
if (!shown && !stopping) await runWebHost()
