import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { REPORT_NAMES } from '@main/report/build-report'
import { readRun } from '@main/store/read-run'
import { writeFolder } from '@main/store/write-folder'
import { checkReportFolder, writeReport } from '@main/store/write-report'
import { UserError } from '@shared/model/user-error'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aRunResult } from '../../builders/run-result'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lab-report-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const NAMES = [...REPORT_NAMES].sort()

describe('writeReport()', () => {
  it('writes its four files, and makes the folders on the way', async () => {
    await writeReport(aRunResult(), join(home, 'a', 'b'))
    expect((await readdir(join(home, 'a', 'b'))).sort()).toEqual(NAMES)
    expect(await readdir(join(home, 'a'))).toEqual(['b'])
  })

  it('replaces an earlier report and leaves nothing else behind', async () => {
    const folder = join(home, 'report')
    await writeReport(aRunResult(), folder)
    await writeReport(aRunResult({}, ['radix', 'dmt']), folder)
    expect((await readRun(join(folder, 'run.json'))).lanes.map((lane) => lane.id)).toEqual(['radix', 'dmt'])
    expect(await readdir(home)).toEqual(['report'])
  })

  it('fills an empty folder, also through a link', async () => {
    await mkdir(join(home, 'empty'))
    await symlink(join(home, 'empty'), join(home, 'link'))
    await writeReport(aRunResult(), join(home, 'link'))
    expect((await readdir(join(home, 'empty'))).sort()).toEqual(NAMES)
    expect((await readdir(home)).sort()).toEqual(['empty', 'link'])
  })

  it('refuses a folder with other files and leaves them alone', async () => {
    const folder = join(home, 'thesis')
    await mkdir(folder)
    await writeFile(join(folder, 'chapter-1.txt'), 'words')
    await expect(checkReportFolder(folder)).rejects.toThrow(/holds other files, such as "chapter-1.txt"/)
    await expect(writeReport(aRunResult(), folder)).rejects.toBeInstanceOf(UserError)
    expect(await readdir(folder)).toEqual(['chapter-1.txt'])
  })

  it('refuses a file in place of a folder', async () => {
    await writeFile(join(home, 'file'), '')
    await expect(writeReport(aRunResult(), join(home, 'file'))).rejects.toThrow(/no folder/)
    await expect(writeReport(aRunResult(), join(home, 'file', 'below'))).rejects.toThrow(/no folder/)
  })
})

describe('writeFolder()', () => {
  it('leaves what was there when a file cannot be written', async () => {
    const folder = join(home, 'report')
    const files = (text: string) => [{ name: 'one', text }]
    await writeFolder(folder, files('before'))
    const impossible = { name: join('no', 'such', 'place'), text: '' }
    await expect(writeFolder(folder, [...files('after'), impossible])).rejects.toBeInstanceOf(UserError)
    expect(await readFile(join(folder, 'one'), 'utf8')).toBe('before')
    expect(await readdir(home)).toEqual(['report'])
  })

  it('takes back the folders it made on the way when it fails', async () => {
    await expect(writeFolder(join(home, 'x', 'y'), [{ name: 'no/place', text: '' }])).rejects.toBeInstanceOf(
      UserError
    )
    expect(await readdir(home)).toEqual([])
  })
})
