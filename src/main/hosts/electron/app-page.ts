/** The window's page under its own scheme: an origin that no website has, and nothing but the built files. */
import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { logDefect } from '../failed-call'
import type { PageFiles } from '../page-files'
import { securityHeaders } from '../security-headers'

const SCHEME = 'app'
const HOST = 'lab'

export const PAGE_ADDRESS = `${SCHEME}://${HOST}/`

export const isOurAddress = (address: string): boolean => address.startsWith(PAGE_ADDRESS)

/** To be called before the app is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true }
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
}

const nothing = (status: number): Response => new Response(null, { status, headers: securityHeaders() })

async function answer(request: Request, files: PageFiles): Promise<Response> {
  const { host, pathname } = new URL(request.url)
  const file = host === HOST ? files.get(pathname) : undefined
  if (!file || request.method !== 'GET') return nothing(404)
  try {
    const headers = { ...securityHeaders(), 'Content-Type': file.contentType }
    return new Response(await readFile(file.path), { headers })
  } catch (error) {
    logDefect(error)
    return nothing(500)
  }
}

export function servePage(files: PageFiles): void {
  protocol.handle(SCHEME, (request) => answer(request, files))
}
