import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LabSpec } from '@shared/model/spec'
import { lab } from '../../builders/cli'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lab-hardware-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

async function file(name: string, content: unknown): Promise<string> {
  const path = join(home, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const LLC = { llc: { bytes: '32MiB', ways: 16 } }
const specOf = async (...args: string[]): Promise<LabSpec> => (await lab(args)).specs[0]
const lineOf = async (...args: string[]): Promise<string> => {
  const { code, stderr, specs } = await lab(args)
  expect([code, specs]).toEqual([2, []])
  expect(stderr.trimEnd()).not.toContain('\n')
  return stderr
}

describe('--profile with a file', () => {
  it('runs and walks on the hardware in it, under its title or else its name without folder', async () => {
    const titled = await file('my.json', { title: 'My core', cache: LLC })
    const untitled = await file('plain.json', { base: 'tiny', ntlb: { latencyCycles: 3 } })
    expect(await specOf('run', '--profile', titled)).toMatchObject({
      profile: 'My core',
      cache: { llc: { bytes: 2 ** 25, ways: 16, latencyCycles: 54 } }
    })
    expect(await specOf('walk', '--profile', untitled)).toMatchObject({
      profile: 'plain.json',
      ntlb: { entries: 32, latencyCycles: 3 }
    })
  })

  it('goes under options, and may be named by a spec file', async () => {
    const profile = await file('my.json', { title: 'My core', cache: LLC })
    const spec = await file('spec.json', { profile, seed: 5, cache: { l2: { latencyCycles: 20 } } })
    const run = await specOf('run', '--spec', spec, '--option', 'cache.llc.latencyCycles=60')
    expect(run).toMatchObject({
      profile: 'My core',
      seed: 5,
      cache: { llc: { bytes: 2 ** 25, latencyCycles: 60 }, l2: { latencyCycles: 20 } }
    })
  })

  it('is repeated from the spec of the result, without the file', async () => {
    for (const title of [{ title: 'Intel/AMD.json' }, {}]) {
      const profile = await file('my.json', { ...title, cache: LLC })
      const first = await specOf('run', '--profile', profile)
      await rm(profile)
      const again = await specOf('run', '--spec', await file('spec.json', first))
      expect(again).toEqual(first)
    }
  })

  it('takes the place of the hardware of a result’s spec', async () => {
    const profile = await file('my.json', { title: 'My core', cache: LLC })
    const spec = await file('spec.json', await specOf('run', '--profile', profile))
    expect(await specOf('run', '--spec', spec, '--profile', 'tiny')).toMatchObject({
      profile: 'tiny',
      cache: { llc: { ways: 11 } }
    })
    const other = await file('other.json', { cache: { llc: { bytes: '16MiB', ways: 8 } } })
    expect(await specOf('run', '--spec', spec, '--profile', other)).toMatchObject({
      profile: 'other.json',
      cache: { llc: { ways: 8 } }
    })
  })

  it('is any path with a separator, whatever its ending', async () => {
    const path = await file('hardware', { title: 'My core' })
    expect((await specOf('run', '--profile', path)).profile).toBe('My core')
  })
})

describe('--profile refuses in one line', () => {
  it('a file that is not there, a folder, a large file, no JSON, no object', async () => {
    await mkdir(join(home, 'folder.json'))
    expect(await lineOf('run', '--profile', join(home, 'none.json'))).toMatch(/no such file.*none\.json/)
    expect(await lineOf('run', '--profile', join(home, 'folder.json'))).toMatch(/is a folder.*folder\.json/)
    const large = await file('large.json', `{"title": "${'x'.repeat(2 ** 16)}"}`)
    expect(await lineOf('run', '--profile', large)).toMatch(/larger than 64KiB/)
    expect(await lineOf('run', '--profile', await file('text.json', 'LLC = 32 MiB'))).toMatch(/is no JSON/)
    expect(await lineOf('walk', '--profile', await file('list.json', []))).toMatch(/one JSON object/)
  })

  it('a name that is neither a profile nor a file', async () => {
    expect(await lineOf('run', '--profile', 'skylak')).toMatch(/unknown hardware profile "skylak".*skylake/)
  })

  it('a field, by its full path', async () => {
    const path = await file('my.json', { tlb: { shared: { '4K2M': { entries: 1536, ways: 10 } } } })
    expect(await lineOf('run', '--profile', path)).toMatch(/\(tlb\.shared\.4K2M in my\.json\)/)
  })
})
