/**
 * Makes a clone ready to run: Node's version, packages, build and, with --browser, a Chromium.
 * Uses nothing but Node. When all is ready it says nothing.
 *   --browser  also find or install a Chromium
 *   --rebuild  build even if nothing changed
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { forgetBuild, isBuilt, rememberBuild } from './lib/build-stamp.mjs'
import { npmCall, packageScript, succeeds } from './lib/child.mjs'
import { findChromium } from './lib/chromium.mjs'
import { giveUp, say } from './lib/console.mjs'
import { isInstalled } from './lib/installed.mjs'
import { isAtLeast } from './lib/node-version.mjs'
import { ROOT } from './lib/paths.mjs'

/**
 * @typedef {import('./lib/installed.mjs').Lock} Lock
 *
 * @param {string} path
 * @returns {unknown}
 */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
  } catch {
    return undefined
  }
}

function checkNode() {
  const { engines } = /** @type {{ engines: { node: string } }} */ (readJson('package.json'))
  const minimum = engines.node.replace(/[^\d.]/g, '')
  if (isAtLeast(process.versions.node, minimum)) return
  giveUp(`this is Node ${process.versions.node}, install Node ${minimum} or newer`)
}

function ensurePackages() {
  const lock = /** @type {Lock | undefined} */ (readJson('package-lock.json'))
  const installed = /** @type {Lock | undefined} */ (readJson('node_modules/.package-lock.json'))
  if (!lock) giveUp('package-lock.json is missing or broken, restore it from the repository')
  if (isInstalled(lock, installed)) return
  say('Installing packages (npm ci) ...')
  // A shell that builds for production would leave out the very tools that build.
  if (succeeds(...npmCall('npm', ['ci', '--include=dev']))) return
  giveUp('npm ci failed (see above), check the network or the registry npm is set to, then try again')
}

/** @param {boolean} always */
function ensureBuild(always) {
  if (!always && isBuilt(ROOT)) return
  say('Building ...')
  forgetBuild(ROOT)
  if (
    !succeeds(process.execPath, [
      packageScript('electron-vite/bin/electron-vite.js'),
      'build',
      '--logLevel',
      'warn'
    ])
  )
    giveUp('the build failed (see above), correct what it names')
  rememberBuild(ROOT)
}

const isRootOnDebian = () =>
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  succeeds('sh', ['-c', 'command -v apt-get >/dev/null'])

function installChromium() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  say('Installing Chromium (apt-get) ...')
  return (
    succeeds('apt-get', ['update'], { env }) &&
    succeeds('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu'], { env })
  )
}

function ensureChromium() {
  if (findChromium()) return
  if (process.env.CHROMIUM_PATH)
    giveUp(`CHROMIUM_PATH names no program (${process.env.CHROMIUM_PATH}), correct or unset it`)
  if (isRootOnDebian() && installChromium() && findChromium()) return
  giveUp('no Chromium found, install one (Debian: apt-get install chromium) or set CHROMIUM_PATH to it')
}

const flags = process.argv.slice(2)
checkNode()
ensurePackages()
ensureBuild(flags.includes('--rebuild'))
if (flags.includes('--browser')) ensureChromium()
