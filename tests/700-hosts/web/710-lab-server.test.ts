import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { decodeMessage, encodeMessage } from '@shared/contract/wire'
import { startLabServer } from '@main/hosts/web/lab-server'
import { aRunResult } from '../../builders/run-result'
import { aWebServer, PAGE, SECRET, type WebServer } from '../../builders/web-server'

let server: WebServer
beforeAll(async () => void (server = await aWebServer()))
afterAll(() => server.close())

const cookie = (): Record<string, string> => ({ Cookie: `other=1; dmt-lab-${server.port}=${server.token}` })
const origin = (): Record<string, string> => ({ Origin: `http://127.0.0.1:${server.port}` })

describe('the page', () => {
  it('opens with the token, and from then on with its cookie', async () => {
    const first = await server.raw(`GET /?token=${server.token}`)
    expect([first.status, first.body]).toEqual([200, PAGE])
    expect(first.headers['set-cookie']).toBe(
      `dmt-lab-${server.port}=${server.token}; HttpOnly; SameSite=Strict; Path=/`
    )
    const script = await server.raw('GET /assets/app.js', cookie())
    expect([script.status, script.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8'])
  })

  it('may load nothing from elsewhere and run no inline script', async () => {
    const { headers } = await server.raw('GET /', cookie())
    const policy = headers['content-security-policy'].split('; ')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
  })

  it.each(['', 'token=', 'token=0', `token=${'0'.repeat(32)}`, 'token=%00'])(
    'is refused for %j',
    async (query) => {
      const { status, headers, body } = await server.raw(`GET /?${query}`)
      expect(status).toBe(403)
      expect(headers).not.toHaveProperty('set-cookie')
      expect(body).not.toContain(PAGE)
    }
  )

  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', '[::1]:80'])(
    'is refused under another name, against rebinding: %s',
    async (host) => {
      expect((await server.raw('GET /', { ...cookie(), Host: host })).status).toBe(403)
    }
  )

  it.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/..\\secret.json',
    '//secret.json',
    '/assets/%00',
    '/assets',
    'http://127.0.0.1/../secret.json'
  ])('does not lead out of its folder: %s', async (path) => {
    const { status, body } = await server.raw(`GET ${path}`, cookie())
    expect(status).toBe(404)
    expect(body).not.toContain(SECRET)
  })

  it('is only read', async () => {
    expect((await server.raw('PUT /index.html', { ...cookie(), ...origin() })).status).toBe(405)
  })
})

describe('the socket', () => {
  const upgrade = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA=='
  }

  it('opens for the page', async () => {
    expect((await server.raw('GET /lab', { ...upgrade, ...cookie(), ...origin() })).status).toBe(101)
  })

  it.each([
    ['without a token', () => ({ ...origin() })],
    ['with a wrong token', () => ({ ...origin(), Cookie: `dmt-lab-${server.port}=${'f'.repeat(32)}` })],
    ['without an origin', () => cookie()],
    ['from another origin', () => ({ ...cookie(), Origin: 'http://evil.example' })],
    ['from another port', () => ({ ...cookie(), Origin: 'http://127.0.0.1:1' })],
    ['from an opaque origin', () => ({ ...cookie(), Origin: 'null' })],
    ['under another name', () => ({ ...cookie(), Host: 'evil.example', Origin: 'http://evil.example' })]
  ])('is refused %s', async (_, headers) => {
    const before = server.labs.length
    expect((await server.raw('GET /lab', { ...upgrade, ...headers() })).status).toBe(403)
    expect(server.labs).toHaveLength(before)
  })

  it('carries calls to a lab of its own, which is closed with it', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/lab`, {
      headers: { ...cookie(), ...origin() }
    })
    await new Promise((resolve) => socket.once('open', resolve))
    const lab = server.labs.at(-1)
    const answer = new Promise((resolve) =>
      socket.once('message', (data: Buffer) => resolve(decodeMessage(data)))
    )
    socket.send(encodeMessage({ t: 'q', i: '1', m: 'session/step', a: [5] }))
    expect(await answer).toMatchObject({ t: 's', i: '1' })
    expect(lab?.reached).toEqual([['session/step', 5]])
    socket.close()
    await expect.poll(() => lab?.isClosed).toBe(true)
  })

  it('ends at bytes that are no message', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/lab`, {
      headers: { ...cookie(), ...origin() }
    })
    await new Promise((resolve) => socket.once('open', resolve))
    socket.send(Buffer.of(0xc1))
    expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(1007)
  })
})

