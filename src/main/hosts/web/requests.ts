/** Plain requests: files of the window, imports and reports. Everything needs the token, the first page included. */
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { finished } from 'node:stream/promises'
import { failureOf, logDefect } from '../failed-call'
import { securityHeaders } from '../security-headers'
import { addressOf, type Access } from './access'
import { DOWNLOAD_PATH } from './downloads'
import type { ServerParts } from './lab-server'

export const UPLOAD_PATH = '/imports'

const STATUS_OF = { user: 422, refused: 400, defect: 500 } as const

/** Never throws and never leaves a request without an answer. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  access: Access,
  parts: ServerParts
): Promise<void> {
  try {
    for (const [name, value] of Object.entries(securityHeaders(access.socketOrigins))) {
      response.setHeader(name, value)
    }
    if (!access.isOurHost(request) || !access.hasToken(request)) {
      return sayPlainly(response, 403, 'Open the address that the lab printed when it started.')
    }
    response.setHeader('Set-Cookie', access.setCookie)
    await answerOurs(request, response, access, parts)
  } catch (error) {
    await fail(request, response, error)
  }
}

async function answerOurs(
  request: IncomingMessage,
  response: ServerResponse,
  access: Access,
  parts: ServerParts
): Promise<void> {
  const { path, query } = addressOf(request)
  if (request.method === 'POST' && path === UPLOAD_PATH) {
    if (!access.isOurOrigin(request)) return sayPlainly(response, 403, 'This request came from another page.')
    const token = await parts.uploads.take(query.get('name') ?? '', request)
    return sayJson(response, 200, { token })
  }
  if (request.method !== 'GET') return sayPlainly(response, 405, 'There is nothing to do here.')
  if (path.startsWith(DOWNLOAD_PATH)) return sendDownload(path, response, parts)
  return sendFile(path, response, parts)
}

async function sendFile(path: string, response: ServerResponse, { files }: ServerParts): Promise<void> {
  const file = files.get(path)
  if (!file) return sayPlainly(response, 404, 'There is no such page.')
  response.setHeader('Content-Type', file.contentType)
  response.end(await readFile(file.path))
}

function sendDownload(path: string, response: ServerResponse, { downloads }: ServerParts): void {
  const download = downloads.take(path)
  if (!download) return sayPlainly(response, 404, 'This report has been fetched already, export it again.')
  response.setHeader('Content-Type', 'application/zip')
  response.setHeader('Content-Disposition', `attachment; filename="${download.name}"`)
  response.end(download.bytes)
}

function sayPlainly(response: ServerResponse, status: number, line: string): void {
  response.statusCode = status
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.end(line + '\n')
}

function sayJson(response: ServerResponse, status: number, value: object): void {
  response.statusCode = status
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify(value))
}

/** The rest of the body is read first: a browser that is still sending would not see the answer. */
async function fail(request: IncomingMessage, response: ServerResponse, error: unknown): Promise<void> {
  logDefect(error)
  if (response.headersSent) return void response.destroy()
  const failure = failureOf(error)
  request.resume()
  // A page that has gone away needs no answer.
  await finished(request).catch(() => undefined)
  sayJson(response, STATUS_OF[failure.kind], failure)
}
