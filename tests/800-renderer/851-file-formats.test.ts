/** Files on their way in, over the lab's own readings of them: every format, told by content or by the person. */
import { FileReadings } from '@main/lab/file-readings'
import type { FileStream } from '@main/lab/ports'
import { openStream } from '@main/store/open-stream'
import { summarizeTrace } from '@main/traces/trace-summary'
import { TRACE_FORMAT_CHOICES, TRACE_FORMAT_IDS } from '@shared/model/trace-format-id'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aFile, fixturePath, FIXTURES } from '../builders/a-trace'
import { InProcessHost } from '../builders/in-process-host'
import { asLab, ENCODERS, type Touch } from '../builders/trace-encoders'
import { aWindow } from './window-stores'

const TOUCHES: Touch[] = Array.from({ length: 40 }, (_, i) => ({
  kind: i % 4 === 0 ? 2 : i % 4 === 3 ? 1 : 0,
  address: i % 4 === 0 ? 0x401000n + BigInt(i * 4) : 0x7ff000000000n + BigInt(i * 4096),
  size: 8
}))
const HEADERLESS = asLab(TOUCHES).subarray(16)
const PROSE = new TextEncoder().encode('It was the best of times, it was the worst of times.\n'.repeat(20))

class MemoryHost extends InProcessHost {
  readonly opened = new Map<string, () => Promise<FileStream>>()

  override openFile(token: string): Promise<FileStream> {
    const open = this.opened.get(token)
    return open ? open() : Promise.reject(new Error(`no file ${token}`))
  }
}

/** The window, with the lab's own readings of files behind the calls of the fake one. */
async function aWindowOver(files: Readonly<Record<string, Uint8Array | (() => Promise<FileStream>)>>) {
  const stores = await aWindow()
  const host = new MemoryHost()
  for (const [name, file] of Object.entries(files))
    host.opened.set(name, typeof file === 'function' ? file : () => Promise.resolve(aFile(file, 1000, name)))
  const { lab } = stores
  const readings = new FileReadings(host, (reading) => lab.emit('trace/progress', reading))
  lab.calls['trace/peek'] = (token, format) => readings.peek(token, format)
  lab.calls['trace/describe'] = (token, format) => readings.describe(token, format)
  lab.calls['trace/cancel'] = async () => readings.cancel()
  lab.chosen = Object.keys(files)
  return stores
}

describe('a trace whose content tells its format', () => {
  it.each(ENCODERS.map(([format, encode], i) => [format, i, encode] as const))(
    'is taken in: %s (%i)',
    async (format, _, encode) => {
      const { files, notices, setup } = await aWindowOver({ trace: encode(TOUCHES) })
      await files.choose()
      expect(notices.notices).toEqual([])
      const expected = await summarizeTrace(aFile(encode(TOUCHES)), format)
      expect(files.preview).toMatchObject({ unread: null, shape: { format }, summary: expected })
      await files.use()
      expect(setup.draft?.trace).toEqual({ file: 'trace', format: 'auto', maps: null })
    }
  )

  it.each(FIXTURES)('is taken in with its map: %s', async (name) => {
    const trace = (): Promise<FileStream> => openStream(fixturePath(`${name}.lackey.gz`))
    const map = (): Promise<FileStream> => openStream(fixturePath(`${name}.maps`))
    const { files, setup } = await aWindowOver({ map, trace })
    await files.choose()
    expect(files.preview?.summary?.records).toBe((await summarizeTrace(await trace())).records)
    expect(files.preview?.maps?.areas).toBeGreaterThan(10)
    await files.use()
    expect(setup.draft?.trace).toEqual({ file: 'trace', format: 'auto', maps: 'map' })
  })

  it('is not taken in where it comes with another', async () => {
    const [[, lackey], [, dinero]] = ENCODERS
    const { files, notices } = await aWindowOver({ one: lackey(TOUCHES), other: dinero(TOUCHES) })
    await files.choose()
    expect(notices.notices[0].detail).toContain('One trace and one memory map at a time')
    expect(files.preview).toBeNull()
  })
})

