/** Files that the browser hands over: kept in a temporary folder, known to the page by tokens alone. */
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform, type Readable, type TransformCallback } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FileStream } from '@main/lab/ports'
import { fileProblem } from '@main/store/file-problem'
import { openStream } from '@main/store/open-stream'
import { sizeText } from '@shared/model/quantity'
import { UserError } from '@shared/model/user-error'
import { displayName } from '../display-name'

export class Uploads {
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
    let taken = 0
    const count = (bytes: number): void => {
      taken += bytes
      this.hold(bytes, shown)
    }
    try {
      await pipeline(body, counting(count), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
    } catch (error) {
      this.heldBytes -= taken
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

  removeAll(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true })
  }

  private hold(bytes: number, name: string): void {
    this.heldBytes += bytes
    if (this.heldBytes <= this.mostBytes) return
    const most = sizeText(this.mostBytes)
    throw new UserError(
      `imported files may take ${most} together`,
      name,
      'import a smaller one or restart the lab'
    )
  }
}

/** Passes bytes on and tells how many; an error thrown by `count` ends the stream. */
function counting(count: (bytes: number) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      try {
        count(chunk.length)
        done(null, chunk)
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    }
  })
}
