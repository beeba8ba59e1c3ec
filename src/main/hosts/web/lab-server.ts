/** The lab over HTTP on this machine: the window's files, imports, reports, and one socket a page. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Lab } from '@main/lab/ports'
import { UserError } from '@shared/model/user-error'
import type { PageFiles } from '../page-files'
import { Access, addressOf } from './access'
import type { Downloads } from './downloads'
import { answerRequest } from './requests'
import { serveLab } from './lab-socket'
import type { Uploads } from './uploads'

const LOOPBACK = '127.0.0.1'
export const SOCKET_PATH = '/lab'

/** Calls are small; only answers and snapshots are large. */
const LARGEST_CALL = 2 ** 20

export interface ServerParts {
  readonly files: PageFiles
  readonly uploads: Uploads
  readonly downloads: Downloads
  newLab(): Lab
}

export interface RunningServer {
  /** With the token that opens it. */
  readonly url: string
  close(): Promise<void>
}

/** Listens on the loopback address only. @throws UserError when the port is taken */
export async function startLabServer(port: number, parts: ServerParts): Promise<RunningServer> {
  // A trace of many gigabytes takes longer than the usual limit of a request.
  const server = createServer({ requestTimeout: 0 })
  await listen(server, port)
  const access = new Access((server.address() as AddressInfo).port)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_CALL })
  server.on('request', (request, response) => void answerRequest(request, response, access, parts))
  server.on('upgrade', (request, socket, head) => {
    if (!mayConnect(request, access)) return refuse(socket)
    sockets.handleUpgrade(request, socket, head, (webSocket) => serveLab(parts.newLab(), webSocket))
  })
  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/?token=${access.token}`,
    close: () => close(server, sockets)
  }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, LOOPBACK)
  try {
    await once(server, 'listening')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EADDRINUSE')
      throw new UserError('the port is in use', String(port), 'choose another, or 0 for a free one')
    if (code === 'EACCES')
      throw new UserError('the port may not be used', String(port), 'choose one above 1023')
    throw error
  }
}

const mayConnect = (request: IncomingMessage, access: Access): boolean =>
  addressOf(request).path === SOCKET_PATH && access.isOurOrigin(request) && access.hasToken(request)

function refuse(socket: Duplex): void {
  socket.on('error', () => socket.destroy())
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate()
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
