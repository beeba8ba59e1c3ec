/** Files on their way in: plain or gzip by their first bytes, read in chunks, hashed as they lie on disk. */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Compression } from '@shared/model/trace-look'
import { UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'
import { fileError } from './file-error'

const CHUNK_BYTES = 256 * 1024
const GZIP_MAGIC = [0x1f, 0x8b]

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
 * streaming, for a file that is missing, a directory, unreadable, or a gzip archive that is cut short or damaged.
 */
export async function openStream(path: string, options: OpenOptions = {}): Promise<FileStream> {
  const { name = basename(path), shownAs = name, chunkBytes = CHUNK_BYTES } = options
  try {
    const stats = await stat(path)
    if (stats.isDirectory()) throw new UserError('this is a directory', shownAs, 'give a file')
    // Opening a pipe would wait for its writer.
    if (!stats.isFile()) throw new UserError('this is no ordinary file', shownAs, 'give a file on disk')
    const compression = (await isGzip(path)) ? 'gzip' : 'none'
    const stamp = `${stats.size} ${stats.mtimeMs} ${stats.ino}`
    return new DiskFileStream(path, name, shownAs, stats.size, stamp, compression, chunkBytes)
  } catch (error) {
    throw fileError(error, shownAs)
  }
}

/** The first bytes decide, whatever the file is called. */
async function isGzip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(GZIP_MAGIC.length), 0, GZIP_MAGIC.length, 0)
    return GZIP_MAGIC.every((byte, i) => buffer[i] === byte)
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
      yield* this.compression === 'gzip' ? this.unpacked(hash) : this.watched(hash)
    } catch (error) {
      throw fileError(error, this.shownAs)
    }
  }

  /** The chunks of an archive, unpacked. */
  private async *unpacked(hash: Hash): AsyncGenerator<Uint8Array> {
    const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
    // Its errors reach the loop below, because the pipeline destroys gunzip with them.
    pipeline(this.watched(hash), gunzip, () => {})
    try {
      for await (const chunk of gunzip) yield chunk as Buffer
    } finally {
      gunzip.destroy()
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
