/** Who may speak to the web host: the page that it printed the address of, and nobody else on this machine. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const TOKEN_BYTES = 16

export class Access {
  readonly token = randomBytes(TOKEN_BYTES).toString('hex')
  /** Cookies are shared by all ports of a host, hence the port in the name. */
  private readonly cookieName: string
  private readonly hosts: readonly string[]

  constructor(port: number) {
    this.cookieName = `dmt-lab-${port}`
    this.hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  }

  /** Where the page may open its socket, for its content policy. */
  get socketOrigins(): string {
    return this.hosts.map((host) => `ws://${host}`).join(' ')
  }

  get setCookie(): string {
    return `${this.cookieName}=${this.token}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** Another name for this machine is a page elsewhere that had its own name point here. */
  isOurHost(request: IncomingMessage): boolean {
    return this.hosts.includes(request.headers.host ?? '')
  }

  hasToken(request: IncomingMessage): boolean {
    return this.isToken(queryToken(request)) || this.isToken(this.cookieToken(request))
  }

  /** Needed by whatever changes something: the cookie alone may be sent by pages of other ports. */
  isOurOrigin(request: IncomingMessage): boolean {
    return this.isOurHost(request) && request.headers.origin === `http://${request.headers.host}`
  }

  private cookieToken(request: IncomingMessage): string {
    const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
    return pairs.find(([name]) => name === this.cookieName)?.[1] ?? ''
  }

  private isToken(given: string): boolean {
    const wanted = Buffer.from(this.token)
    const bytes = Buffer.from(given)
    return bytes.length === wanted.length && timingSafeEqual(bytes, wanted)
  }
}

/** Path and query of a request; the path stays as it was sent, dots and escapes included. */
export function addressOf(request: IncomingMessage): { path: string; query: URLSearchParams } {
  const [path, query = ''] = (request.url ?? '/').split(/\?(.*)/s)
  return { path, query: new URLSearchParams(query) }
}

const queryToken = (request: IncomingMessage): string => addressOf(request).query.get('token') ?? ''
