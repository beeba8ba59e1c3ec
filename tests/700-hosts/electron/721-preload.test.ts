/** The built preload script over a stub: what a page of the desktop app can see and reach. */
import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import type { MessagePort as Port } from 'node:worker_threads'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DesktopBridge } from '@shared/contract/desktop-bridge'
import { aBuild } from '../../builders/built'

class MadeUpFile {
  constructor(readonly path: string) {}
}

function run(): { exposed: Record<string, DesktopBridge>; sent: unknown[][]; required: string[] } {
  const exposed: Record<string, DesktopBridge> = {}
  const sent: unknown[][] = []
  const required: string[] = []
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, bridge: DesktopBridge) => (exposed[name] = bridge) },
    ipcRenderer: {
      postMessage: (...message: unknown[]) => sent.push(['main', ...message]),
      send: (...message: unknown[]) => sent.push(['main', ...message]),
      on: (channel: string, listener: (event: object, id: string) => void) => {
        listener({ secret: true }, channel)
      },
      invoke: (...message: unknown[]) => Promise.resolve(sent.push(['main', ...message]))
    },
    webFrame: { setZoomFactor: (factor: number) => sent.push(['frame', factor]) },
    webUtils: { getPathForFile: ({ path }: MadeUpFile) => path }
  }
  const window = {
    location: { origin: 'app://lab' },
    postMessage: (...message: unknown[]) => sent.push(['page', ...message])
  }
  const require = (name: string): unknown => {
    required.push(name)
    return electron
  }
  const context = createContext({
    require,
    window,
    MessageChannel,
    File: MadeUpFile,
    exports: {},
    module: {}
  })
  runInContext(readFileSync('out/preload/index.cjs', 'utf8'), context)
  return { exposed, sent, required }
}

beforeAll(aBuild, 120_000)

describe('the preload script', () => {
  it('needs nothing but Electron, as a sandbox has nothing else', () => {
    expect(run().required).toEqual(['electron'])
  })

  it('shows the page one object of six functions', () => {
    const { exposed } = run()
    expect(Object.keys(exposed)).toEqual(['labHost'])
    const functions = ['chooseFiles', 'connect', 'importFile', 'onCommand', 'setZoom', 'showMenus']
    expect(Object.keys(exposed.labHost).sort()).toEqual([...functions, 'kind'].sort())
  })

  it('passes menus on, hears their commands without the event, and zooms', () => {
    const { exposed, sent } = run()
    const heard: unknown[][] = []
    exposed.labHost.showMenus([])
    exposed.labHost.onCommand((...command) => heard.push(command))
    exposed.labHost.setZoom(1.5)
    expect(sent).toEqual([
      ['main', 'lab/menus', []],
      ['frame', 1.5]
    ])
    expect(heard).toEqual([['lab/command']])
  })

  it('gives one end of a channel to the main process and the other to the page, of this origin alone', () => {
    const { exposed, sent } = run()
    exposed.labHost.connect()
    const ports = [expect.any(MessagePort) as Port]
    expect(sent).toEqual([
      ['main', 'lab/connect', null, ports],
      ['page', 'lab/port', 'app://lab', ports]
    ])
    for (const message of sent) (message[3] as Port[])[0].close()
  })

  it('names the path of a file to the main process, and none for what is no file', async () => {
    const { exposed, sent } = run()
    await exposed.labHost.importFile(new MadeUpFile('/home/u/a.trace'))
    await exposed.labHost.importFile('/etc/passwd')
    expect(sent).toEqual([
      ['main', 'lab/import', '/home/u/a.trace'],
      ['main', 'lab/import', '']
    ])
  })
})
