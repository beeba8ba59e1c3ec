import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { windowArguments } from '../../../scripts/lib/app-window.mjs'
import { findChromium } from '../../../scripts/lib/chromium.mjs'
import { failedToday, findElectron, hasDisplay } from '../../../scripts/lib/electron.mjs'

const only =
  (...present: string[]) =>
  (path: string): boolean =>
    present.includes(path)

describe('findChromium()', () => {
  const PATH = ['/a', '/b'].join(delimiter)

  it('takes the browser CHROMIUM_PATH names before any other', () => {
    const exists = only('/mine/chrome', join('/a', 'chromium'))
    expect(findChromium({ env: { CHROMIUM_PATH: '/mine/chrome', PATH }, platform: 'linux', exists })).toBe(
      '/mine/chrome'
    )
  })

  it('takes no other one when CHROMIUM_PATH names nothing', () => {
    const exists = only(join('/a', 'chromium'))
    expect(findChromium({ env: { CHROMIUM_PATH: '/gone', PATH }, platform: 'linux', exists })).toBeUndefined()
  })

  it.each(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'])(
    'finds %s on PATH',
    (name) => {
      const program = join('/b', name)
      expect(findChromium({ env: { PATH }, platform: 'linux', exists: only(program) })).toBe(program)
    }
  )

  it.each([
    ['linux', '/usr/bin/chromium', {}],
    ['darwin', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', {}],
    ['win32', 'C:\\Programs\\Google\\Chrome\\Application\\chrome.exe', { PROGRAMFILES: 'C:\\Programs' }]
  ] as const)('knows the usual places of %s', (platform, place, env) => {
    expect(findChromium({ env, platform, exists: only(place) })).toBe(place)
  })

  it('finds nothing where there is none', () => {
    expect(findChromium({ env: { PATH }, platform: 'linux', exists: only() })).toBeUndefined()
  })
})

describe('findElectron()', () => {
  const fetched = join('/lab', 'node_modules/electron/dist/electron')

  it('prefers what the environment names, then what was fetched', () => {
    const env = { ELECTRON_EXEC_PATH: '/exec', ELECTRON_OVERRIDE_DIST_PATH: '/dist' }
    const find = (...present: string[]): string | undefined =>
      findElectron('/lab', { env, platform: 'linux', exists: only(...present) })
    expect(find('/exec', join('/dist', 'electron'), fetched)).toBe('/exec')
    expect(find(join('/dist', 'electron'), fetched)).toBe(join('/dist', 'electron'))
    expect(find(fetched)).toBe(fetched)
    expect(find()).toBeUndefined()
  })
})

describe('hasDisplay()', () => {
  it('asks X11 and Wayland on Linux only', () => {
    expect(hasDisplay({}, 'linux')).toBe(false)
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
    expect(hasDisplay({}, 'darwin')).toBe(true)
  })
})

describe('failedToday()', () => {
  const HOUR = 3_600_000
  let folder = ''
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'dmt-lab-note-'))))
  afterEach(() => rmSync(folder, { recursive: true }))

  it('remembers a failure for a day', () => {
    const note = join(folder, 'failed')
    writeFileSync(note, String(1000 * HOUR))
    expect(failedToday(note, 1023 * HOUR)).toBe(true)
    expect(failedToday(note, 1024 * HOUR)).toBe(false)
  })

  it('forgets a note that is missing, unreadable or from the future', () => {
    const note = join(folder, 'failed')
    expect(failedToday(note, HOUR)).toBe(false)
    writeFileSync(note, 'yesterday')
    expect(failedToday(note, HOUR)).toBe(false)
    writeFileSync(note, String(2 * HOUR))
    expect(failedToday(note, HOUR)).toBe(false)
  })
})

describe('windowArguments()', () => {
  it('gives up the sandbox for root only', () => {
    expect(windowArguments('http://127.0.0.1:1/', '/profile', true)).toContain('--no-sandbox')
    expect(windowArguments('http://127.0.0.1:1/', '/profile', false)).not.toContain('--no-sandbox')
  })
})
