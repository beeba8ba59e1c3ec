/** The built main process over a stub that records: how Electron is told to hold the page. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aBuild } from '../../builders/built'

interface Outcome {
  readonly [name: string]: unknown
  readonly page: { readonly status: number; readonly policy: string; readonly body: string }
  readonly lab: Record<string, unknown>
  readonly menus: Record<string, unknown>
  readonly remembered: Record<string, unknown>
  readonly refusals: Record<string, unknown[]>
}

const documents = mkdtempSync(join(tmpdir(), 'dmt-lab-documents-'))
const trace = join(documents, 'my.trace')
let seen: Outcome

beforeAll(() => {
  aBuild()
  writeFileSync(trace, 'I  04000000,4\n L 1ffefff7e8,8\n')
  const args = [
    '--no-warnings',
    'tests/fixtures/electron/drive-main.mjs',
    pathToFileURL(resolve('out/main/index.js')).href
  ]
  const home = join(documents, 'home')
  mkdirSync(home)
  // Mostly on a display that is not there any more.
  const window = { x: 1500, y: 100, width: 1000, height: 700, isMaximized: false }
  writeFileSync(
    join(home, 'settings.json'),
    JSON.stringify({ schema: 'dmt-lab/settings@1', zoom: 125, window })
  )
  const env = { ...process.env, DMT_LAB_HOME: home, STUB_DOCUMENTS: documents, STUB_TRACE: trace }
  const printed = execFileSync(process.execPath, args, {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit']
  })
  seen = JSON.parse(printed) as Outcome
}, 120_000)
afterAll(() => rmSync(documents, { recursive: true }))

describe('the window', () => {
  it('is sandboxed, isolated and without Node', () => {
    expect(seen.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      preload: resolve('out/preload/index.cjs')
    })
  })

  it('shows the page of the app’s own scheme, under a policy without inline script', () => {
    expect(seen.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }
    ])
    expect([seen.loaded, seen.page.status]).toEqual(['app://lab/', 200])
    expect(seen.page.policy.split('; ')).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'"])
    )
    expect(seen.page.body).toContain('<script')
  })

  it('is served no file but those of the page', () => {
    expect(seen.outside).toEqual([404, 404, 404, 404])
  })

  it('goes nowhere else and opens nothing', () => {
    expect(seen.windowOpen).toEqual({ action: 'deny' })
    expect(seen.prevented).toEqual({
      elsewhere: true,
      file: true,
      inFrame: true,
      reload: false,
      redirect: true,
      webview: true,
      download: [true, true, true, true],
      picture: false
    })
    expect(seen.saving).toEqual([
      { title: 'Save picture', buttonLabel: 'Save', defaultPath: join(documents, 'chart.png') }
    ])
  })

  it('is granted no permission', () => {
    expect(seen.granted).toEqual([false, false, false])
  })
})

describe('menus and memory of the desktop', () => {
  it('has the window’s menus beside its own, which nobody else can change', () => {
    const { atStart, afterStrangers, run, sent } = seen.menus
    expect(atStart).toEqual(expect.arrayContaining(['File', 'Run', 'View', 'Tools', 'Help', 'editMenu']))
    expect(afterStrangers).toEqual(atStart)
    expect(run).toMatchObject({ label: 'Run', enabled: true, accelerator: 'F5', registerAccelerator: false })
    expect(sent).toEqual([['lab/command', 'run.run']])
  })

  it('opens where it was, on a display that is there', () => {
    expect(seen.bounds).toMatchObject({ x: 600, y: 100, width: 1000, height: 700 })
  })

  it('remembers settings, bounds and files; paths stay with the main process', () => {
    const { settings, recent, reopened } = seen.remembered
    expect(settings).toMatchObject({ theme: 'dark', zoom: 125 })
    expect(Object.keys(settings as object)).not.toContain('recentFiles')
    expect(recent).toEqual({ name: 'my.trace', token: expect.any(String) as string })
    expect(reopened).toMatchObject({ name: 'my.trace' })
    const kept = JSON.parse(readFileSync(join(documents, 'home', 'settings.json'), 'utf8')) as object
    expect(kept).toMatchObject({
      window: { x: 40, y: 30, width: 1200, height: 800, isMaximized: false },
      recentFiles: [{ name: 'my.trace', path: trace }]
    })
  })
})

describe('requests of the page', () => {
  it('are refused to every other frame', () => {
    const refused = { refused: expect.stringContaining('own page') as string }
    expect(Object.keys(seen.refusals)).toHaveLength(5)
    for (const answers of Object.values(seen.refusals)) expect(answers).toEqual([refused, refused, 'silence'])
  })

  it('to import what lies on no disk fail with one line', () => {
    const failure = { kind: 'user', message: 'this is no file on a disk, drop or choose one that is' }
    expect(seen.madeUp).toEqual([{ failure }, { failure }, { failure }])
  })

  it('reach a lab in threads of its own, which runs to the end', () => {
    expect(seen.lab).toMatchObject({ host: 'electron', session: 1, refused: { kind: 'refused' } })
    for (const references of seen.lab.references as number[]) expect(references).toBeGreaterThanOrEqual(2000)
  })

  it('learn the name of a chosen file and not its folder', () => {
    expect(seen.lab.described).toMatchObject({ name: 'my.trace', summary: { records: 2 } })
    expect(JSON.stringify(seen.lab.described)).not.toContain(documents)
  })

  it('write a report where the person says', () => {
    const { kind, where } = seen.lab.exported as { kind: string; where: string }
    expect(kind).toBe('written')
    expect(readdirSync(where).sort()).toEqual([
      'report.html',
      'report.md',
      'run.json',
      'series.csv',
      'walks.csv'
    ])
  })

  it('end with the window, and the app with its last window', () => {
    expect([seen.handlersLeft, seen.exited]).toEqual([0, process.platform === 'darwin' ? null : 'quit'])
  })
})
