/** Files on their way in, over the lab's own readings of them: every format, told by content or by the person. */
import type { LabCalls, LabEvents } from '@shared/contract/lab-contract'
import { TRACE_FORMAT_CHOICES, TRACE_FORMAT_IDS, type TraceFormatId } from '@shared/model/trace-format-id'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { aWindow } from './window-stores'

/** Of the engine, which the window's own code does not know. */
interface Engine {
  fileCalls(
    files: ReadonlyMap<string, Uint8Array | string>,
    tell: LabEvents['trace/progress']
  ): Pick<LabCalls, 'trace/peek' | 'trace/describe' | 'trace/cancel'>
  encodedTraces(): { format: TraceFormatId; bytes: Uint8Array }[]
  headerlessTrace(): Uint8Array
}
const { fileCalls, encodedTraces, headerlessTrace } = await vi.importActual<Engine>('../builders/file-calls')

const ENCODED = encodedTraces()
const HEADERLESS = headerlessTrace()
const PROSE = new TextEncoder().encode('It was the best of times, it was the worst of times.\n'.repeat(20))

/** The window, with the lab's own readings of files behind the calls of the fake one. */
async function aWindowOver(files: Readonly<Record<string, Uint8Array | string>>) {
  const stores = await aWindow()
  const { lab } = stores
  const calls = fileCalls(new Map(Object.entries(files)), (reading) => lab.emit('trace/progress', reading))
  Object.assign(lab.calls, calls)
  lab.chosen = Object.keys(files)
  return stores
}

describe('a trace whose content tells its format', () => {
  it.each(ENCODED)('is taken in: $format', async ({ format, bytes }) => {
    const { lab, files, notices, setup } = await aWindowOver({ trace: bytes })
    await files.choose()
    expect(notices.notices).toEqual([])
    const { summary } = await lab.calls['trace/describe']('trace', format)
    expect(summary?.records).toBeGreaterThanOrEqual(40)
    expect(files.preview).toMatchObject({ unread: null, shape: { format }, summary })
    await files.use()
    expect(setup.draft?.trace).toEqual({ file: 'trace', format: 'auto', maps: null })
  })

  it.each([
    ['cat', 418_506],
    ['perl-hash', null],
    ['list-chase', 2_741_172]
  ])('is taken in with its map: %s', async (name, records) => {
    const { lab, files, setup } = await aWindowOver({ map: `${name}.maps`, trace: `${name}.lackey.gz` })
    await files.choose()
    const { summary } = await lab.calls['trace/describe']('trace', 'lackey')
    expect(files.preview).toMatchObject({ shape: { format: 'lackey', compression: 'gzip' }, summary })
    if (records !== null) expect(summary?.records).toBe(records)
    expect(files.preview?.maps?.areas).toBeGreaterThan(10)
    await files.use()
    expect(setup.draft?.trace).toEqual({ file: 'trace', format: 'auto', maps: 'map' })
  })

  it('is not taken in where it comes with another', async () => {
    const [one, other] = ENCODED
    const { files, notices } = await aWindowOver({ one: one.bytes, other: other.bytes })
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
      expect(files.preview).toMatchObject({
        format,
        summary: null,
        unread: expect.stringContaining(format) as string
      })
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
    ['a zip archive', 'PK\u0003\u0004abc', /^this is a zip archive, .*\(file\), unpack it/],
    ['perf’s own file', 'PERFILE2abc', /^this is perf’s own data file \(file\)/]
  ])('is refused in one line: %s', async (_, text, words) => {
    const { files, notices } = await aWindowOver({ file: new TextEncoder().encode(text) })
    await files.choose()
    expect(files.preview).toBeNull()
    expect(notices.notices.map(({ detail }) => detail)).toEqual([expect.stringMatching(words)])
  })
})
