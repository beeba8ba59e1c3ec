import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataFolder, openTemporaryFolder } from '@main/store/data-folder'

describe('the data folder', () => {
  it('is where the platform keeps such things, unless one is named', () => {
    expect(dataFolder({}, 'linux', '/home/u')).toBe(join('/home/u', '.local', 'share', 'dmt-lab'))
    expect(dataFolder({ XDG_DATA_HOME: '/x' }, 'linux', '/home/u')).toBe(join('/x', 'dmt-lab'))
    expect(dataFolder({}, 'darwin', '/Users/u')).toBe(
      join('/Users/u', 'Library', 'Application Support', 'DMT Lab')
    )
    expect(dataFolder({ APPDATA: 'R' }, 'win32', 'H')).toBe(join('R', 'DMT Lab'))
    expect(dataFolder({ DMT_LAB_HOME: 'here' }, 'linux', '/home/u')).toBe(resolve('here'))
  })

  it('is freed of what processes left that are no more, and of nothing else', async () => {
    const base = await mkdtemp(join(tmpdir(), 'dmt-lab-data-'))
    const parent = join(base, 'imports')
    // No system gives out this number.
    for (const name of ['4194999-abc', `${process.pid}-abc`, 'notes'])
      await mkdir(join(parent, name), { recursive: true })
    const folder = await openTemporaryFolder('imports', base)
    const left = await readdir(parent)
    expect(left.sort()).toEqual([folder.slice(parent.length + 1), `${process.pid}-abc`, 'notes'].sort())
    await rm(base, { recursive: true })
  })

  it('that cannot be made is one clear line', async () => {
    const base = await mkdtemp(join(tmpdir(), 'dmt-lab-data-'))
    await writeFile(join(base, 'file'), '')
    await expect(openTemporaryFolder('imports', join(base, 'file'))).rejects.toThrow(/DMT_LAB_HOME/)
    await rm(base, { recursive: true })
  })
})
