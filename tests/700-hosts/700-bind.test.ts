import { afterEach, describe, expect, it, vi } from 'vitest'
import { bindLab } from '@main/hosts/bind'
import type { Snapshot } from '@shared/model/snapshot'
import { UserError } from '@shared/model/user-error'
import { aLab, aSnapshot, RawWindow } from '../builders/recording-lab'

function bound(answers: Parameters<typeof aLab>[0] = {}): {
  lab: ReturnType<typeof aLab>
  window: RawWindow
  unbind: () => void
} {
  const lab = aLab(answers)
  const window = new RawWindow()
  return { lab, window, unbind: bindLab(lab, window.channel) }
}

afterEach(() => vi.restoreAllMocks())

describe('calls of a window', () => {
  it('reach the lab with defaults filled in, and are answered', async () => {
    const { lab, window } = bound({ 'walk/get': () => [null] })
    expect(await window.ask('walk/get', { which: 'latest' })).toMatchObject({ r: [null] })
    const whole = { which: 'latest', reference: 0, attempt: 0, lane: 0, cold: false }
    expect(lab.reached).toEqual([['walk/get', whole]])
  })

  it.each([
    ['session/step', [0]],
    ['session/step', ['1']],
    ['session/step', []],
    ['session/run', ['surplus']],
    ['session/speed', [NaN]],
    ['session/prepare', ['text']],
    ['lane/dmt', [-1, true]],
    ['walk/get', [{ which: 'latest', path: '/etc/passwd' }]],
    ['trace/describe', ['x'.repeat(101)]],
    ['trace/describe', ['x', 'elf']],
    ['trace/peek', []],
    ['json/describe', ['x'.repeat(101)]]
  ])('are refused before the lab sees them: %s %j', async (name, args) => {
    const { lab, window } = bound()
    const answer = await window.ask(name, ...args)
    expect(answer?.e).toMatchObject({ kind: 'refused', message: expect.stringContaining(name) as string })
    expect(lab.reached).toEqual([])
  })

  it.each(['no/such', 'constructor', '__proto__', 'toString', 'close', ''])(
    'are refused when unknown: %j',
    async (name) => {
      const { window } = bound()
      expect((await window.ask(name))?.e).toMatchObject({ kind: 'refused' })
    }
  )

  it.each([
    null,
    7,
    'text',
    [],
    {},
    { t: 'q', m: 'session/run', a: 'no list' },
    { t: 's', i: 'never asked', r: 1 }
  ])('that are none at all are passed over: %j', async (message) => {
    const { lab, window } = bound()
    await window.give(message)
    expect([lab.reached, window.sent]).toEqual([[], []])
    expect(await window.ask('session/run')).toBeDefined()
  })

  it('that a person can mend fail with that one line', async () => {
    const { window } = bound({
      'session/run': () => {
        throw new UserError('the footprint is too large', '8TiB', 'choose a smaller one')
      }
    })
    const answer = await window.ask('session/run')
    expect(answer?.e).toEqual({
      kind: 'user',
      message: 'the footprint is too large (8TiB), choose a smaller one'
    })
  })

  it('that meet a defect fail in short, and the log has the rest', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const defect = new Error('frame 7\nis gone ' + 'x'.repeat(500))
    const { window } = bound({
      'session/run': () => {
        throw defect
      }
    })
    const failure = (await window.ask('session/run'))?.e as { kind: string; message: string }
    expect(failure.kind).toBe('defect')
    expect(failure.message).toMatch(/^the lab itself failed: frame 7 is gone x+$/)
    expect(failure.message.length).toBeLessThan(300)
    expect(log).toHaveBeenCalledWith(defect)
  })
})

describe('events', () => {
  it('stay few for a window that does not read, and no row of a series is lost', async () => {
    const { lab, window } = bound()
    for (let n = 1; n <= 50; n++) lab.tell['session/snapshot'](aSnapshot(1, n, [n]))
    await window.give(null)
    expect(window.events('session/snapshot')).toHaveLength(3)
    for (let at = 0; at < window.events('session/snapshot').length; at++)
      await window.take(window.events('session/snapshot')[at])
    const snapshots = window.events('session/snapshot').map(({ a }) => a?.[0] as Snapshot)
    expect(snapshots.flatMap(({ lanes }) => [...lanes[0].series])).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 1)
    )
    expect(snapshots.at(-1)?.references).toBe(50)
  })

  it('of a session that is over make way for those of the next', async () => {
    const { lab, window } = bound()
    for (let n = 1; n <= 4; n++) lab.tell['session/snapshot'](aSnapshot(1, n, [n]))
    lab.tell['session/snapshot'](aSnapshot(2, 1, [100]))
    await window.give(null)
    await window.take(window.events('session/snapshot')[0])
    const last = window.events('session/snapshot').at(-1)?.a?.[0] as Snapshot
    expect([last.session, ...last.lanes[0].series]).toEqual([2, 100])
  })

  it('end with the binding', async () => {
    const { lab, window, unbind } = bound()
    unbind()
    lab.tell['session/failed']({ message: 'too late' })
    await window.give(null)
    expect([window.sent, lab.isClosed]).toEqual([[], false])
  })
})
