/** A page's socket: a lab of its own for as long as the socket is open. */
import type { WebSocket } from 'ws'
import { decodeMessage, encodeMessage } from '@shared/contract/wire'
import type { Lab } from '@main/lab/ports'
import { bindLab } from '../bind'
import { logDefect } from '../failed-call'

const NOT_A_MESSAGE = 1007

/** A page that cannot be reached any more loses its lab at once, so that its memory is free for the next one. */
export function serveLab(lab: Lab, socket: WebSocket): void {
  const unbind = bindLab(lab, {
    post: (message) => socket.send(encodeMessage(message)),
    onMessage: (listener) => socket.on('message', (data: Buffer) => receive(socket, data, listener))
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    unbind()
    lab.close().catch(logDefect)
  })
}

/** Bytes that do not decode end the connection: what follows them could not be trusted either. */
function receive(socket: WebSocket, data: Buffer, listener: (message: unknown) => void): void {
  let message: unknown
  try {
    message = decodeMessage(data)
  } catch {
    socket.close(NOT_A_MESSAGE)
    return
  }
  listener(message)
}
