/** The window's end of the channel, against a lab that answers by hand. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { MessageChannelEnd } from '@shared/contract/channel'
import { PORT_HANDED_OVER, type DesktopBridge } from '@shared/contract/desktop-bridge'
import type { LabEvents } from '@shared/contract/lab-contract'
import { Connection } from '@renderer/api/connection'
import { connectElectron } from '@renderer/api/electron-client'
import { EventHub } from '@renderer/api/event-hub'
import type { ConnectionState } from '@renderer/api/lab-client'
import { openLink } from '@renderer/api/lab-link'

interface Question {
  readonly i: string
  readonly m: string
  readonly a: unknown[]
}

/** The lab's end: answers each question with what `answer` makes of it, or never when that is undefined. */
function aLab(
  answer: (question: Question) => object | undefined
): MessageChannelEnd & { tell(m: string, a: unknown[]): unknown } {
  let deliver: (message: unknown) => unknown = () => undefined
  return {
    post: (message) => {
      const question = message as Question
      const answered = answer(question)
      if (answered) queueMicrotask(() => deliver({ t: 's', i: question.i, ...answered }))
    },
    onMessage: (listener) => (deliver = listener),
    tell: (m, a) => deliver({ t: 'q', m, a })
  }
}

const connectionTo = (channel: MessageChannelEnd, events: LabEvents = new EventHub().sink): Connection => {
  const connection = new Connection()
  connection.opened(openLink(channel, events))
  return connection
}

afterEach(() => vi.unstubAllGlobals())

describe('a call', () => {
  it('carries its name and arguments, and brings back the result', async () => {
    const { calls } = connectionTo(aLab(({ m, a }) => ({ r: [m, a] })))
    expect(await calls['lane/dmt'](1, true)).toEqual(['lane/dmt', [1, true]])
  })

  it('that fails rejects with the lab’s own line', async () => {
    const { calls } = connectionTo(
      aLab(() => ({ e: { kind: 'user', message: 'nothing is set up yet, press Run' } }))
    )
    await expect(calls['session/run']()).rejects.toMatchObject({
      name: 'LabError',
      kind: 'user',
      message: 'nothing is set up yet, press Run'
    })
  })

  it('that waits when the connection is lost is rejected, and so is the next one', async () => {
    const connection = connectionTo(aLab(() => undefined))
    const waiting = connection.calls['session/result']()
    await Promise.resolve()
    connection.lost('reconnecting')
    await expect(waiting).rejects.toMatchObject({ kind: 'connection' })
    await expect(connection.calls['session/run']()).rejects.toMatchObject({ kind: 'connection' })
  })
})

describe('the connection', () => {
  it('tells its state at once and then each change', () => {
    const connection = connectionTo(aLab(() => undefined))
    const states: ConnectionState[] = []
    const off = connection.onState((state) => states.push(state))
    connection.lost('reconnecting')
    connection.opened(
      openLink(
        aLab(() => undefined),
        new EventHub().sink
      )
    )
    connection.lost('closed')
    off()
    connection.lost('reconnecting')
    expect(states).toEqual(['connected', 'reconnecting', 'connected', 'closed'])
  })

  it('may be lost and opened again without losing who listens', async () => {
    const hub = new EventHub()
    const heard: string[] = []
    const off = hub.on('session/failed', ({ message }) => heard.push(message))
    const [first, second] = [aLab(() => undefined), aLab(() => undefined)]
    const connection = connectionTo(first, hub.sink)
    await first.tell('session/failed', [{ message: 'one' }])
    connection.lost('reconnecting')
    connection.opened(openLink(second, hub.sink))
    await second.tell('session/failed', [{ message: 'two' }])
    off()
    await second.tell('session/failed', [{ message: 'three' }])
    expect(heard).toEqual(['one', 'two'])
  })
})

describe('in the desktop app', () => {
  it('the lab is reached through the port that the preload script hands over', async () => {
    const page = new EventTarget()
    vi.stubGlobal('window', page)
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }: MessageEvent<Question>) =>
      port1.postMessage({ t: 's', i: data.i, r: data.m })
    const hand = (data: unknown, source: unknown): boolean =>
      page.dispatchEvent(Object.assign(new Event('message'), { data, source, ports: [port2] }))
    const bridge: DesktopBridge = {
      kind: 'electron',
      connect: () => {
        hand(PORT_HANDED_OVER, 'another frame')
        hand('something else', page)
        hand(PORT_HANDED_OVER, page)
      },
      importFile: async () => ({ failure: { kind: 'user', message: 'this is a directory, give a file' } }),
      chooseFiles: async () => ({ tokens: ['a', 'b'] }),
      showMenus: () => undefined,
      onCommand: () => undefined,
      setZoom: () => undefined
    }
    const lab = await connectElectron(bridge)
    expect([lab.kind, await lab.calls['app/catalogue'](), await lab.chooseFiles()]).toEqual([
      'electron',
      'app/catalogue',
      ['a', 'b']
    ])
    await expect(lab.importFiles([new File([], 'x')])).rejects.toThrow('this is a directory')
    expect(await lab.saveExport({ kind: 'written', where: '/reports/one' })).toBe('/reports/one')
    expect(await lab.saveExport({ kind: 'cancelled' })).toBeNull()
    port1.close()
    port2.close()
  })
})
