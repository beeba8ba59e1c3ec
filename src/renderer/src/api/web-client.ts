/** The lab in a browser: a socket for calls and events, plain requests for files. */
import { chooseFilesInBrowser } from './choose-files'
import { Connection } from './connection'
import { EventHub } from './event-hub'
import type { LabClient } from './lab-client'
import { handOver } from './hand-over'
import { LabError } from './lab-error'
import { openLink } from './lab-link'
import { saveExport } from './save-export'
import { openWebChannel, type WebChannel } from './web-channel'
import { upload } from './web-files'

const MS_BETWEEN_TRIES = 1000
const MOST_TRIES = 60

/** The token is in the cookie now; the address line and the history need not keep it. */
function forgetToken(): void {
  const { pathname, hash } = location
  history.replaceState(history.state, '', pathname + hash)
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Null when the lab stayed away for all tries. */
async function reopen(): Promise<WebChannel | null> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    await pause(MS_BETWEEN_TRIES)
    const channel = await openWebChannel().catch(() => null)
    if (channel) return channel
  }
  return null
}

/** Keeps the connection: what is lost is opened again, to a lab with nothing set up, until the host is gone. */
async function keepOpen(first: WebChannel, connection: Connection, hub: EventHub): Promise<void> {
  for (let channel: WebChannel | null = first; channel; channel = await reopen()) {
    connection.opened(openLink(channel, hub.sink))
    await channel.ended
    connection.lost('reconnecting')
  }
  connection.lost('closed')
}

const importFiles = async (files: readonly File[]): Promise<string[]> => {
  const tokens: string[] = []
  for (const file of files) tokens.push(await upload(file))
  return tokens
}

export async function connectWeb(): Promise<LabClient> {
  const first = await openWebChannel().catch(() => {
    throw new LabError(
      'connection',
      'the lab could not be reached, open the address it printed when it started'
    )
  })
  forgetToken()
  const connection = new Connection()
  const hub = new EventHub()
  void keepOpen(first, connection, hub)
  return {
    kind: 'web',
    desktop: null,
    calls: connection.calls,
    on: (event, listener) => hub.on(event, listener),
    onConnection: (listener) => connection.onState(listener),
    importFiles,
    chooseFiles: async () => importFiles(await chooseFilesInBrowser()),
    saveExport,
    savePicture: async (name, picture) => {
      handOver(picture, name)
      return name
    }
  }
}
