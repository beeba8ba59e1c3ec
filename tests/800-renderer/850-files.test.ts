import { describe, expect, it } from 'vitest'
import type { ImportedTrace } from '@shared/model/catalogue'
import { aWindow } from './window-stores'

const trace: ImportedTrace = {
  token: 't1',
  name: 'list-chase.lackey.gz',
  bytes: 1000,
  summary: {
    schema: 'dmt-lab/trace@1',
    format: 'lackey',
    compression: 'gzip',
    sampled: false,
    addresses: 'virtual',
    sizes: 'recorded',
    firstRecords: [{ kind: 'fetch', address: '0x401ab70', size: 3 }],
    notes: [],
    records: 1200,
    fetches: 700,
    loads: 400,
    stores: 100,
    badLines: 0,
    skipped: 0,
    crossings: 2,
    threads: null,
    pages4K: 30,
    regions2M: 4,
    inferredAreas: 5,
    firstBadLines: []
  },
  maps: null
}
const map: ImportedTrace = {
  token: 'm1',
  name: 'maps',
  bytes: 10,
  summary: null,
  maps: { token: 'm1', name: 'maps', areas: 12 }
}

async function aWindowWith(...files: ImportedTrace[]) {
  const stores = await aWindow()
  for (const file of files) stores.lab.files.set(file.token, file)
  stores.lab.chosen = files.map((file) => file.token)
  return stores
}

describe('imported files', () => {
  it('shows a trace before it uses it', async () => {
    const { files, setup } = await aWindowWith(trace)
    await files.choose()
    expect(files.preview?.name).toBe('list-chase.lackey.gz')
    expect(setup.draft?.trace).toBeNull()
    await files.use()
    expect(setup.draft?.trace).toEqual({ file: 't1', format: 'auto', maps: null })
    expect(files.preview).toBeNull()
  })

  it('joins a trace with the memory map that came along', async () => {
    const { files, setup } = await aWindowWith(map, trace)
    await files.choose()
    await files.use()
    expect(setup.draft?.trace?.maps).toBe('m1')
  })

  it('asks for enough references to reach the end of the trace, splits included', async () => {
    const { files, setup } = await aWindowWith(trace)
    await files.choose()
    await files.use()
    expect(setup.draft?.references).toBe(1200 + 2 * 2)
  })

  it('says in one line what is wrong with a file, and changes nothing', async () => {
    const { lab, files, notices, setup } = await aWindow()
    lab.chosen = ['unknown']
    await files.choose()
    expect(notices.notices.map((n) => n.detail)).toEqual([
      'This is no trace (unknown), choose a Lackey text file.'
    ])
    expect(files.preview).toBeNull()
    expect(files.isReading).toBe(false)
    expect(setup.draft?.trace).toBeNull()
  })

  it('refuses a map without its trace', async () => {
    const { files, notices } = await aWindowWith(map)
    await files.choose()
    expect(notices.notices[0].detail).toContain('drop both together')
  })

  it('does nothing when the person changes their mind', async () => {
    const { files, notices } = await aWindow()
    await files.choose()
    expect(files.preview).toBeNull()
    expect(notices.notices).toEqual([])
  })

  it('loops when asked to, over as many references as were named', async () => {
    const { files, setup } = await aWindowWith(trace)
    await files.choose()
    expect(files.references).toBe(1202)
    files.isLooped = true
    expect(files.references).toBe(2404)
    files.want('5000')
    await files.use()
    expect(setup.draft).toMatchObject({ loop: true, references: 5000 })
  })

  it('says why a count is none, until another trace is looked at', async () => {
    const { files } = await aWindowWith(trace)
    await files.choose()
    files.want('many')
    expect(files.wantedProblem).toContain('“many” is no count')
    expect(files.references).toBe(1202)
    files.dismiss()
    await files.choose()
    expect(files.wantedProblem).toBeNull()
  })

  it('takes a memory map that follows its trace', async () => {
    const { lab, files } = await aWindowWith(trace, map)
    lab.chosen = ['t1']
    await files.choose()
    lab.chosen = ['m1']
    await files.choose()
    expect(files.preview?.maps?.areas).toBe(12)
    expect(files.preview?.summary?.records).toBe(1200)
  })

  it('ends the reading when it is dismissed before its end', async () => {
    const { lab, files } = await aWindowWith(trace)
    let answer: (value: ImportedTrace) => void = () => undefined
    lab.calls['trace/describe'] = () => new Promise((resolve) => (answer = resolve))
    const choosing = files.choose()
    await expect.poll(() => files.preview?.name).toBe('list-chase.lackey.gz')
    lab.emit('trace/progress', {
      token: 't1',
      progress: { task: 'Reading', done: 1, total: 4, unit: 'bytes', perSecond: 1, secondsLeft: 3 }
    })
    expect(files.progress?.done).toBe(1)
    files.dismiss()
    answer(trace)
    await choosing
    expect(lab.asked.map(({ name }) => name)).toContain('trace/cancel')
    expect(files.preview).toBeNull()
  })
})
