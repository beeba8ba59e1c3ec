import { realToolbox } from '@main/hosts/cli/real-toolbox'
import { UserError } from '@shared/model/user-error'
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const TRACE = ' M 04001ffe,4\nI  04000000,3\n'

let folder = ''
const at = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convert-'))
  await writeFile(at('a.lackey'), TRACE)
})
afterAll(() => rm(folder, { recursive: true }))

const hooks = (signal = new AbortController().signal) => ({ onProgress: () => undefined, signal })
const convert = (from: string, to: string, signal?: AbortSignal) =>
  realToolbox.convertTrace(from, 'auto', to, hooks(signal))

describe('a conversion', () => {
  it('writes a file that is read as the same accesses, over an older one', async () => {
    await writeFile(at('a.dmtlab'), 'older')
    expect(await convert(at('a.lackey'), at('a.dmtlab'))).toMatchObject({ format: 'lackey', records: 2 })
    expect((await readFile(at('a.dmtlab'))).length).toBe(16 + 3 * 8)
    expect(await realToolbox.summarizeTrace(at('a.dmtlab'), 'auto', hooks())).toMatchObject({
      format: 'lab',
      records: 3,
      fetches: 1,
      loads: 1,
      stores: 1,
      crossings: 2
    })
  })

  it('does not write over the trace it reads, by any name', async () => {
    await symlink(at('a.lackey'), at('link'))
    for (const name of ['a.lackey', 'link'])
      await expect(convert(at('a.lackey'), at(name))).rejects.toThrow('this is the trace that is read')
    expect(await readFile(at('a.lackey'), 'utf8')).toBe(TRACE)
  })

  it('leaves nothing behind when it fails or is cancelled', async () => {
    await writeFile(at('none'), 'It was the best of times.\n')
    const before = await readdir(folder)
    await expect(convert(at('none'), at('new'))).rejects.toBeInstanceOf(UserError)
    await expect(convert(at('a.lackey'), at('new'), AbortSignal.abort())).rejects.toThrow('was cancelled')
    await expect(convert(at('a.lackey'), at('no/such/folder'))).rejects.toThrow('there is no such folder')
    expect(await readdir(folder)).toEqual(before)
  })
})
