/** The built window as a list of files: what is not on the list cannot be asked for, whatever a path says. */
import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from '@shared/model/user-error'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2'
}

export interface PageFile {
  readonly path: string
  readonly contentType: string
}

/** Path of the address to file; `/` is the page itself. */
export type PageFiles = ReadonlyMap<string, PageFile>

/** The window lies beside the built main process, which may stand in a folder of chunks. */
async function rendererFolder(): Promise<string> {
  for (const relative of ['../renderer', '../../renderer']) {
    const folder = fileURLToPath(new URL(relative, import.meta.url))
    const found = await stat(join(folder, 'index.html')).catch(() => null)
    if (found?.isFile()) return folder
  }
  throw new UserError('the window has not been built', '', 'run npm run build')
}

async function addFolder(folder: string, address: string, files: Map<string, PageFile>): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await addFolder(path, `${address}${entry.name}/`, files)
    const contentType = CONTENT_TYPES[extname(entry.name)]
    if (entry.isFile() && contentType) files.set(address + entry.name, { path, contentType })
  }
}

/** @throws UserError when there is no built window */
export async function listPageFiles(folder?: string): Promise<PageFiles> {
  const files = new Map<string, PageFile>()
  await addFolder(folder ?? (await rendererFolder()), '/', files)
  const page = files.get('/index.html')
  if (page) files.set('/', page)
  return files
}