describe('a trace of which no format is known', () => {
  it('waits for one, and goes with it into the set-up', async () => {
    const { files, lab, notices, setup } = await aWindowOver({ 'records.bin': HEADERLESS })
    await files.choose()
    expect(notices.notices).toEqual([])
    expect(files.preview).toMatchObject({ format: 'auto', shape: null, summary: null })
    expect(files.preview?.unread).toMatch(/^this is no trace the lab knows \(records\.bin\), give one/)
    expect(lab.recent).toEqual([])
    await files.use()
    expect(setup.draft?.trace).toBeNull()

    await files.readAs('lab')
    expect(files.preview).toMatchObject({ unread: null, summary: { format: 'lab', records: 40 } })
    await files.use()
    expect(setup.draft?.trace).toEqual({ file: 'records.bin', format: 'lab', maps: null })
    await expect.poll(() => lab.recent.map(({ name }) => name)).toEqual(['records.bin'])
  })

  it('says of every format why it does not read it, and changes nothing', async () => {
    const { files, notices, setup } = await aWindowOver({ 'novel.txt': PROSE })
    await files.choose()
    for (const format of ['lackey', 'dinero', 'drmemtrace-view', 'perf-script'] as const) {
      await files.readAs(format)
      expect(files.preview).toMatchObject({ format, summary: null, unread: expect.stringContaining(format) as string })
    }
    await files.readAs('auto')
    expect(files.preview?.unread).toContain('no trace the lab knows')
    files.dismiss()
    expect([files.preview, setup.draft?.trace, notices.notices]).toEqual([null, null, []])
  })

  it('keeps its map whatever it is read as', async () => {
    const map = new TextEncoder().encode('7ff000000000-7ff000100000 rw-p 00000000 00:00 0\n')
    const { files, lab, setup } = await aWindowOver({ 'records.bin': HEADERLESS, maps: map })
    lab.chosen = ['records.bin']
    await files.choose()
    lab.chosen = ['maps']
    await files.choose()
    expect(files.preview?.unread).not.toBeNull()
    await files.readAs('lab')
    await files.use()
    expect(setup.draft?.trace).toEqual({ file: 'records.bin', format: 'lab', maps: 'maps' })
  })

  it('is read as the format chosen last, whichever answer comes first', async () => {
    const { files, lab } = await aWindowOver({ 'records.bin': HEADERLESS })
    await files.choose()
    const { 'trace/peek': peek } = lab.calls
    let goOn: () => void = () => undefined
    lab.calls['trace/peek'] = async (token, format) => {
      if (format === 'champsim') await new Promise<void>((resolve) => (goOn = resolve))
      return peek(token, format)
    }
    const first = files.readAs('champsim')
    await files.readAs('lab')
    goOn()
    await first
    expect(files.preview).toMatchObject({ format: 'lab', summary: { format: 'lab', records: 40 } })
  })

  it('is an import or a reason in one line, whatever it holds and is read as', async () => {
    const choice = fc.constantFrom(...TRACE_FORMAT_CHOICES)
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), choice, async (bytes, format) => {
        const { files, notices } = await aWindowOver({ bytes })
        await files.choose()
        if (files.preview === null) {
          expect(notices.notices).toHaveLength(1)
          return
        }
        await files.readAs(format)
        const { summary, unread } = files.preview
        expect(summary === null).toBe(unread !== null)
        expect(unread ?? '').not.toContain('\n')
        if (summary) expect(TRACE_FORMAT_IDS).toContain(summary.format)
      }),
      { numRuns: 60 }
    )
  })
})

describe('a file that is clearly something else', () => {
  it.each([
    ['empty', '', /^the file is empty \(file\)/],
    ['a zip archive', 'PK\u0003\u0004abc', /^this is a zip archive \(file\)/],
    ['perf’s own file', 'PERFILE2abc', /^this is perf’s own data file \(file\)/]
  ])('is refused in one line: %s', async (_, text, words) => {
    const { files, notices } = await aWindowOver({ file: new TextEncoder().encode(text) })
    await files.choose()
    expect(files.preview).toBeNull()
    expect(notices.notices.map(({ detail }) => detail)).toEqual([expect.stringMatching(words)])
  })
})
