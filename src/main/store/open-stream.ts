/** Files on their way in: plain or packed by their first bytes, read in chunks, hashed as they lie on disk. */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Compression } from '@shared/model/trace-look'
import { UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'
import { compressionOf, LONGEST_MAGIC, unpacked } from './compression'
import { fileError } from './file-error'

const CHUNK_BYTES = 256 * 1024

export interface OpenOptions {
  /** What the file is called, where it lies under another name; its own name by default. */
  readonly name?: string
  /** How messages name the file; its name without the folder by default. */
  readonly shownAs?: string
  /** Bytes read from disk at a time. */
  readonly chunkBytes?: number
}

/**
 * Opens a file for streaming. `chunks` may be called again and then starts over. Throws UserError, here or while
 * streaming, for a file that is missing, a directory, unreadable, or an archive that is cut short or damaged.
 */
export async function openStream(path: string, options: OpenOptions = {}): Promise<FileStream> {
  const { name = basename(path), shownAs = name, chunkBytes = CHUNK_BYTES } = options
  try {
    const stats = await stat(path)
    if (stats.isDirectory()) throw new UserError('this is a directory', shownAs, 'give a file')
    // Opening a pipe would wait for its writer.
    if (!stats.isFile()) throw new UserError('this is no ordinary file', shownAs, 'give a file on disk')
    const compression = compressionOf(await beginningOf(path))
    const stamp = `${stats.size} ${stats.mtimeMs} ${stats.ino}`
    return new DiskFileStream(path, name, shownAs, stats.size, stamp, compression, chunkBytes)
  } catch (error) {
    throw fileError(error, shownAs)
  }
}

async function beginningOf(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_MAGIC), 0, LONGEST_MAGIC, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

class DiskFileStream implements FileStream {
  private read = 0
  private digest: string | null = null

  constructor(
    private readonly path: string,
    readonly name: string,
    private readonly shownAs: string,
    readonly bytes: number,
    readonly stamp: string,
    readonly compression: Compression,
    private readonly chunkBytes: number
  ) {}

  bytesRead(): number {
    return this.read
  }

  /** When the stream has not been read to its end, the file is read once more. */
  async sha256(): Promise<string> {
    if (this.digest !== null) return this.digest
    const hash = createHash('sha256')
    try {
      for await (const chunk of this.diskChunks()) hash.update(chunk)
    } catch (error) {
      throw fileError(error, this.shownAs)
    }
    return (this.digest = hash.digest('hex'))
  }

  async *chunks(): AsyncIterable<Uint8Array> {
    this.read = 0
    const hash = createHash('sha256')
    try {
      const { compression } = this
      const onDisk = this.watched(hash)
      yield* compression === 'none' ? onDisk : unpacked(compression, onDisk, this.shownAs)
    } catch (error) {
      throw fileError(error, this.shownAs)
    }
  }

  /** The chunks as they lie on disk, counted and hashed on their way. */
  private async *watched(hash: Hash): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.diskChunks()) {
      this.read += chunk.length
      hash.update(chunk)
      yield chunk
    }
    this.digest = hash.digest('hex')
  }

  private diskChunks(): AsyncIterable<Buffer> {
    return createReadStream(this.path, { highWaterMark: this.chunkBytes })
  }
}
