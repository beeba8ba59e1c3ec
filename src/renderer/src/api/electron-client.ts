/** The lab in the desktop app: a port to the main process, handed over by the preload script. */
import { PORT_HANDED_OVER, type DesktopBridge, type ImportOutcome } from '@shared/contract/desktop-bridge'
import { Connection } from './connection'
import { EventHub } from './event-hub'
import { handOver } from './hand-over'
import type { LabClient } from './lab-client'
import { LabError } from './lab-error'
import { openLink } from './lab-link'
import { saveExport } from './save-export'

declare global {
  interface Window {
    readonly labHost?: DesktopBridge
  }
}

function receivePort(bridge: DesktopBridge): Promise<MessagePort> {
  return new Promise((resolve) => {
    const listen = ({ source, data, ports }: MessageEvent): void => {
      if (source !== window || data !== PORT_HANDED_OVER) return
      window.removeEventListener('message', listen)
      resolve(ports[0])
    }
    window.addEventListener('message', listen)
    bridge.connect()
  })
}

function tokensOf(outcome: ImportOutcome): string[] {
  if ('failure' in outcome) throw new LabError(outcome.failure.kind, outcome.failure.message)
  return outcome.tokens
}

export async function connectElectron(bridge: DesktopBridge): Promise<LabClient> {
  const port = await receivePort(bridge)
  const connection = new Connection()
  const hub = new EventHub()
  const channel = {
    post: (message: unknown) => port.postMessage(message),
    onMessage: (listener: (message: unknown) => void) => {
      port.onmessage = ({ data }: MessageEvent<unknown>) => listener(data)
    }
  }
  connection.opened(openLink(channel, hub.sink))
  port.addEventListener('close', () => connection.lost('closed'))
  return {
    kind: 'electron',
    desktop: bridge,
    calls: connection.calls,
    on: (event, listener) => hub.on(event, listener),
    onConnection: (listener) => connection.onState(listener),
    importFiles: async (files) => {
      const tokens: string[] = []
      for (const file of files) tokens.push(...tokensOf(await bridge.importFile(file)))
      return tokens
    },
    chooseFiles: async () => tokensOf(await bridge.chooseFiles()),
    saveExport,
    savePicture: async (name, picture) => {
      handOver(picture, name)
      // The main process asks where it goes (lockdown.ts).
      return null
    }
  }
}
