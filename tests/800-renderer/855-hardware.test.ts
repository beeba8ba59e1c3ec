import { describe, expect, it } from 'vitest'
import { hardwareRows } from '@renderer/composables/hardware-rows'
import { isJsonFile } from '@renderer/stores/json-files'
import { useOwnFilesStore } from '@renderer/stores/own-files'
import type { HardwareProfile } from '@shared/model/hardware-profile'
import { PROFILES } from '@shared/profiles'
import { skylake } from '@shared/profiles/skylake'
import { HARDWARE } from '../builders/fake-catalogue'
import { aWindow } from './window-stores'

/** As the lab reads it from a file. */
const differing = ({ hardware, sources }: HardwareProfile, file: string, ways: number): HardwareProfile => ({
  id: 'My core',
  title: 'My core',
  base: 'skylake',
  summary: '',
  hardware: {
    ...hardware,
    cache: { ...hardware.cache, llc: { ...hardware.cache.llc, bytes: 2 ** 25, ways } }
  },
  sources: {
    ...sources,
    'cache.llc.bytes': `given in ${file}`,
    'cache.llc.ways': `given in ${file}`
  }
})

const own = (file: string, ways = 16): HardwareProfile =>
  differing({ ...skylake, hardware: HARDWARE }, file, ways)

async function aWindowWith(hardware: HardwareProfile) {
  const stores = await aWindow()
  stores.lab.json.set('h1', { kind: 'hardware', hardware })
  stores.lab.chosen = ['h1']
  return stores
}

describe('own hardware in the set-up', () => {
  it('gives its numbers to the lab under its title', async () => {
    const { hardware, jsonFiles, setup, notices } = await aWindowWith(own('my.json'))
    await jsonFiles.choose()
    expect(setup.draft?.profile).toBe('My core')
    expect(setup.input()).toMatchObject({ profile: 'My core', cache: { llc: { bytes: 2 ** 25, ways: 16 } } })
    expect(setup.resolved?.cache.llc.ways).toBe(16)
    expect([hardware.profile?.title, hardware.base?.id]).toEqual(['My core', 'skylake'])
    expect(notices.notices.map((n) => n.kind)).toEqual(['ok'])
  })

  it('gives with them what matching registers costs there', async () => {
    const { jsonFiles, setup } = await aWindowWith({ ...own('my.json'), matchCycles: 0 })
    await jsonFiles.choose()
    expect(setup.input()).toMatchObject({ dmt: { matchCycles: 0 } })
    expect(setup.resolved?.dmt.matchCycles).toBe(0)
    await setup.change({ profile: 'skylake' })
    expect(setup.input()).not.toHaveProperty('dmt')
  })

  it('gives them up when another profile is chosen, and is there to be chosen again', async () => {
    const { hardware, jsonFiles, setup } = await aWindowWith(own('my.json'))
    await jsonFiles.choose()
    await setup.change({ profile: 'skylake' })
    expect(setup.input()).not.toHaveProperty('cache')
    expect(hardware.base).toBeNull()
    await setup.change({ profile: 'My core' })
    expect(setup.input()).toMatchObject({ cache: { llc: { ways: 16 } } })
  })

  it('waits for a Reset also when another file bears the same title', async () => {
    const { jsonFiles, setup, lab, pending } = await aWindowWith(own('my.json'))
    await jsonFiles.choose()
    pending.markApplied((await lab.calls['spec/resolve'](setup.input())).spec ?? lab.spec, setup.draft)
    expect(pending.fields).toEqual([])
    lab.json.set('h1', { kind: 'hardware', hardware: own('other.json', 8) })
    await jsonFiles.choose()
    expect(pending.fields).toEqual(['profile'])
  })

  it('is refused in one line, and changes nothing', async () => {
    const { jsonFiles, setup, notices, lab } = await aWindow()
    lab.chosen = ['unknown']
    await jsonFiles.choose()
    lab.chosen = ['h1', 'h2']
    await jsonFiles.choose()
    expect(notices.notices.map((n) => n.detail)).toEqual([
      'It holds no JSON object: give a spec, a result, a scenario or own hardware.',
      'One JSON file at a time, choose it alone.'
    ])
    expect(setup.draft?.profile).toBe('skylake')
    expect(useOwnFilesStore().hardware).toBeNull()
  })

  it('does nothing when the person changes their mind', async () => {
    const { jsonFiles, setup, notices } = await aWindow()
    await jsonFiles.choose()
    expect([setup.draft?.profile, notices.notices]).toEqual(['skylake', []])
  })

  it('is told from a trace by the name of the file', () => {
    const named = (name: string): boolean => isJsonFile(new File([], name))
    expect(['my.json', 'MY.JSON', 'my.json.gz', 'trace.lackey'].map(named)).toEqual([
      true,
      true,
      false,
      false
    ])
  })
})

describe('numbers and sources', () => {
  it('have a row for every parameter of the hardware, each with its source', () => {
    for (const profile of PROFILES) {
      const rows = hardwareRows(profile, null)
      const parts = rows.map((row) => row.path.split('.'))
      const at = ([name, ...rest]: string[], tree: unknown): unknown =>
        name === undefined ? tree : at(rest, (tree as Record<string, unknown>)[name])
      expect(parts.every((path) => ['number', 'string'].includes(typeof at(path, profile.hardware)))).toBe(
        true
      )
      expect(rows).toHaveLength(JSON.stringify(profile.hardware).match(/:["\d]/g)?.length ?? 0)
      expect(rows.filter((row) => row.source === '' || row.instead !== null)).toEqual([])
    }
  })

  it('mark what differs from the base, with what it was', () => {
    const profile = differing(skylake, 'my.json', 16)
    const changed = hardwareRows(profile, skylake).filter((row) => row.instead !== null)
    expect(changed.map((row) => [row.path, row.value, row.instead, row.source])).toEqual([
      ['cache.llc.bytes', '32\u00a0MiB', '22\u00a0MiB', 'given in my.json'],
      ['cache.llc.ways', '16', '11', 'given in my.json']
    ])
  })

  it('say cycles where they are', () => {
    const [row] = hardwareRows(
      { ...skylake, hardware: { ...HARDWARE, ntlb: { ...HARDWARE.ntlb, latencyCycles: 1.5 } } },
      null
    ).filter(({ path }) => path === 'ntlb.latencyCycles')
    expect(row.value).toBe('1.5\u00a0cycles')
  })
})
