import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Arguments for a window without tabs or address bar, in a profile of its own.
 * @param {string} url
 * @param {string} profile folder
 * @param {boolean} asRoot Chromium's sandbox refuses root
 */
export const windowArguments = (url, profile, asRoot) => [
  `--app=${url}`,
  `--user-data-dir=${profile}`,
  '--window-size=1440,900',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-dev-shm-usage',
  // --test-type keeps the browser from warning about a flag that root cannot do without.
  ...(asRoot ? ['--no-sandbox', '--test-type'] : [])
]

/**
 * Opens a URL in a Chromium of its own, whose profile goes when this process does.
 * @param {string} chromium
 * @param {string} url
 */
export function openAppWindow(chromium, url) {
  const profile = mkdtempSync(join(tmpdir(), 'dmt-lab-window-'))
  // Chromium's own log says nothing to a person who uses the lab.
  const child = spawn(chromium, windowArguments(url, profile, process.getuid?.() === 0), { stdio: 'ignore' })
  // At the very end: Chromium's helpers may write to the profile after its window has gone.
  process.once('exit', () =>
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  )
  return child
}
