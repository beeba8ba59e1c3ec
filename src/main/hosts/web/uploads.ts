/** Files that the browser hands over: kept in a temporary folder, known to the page by tokens alone. */
import { randomBytes } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { FileStream } from '@main/lab/ports'
import { fileProblem } from '@main/store/file-problem'
import { openStream } from '@main/store/open-stream'
import type { RememberedFile } from '@main/store/settings-file'
import { sizeText } from '@shared/model/quantity'
import { UserError } from '@shared/model/user-error'
import type { HostFiles } from '../desk'
import { displayName } from '../display-name'

export class Uploads implements HostFiles {
  private readonly names = new Map<string, string>()
  private heldBytes = 0

  /** @param mostBytes of all files together */
  constructor(
    private readonly folder: string,
    private readonly mostBytes: number
  ) {}

  /** Streams one file to disk. Answers with its token. @throws UserError when it does not fit or the disk is full */
  async take(name: string, body: Readable): Promise<string> {
    const token = randomBytes(16).toString('hex')
    const path = join(this.folder, token)
    const shown = displayName(name)
    const held = { bytes: 0 }
    try {
      await this.write(body, path, shown, held)
    } catch (error) {
      this.heldBytes -= held.bytes
      await rm(path, { force: true })
      throw fileProblem(error, shown, 'free some space or open the file with npm run lab')
    }
    this.names.set(token, shown)
    return token
  }

  async open(token: string): Promise<FileStream> {
    const name = this.names.get(token)
    if (name === undefined) throw new UserError('this file is not known any more', '', 'import it again')
    return openStream(join(this.folder, token), { name })
  }

  /** The browser hands over a copy and tells no path. */
  remembered(token: string): RememberedFile | undefined {
    const name = this.names.get(token)
    return name === undefined ? undefined : { name, path: null }
  }

  /** The copy that was handed over last, while this host has it. */
  async tokenOf({ name, path }: RememberedFile): Promise<string | null> {
    const latest = [...this.names].findLast(([, kept]) => kept === name)
    return path === null ? (latest?.[0] ?? null) : null
  }

  removeAll(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true })
  }

  /** The body is left open when this fails, as the answer goes out over the same connection. */
  private async write(body: Readable, path: string, shown: string, held: { bytes: number }): Promise<void> {
    const file = await open(path, 'wx', 0o600)
    try {
      for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        held.bytes += chunk.length
        this.hold(chunk.length, shown)
        await file.writeFile(chunk)
      }
    } finally {
      await file.close()
    }
  }

  private hold(bytes: number, shown: string): void {
    this.heldBytes += bytes
    if (this.heldBytes <= this.mostBytes) return
    const most = sizeText(this.mostBytes)
    throw new UserError(
      `imported files may take ${most} together`,
      shown,
      'import a smaller one or restart the lab'
    )
  }
}
