/** The web host's server over a fake lab and a made-up page, and requests to it byte by byte. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listPageFiles } from '@main/hosts/page-files'
import { Downloads } from '@main/hosts/web/downloads'
import { startLabServer, type ServerParts } from '@main/hosts/web/lab-server'
import { Uploads } from '@main/hosts/web/uploads'
import { aLab, type FakeLab } from './recording-lab'

export const PAGE = '<!doctype html><title>page</title>'
export const SECRET = 'not for the page'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface WebServer {
  readonly port: number
  readonly token: string
  readonly labs: FakeLab[]
  readonly uploads: Uploads
  readonly uploadFolder: string
  readonly downloads: Downloads
  readonly parts: ServerParts
  /** Sends the request line and headers as they are; Host is added unless given. */
  raw(requestLine: string, headers?: Readonly<Record<string, string>>, body?: string): Promise<Answer>
  close(): Promise<void>
}

function parse(text: string): Answer {
  const [head, body = ''] = text.split(/\r\n\r\n(.*)/s)
  const [first, ...lines] = head.split('\r\n')
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const [name, value] = line.split(/: (.*)/s)
    headers[name.toLowerCase()] = value
  }
  return { status: Number(first.split(' ')[1]), headers, body }
}

function exchange(port: number, text: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setEncoding('utf8').on('data', (data: string) => {
      received += data
      // A socket that was upgraded stays open.
      if (received.startsWith('HTTP/1.1 101')) socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(parse(received)))
  })
}

export async function aWebServer(mostBytes = 1000): Promise<WebServer> {
  const home = await mkdtemp(join(tmpdir(), 'dmt-lab-web-'))
  const [page, uploadFolder] = [join(home, 'page'), join(home, 'imports')]
  await mkdir(join(page, 'assets'), { recursive: true })
  await mkdir(uploadFolder)
  await writeFile(join(page, 'index.html'), PAGE)
  await writeFile(join(page, 'assets', 'app.js'), 'export {}')
  await writeFile(join(home, 'secret.json'), SECRET)
  const labs: FakeLab[] = []
  const uploads = new Uploads(uploadFolder, mostBytes)
  const downloads = new Downloads()
  const newLab = (): FakeLab => {
    labs.push(aLab())
    return labs[labs.length - 1]
  }
  const parts = { files: await listPageFiles(page), uploads, downloads, newLab }
  const server = await startLabServer(0, parts)
  const url = new URL(server.url)
  const port = Number(url.port)
  const raw: WebServer['raw'] = (requestLine, headers = {}, body = '') => {
    const all = { Host: `127.0.0.1:${port}`, Connection: 'close', ...headers }
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
    return exchange(port, `${requestLine} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
  }
  const close = async (): Promise<void> => {
    await server.close()
    await rm(home, { recursive: true })
  }
  return {
    port,
    token: url.searchParams.get('token') ?? '',
    labs,
    uploads,
    uploadFolder,
    downloads,
    parts,
    raw,
    close
  }
}
