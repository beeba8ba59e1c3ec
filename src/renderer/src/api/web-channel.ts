/** A socket to the web host as a channel of messages. */
import type { MessageChannelEnd } from '@shared/contract/channel'
import { decodeMessage, encodeMessage } from '@shared/contract/wire'

const SOCKET_PATH = '/lab'

export interface WebChannel extends MessageChannelEnd {
  /** Resolves when the connection has ended, whoever ended it. */
  readonly ended: Promise<void>
}

/** Rejects when there is no connection to be had. */
export function openWebChannel(): Promise<WebChannel> {
  const socket = new WebSocket(`ws://${location.host}${SOCKET_PATH}`)
  socket.binaryType = 'arraybuffer'
  const ended = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()))
  const channel: WebChannel = {
    ended,
    post: (message) => socket.send(encodeMessage(message)),
    onMessage: (listener) =>
      socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) =>
        listener(decodeMessage(new Uint8Array(data)))
      )
  }
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(channel))
    void ended.then(() => reject(new Error('no connection')))
  })
}
