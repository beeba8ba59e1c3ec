import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SettingsFile } from '@main/store/settings-file'
import { DEFAULT_SETTINGS } from '@shared/model/settings'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'dmt-lab-settings-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const path = (): string => join(folder, 'settings.json')
const DEFAULTS = { ...DEFAULT_SETTINGS, window: null, recentFiles: [] }

describe('the settings file', () => {
  it('is as at the first start where there is none, and is made with its folder', async () => {
    const inside = join(folder, 'new', 'home')
    const file = new SettingsFile(inside)
    expect(await file.read()).toEqual(DEFAULTS)
    await file.change(() => ({ theme: 'dark' }))
    expect(await new SettingsFile(inside).read()).toEqual({ ...DEFAULTS, theme: 'dark' })
  })

  it('takes changes one after the other, also of two labs', async () => {
    const [one, other] = [new SettingsFile(folder), new SettingsFile(folder)]
    await Promise.all([
      one.change(() => ({ zoom: 150 })),
      one.change(({ seen }) => ({ seen: [...seen, 'a'] })),
      one.change(({ seen }) => ({ seen: [...seen, 'b'] }))
    ])
    await other.change(() => ({ theme: 'light' }))
    expect(await one.read()).toEqual({ ...DEFAULTS, zoom: 150, seen: ['a', 'b'], theme: 'light' })
  })

  it('keeps a file aside that is no settings, and goes on', async () => {
    for (const text of ['{ "theme": "dark"', '[]', '"text"', '', '\u0000']) {
      writeFileSync(path(), text)
      const file = new SettingsFile(folder)
      expect(await file.read()).toEqual(DEFAULTS)
      await file.change(() => ({ zoom: 110 }))
      expect(readFileSync(`${path()}.bad`, 'utf8')).toBe(text)
      expect((await file.read()).zoom).toBe(110)
    }
  })

  it('takes what is good of a file, and keeps the rest aside', async () => {
    const text = JSON.stringify({ schema: 'dmt-lab/settings@1', theme: 'dark', zoom: 9000, seen: ['tour'] })
    writeFileSync(path(), text)
    const file = new SettingsFile(folder)
    expect(await file.read()).toEqual({ ...DEFAULTS, theme: 'dark', seen: ['tour'] })
    await file.change(() => ({ motion: 'reduced' }))
    expect(readFileSync(`${path()}.bad`, 'utf8')).toBe(text)
    expect(await file.read()).toEqual({ ...DEFAULTS, theme: 'dark', seen: ['tour'], motion: 'reduced' })
  })

  it('forgets what of the Live view is not known, and nothing else', async () => {
    const good = { livePage: 'Walks', smoothing: 'run', charts: ['DMT coverage'], compared: 'last' } as const
    const bad: Record<string, unknown[]> = {
      livePage: ['Sweep', 3, null, ['Walks']],
      smoothing: ['all', 12, -1, null, '10000'],
      charts: ['DMT coverage', [7], Array(9).fill('x'), ['x'.repeat(81)], { 0: 'x' }],
      compared: ['all', 100_000, null]
    }
    for (const [field, values] of Object.entries(bad))
      for (const value of values) {
        const fields = { schema: 'dmt-lab/settings@1', ...good, [field]: value }
        writeFileSync(path(), JSON.stringify(fields))
        const first = DEFAULTS[field as keyof typeof DEFAULTS]
        expect(await new SettingsFile(folder).read()).toEqual({ ...DEFAULTS, ...good, [field]: first })
      }
  })

  it('leaves nothing beside it', async () => {
    const file = new SettingsFile(folder)
    for (let i = 0; i < 3; i++) await file.change(() => ({ zoom: 100 + i }))
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })
})