describe('a port in use', () => {
  it('is one clear line', async () => {
    await expect(startLabServer(server.port, server.parts)).rejects.toThrow(
      /^the port is in use \(\d+\), choose another/
    )
  })
})

describe('imports', () => {
  const post = (name: string, body: string, headers = {}): ReturnType<WebServer['raw']> =>
    server.raw(
      `POST /imports?name=${encodeURIComponent(name)}`,
      { ...cookie(), ...origin(), 'Content-Length': String(body.length), ...headers },
      body
    )

  it('become files known by a token, with the name they had', async () => {
    const { status, body } = await post('../up/\u202edirs\\my trace.gz', ' L 1000,8\n')
    expect(status).toBe(200)
    const { token } = JSON.parse(body) as { token: string }
    const file = await server.uploads.open(token)
    expect([file.name, file.bytes]).toEqual(['my trace.gz', 10])
    expect(await readdir(server.uploadFolder)).toContain(token)
    await expect(server.uploads.open(`../${token}`)).rejects.toThrow('not known')
  })

  it('beyond the bound are refused with one line and leave nothing behind', async () => {
    const before = await readdir(server.uploadFolder)
    const { status, body } = await post('big.gz', 'x'.repeat(2000))
    expect([status, JSON.parse(body)]).toEqual([
      422,
      { kind: 'user', message: expect.stringContaining('(big.gz)') as string }
    ])
    expect(await readdir(server.uploadFolder)).toEqual(before)
    expect((await post('small.gz', 'x'.repeat(500))).status).toBe(200)
  })

  it('far beyond the bound are answered too, while the page is still sending', async () => {
    const { status, body } = await post('huge.gz', 'x'.repeat(20_000_000))
    expect([status, body]).toEqual([422, expect.stringContaining('imported files may take')])
  })

  it('that break off leave nothing behind', async () => {
    const before = await readdir(server.uploadFolder)
    const socket = connect(server.port, '127.0.0.1')
    const lines = Object.entries({
      Host: `127.0.0.1:${server.port}`,
      ...cookie(),
      ...origin(),
      'Content-Length': '400'
    })
    socket.write(
      `POST /imports HTTP/1.1\r\n${lines.map(([n, v]) => `${n}: ${v}\r\n`).join('')}\r\nhalf of it`
    )
    await expect.poll(() => readdir(server.uploadFolder)).toHaveLength(before.length + 1)
    socket.destroy()
    await expect.poll(() => readdir(server.uploadFolder)).toEqual(before)
  })

  it('of other pages are refused', async () => {
    expect((await post('a', 'x', { Origin: 'http://127.0.0.1:1' })).status).toBe(403)
  })
})

describe('a report', () => {
  it('is one zip of its four files, handed out once', async () => {
    const outcome = server.downloads.offer(aRunResult())
    if (outcome.kind !== 'download') throw new Error(outcome.kind)
    expect((await server.raw(`GET ${outcome.path}`)).status).toBe(403)
    const fetched = await fetch(`http://127.0.0.1:${server.port}${outcome.path}?token=${server.token}`)
    expect(fetched.headers.get('content-disposition')).toBe(`attachment; filename="${outcome.name}"`)
    const files = unzipSync(new Uint8Array(await fetched.arrayBuffer()))
    expect(Object.keys(files)).toEqual(['report.html', 'report.md', 'series.csv', 'walks.csv', 'run.json'])
    expect(JSON.parse(strFromU8(files['run.json']))).toMatchObject({ schema: 'dmt-lab/run@1' })
    expect((await server.raw(`GET ${outcome.path}`, cookie())).status).toBe(404)
  })

  it('that nobody fetches makes way for newer ones', async () => {
    const offered = Array.from({ length: 6 }, () => server.downloads.offer(aRunResult()))
    const kept = offered.map(
      (outcome) => outcome.kind === 'download' && server.downloads.take(outcome.path) !== undefined
    )
    expect(kept).toEqual([false, false, true, true, true, true])
  })
})
