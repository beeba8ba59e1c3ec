import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @type {Partial<Record<NodeJS.Platform, string>>} */
const BINARY = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/**
 * Path of Electron's binary when there is one: ELECTRON_EXEC_PATH, ELECTRON_OVERRIDE_DIST_PATH, then what
 * the package fetched. The package's own look-up is not asked, because it downloads what it does not find.
 * @param {string} root
 * @param {{ env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform, exists?: (path: string) => boolean }} [on]
 * @returns {string | undefined}
 */
export function findElectron(
  root,
  { env = process.env, platform = process.platform, exists = existsSync } = {}
) {
  const binary = BINARY[platform] ?? 'electron'
  const places = [
    env.ELECTRON_EXEC_PATH,
    env.ELECTRON_OVERRIDE_DIST_PATH && join(env.ELECTRON_OVERRIDE_DIST_PATH, binary),
    join(root, 'node_modules/electron/dist', binary)
  ]
  return places.find((place) => place && exists(place)) || undefined
}

/**
 * True where a window can open.
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
export const hasDisplay = (env = process.env, platform = process.platform) =>
  platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * True while a failed attempt to fetch Electron is younger than a day, so that a machine without the
 * network to do so waits once a day and not at every start.
 * @param {string} note file that holds the time of the failure
 * @param {number} now ms since the epoch
 */
export function failedToday(note, now) {
  try {
    const age = now - Number(readFileSync(note, 'utf8'))
    return age >= 0 && age < DAY_MS
  } catch {
    return false
  }
}
