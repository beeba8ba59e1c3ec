/** Traces for tests: files in memory, and the real ones of tests/fixtures/traces. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { FileStream } from '@main/lab/ports'
import { lackey } from '@main/traces/lackey'
import type { TraceCounts } from '@main/traces/trace-counts'
import type { TraceFormat } from '@main/traces/trace-format'
import { aBatch, accessAt, type Access } from './a-stream'

export const FIXTURES = ['cat', 'perl-hash', 'list-chase'] as const
export const fixturePath = (file: string): string => resolve('tests/fixtures/traces', file)
export const fixtureText = (name: string): string =>
  gunzipSync(readFileSync(fixturePath(`${name}.lackey.gz`))).toString('latin1')

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A file that lies in memory and comes in chunks of this size. */
export function aFile(content: string | Uint8Array, chunkBytes = 1000, name = 'a.lackey'): FileStream {
  const bytes = typeof content === 'string' ? bytesOf(content) : content
  let read = 0
  return {
    name,
    bytes: bytes.length,
    compression: 'none',
    stamp: String(bytes.length),
    bytesRead: () => read,
    sha256: () => Promise.resolve('0'.repeat(64)),
    async *chunks() {
      for (read = 0; read < bytes.length;) {
        const chunk = bytes.subarray(read, read + chunkBytes)
        read += chunk.length
        yield chunk
      }
    }
  }
}

export interface Parsed {
  readonly accesses: Access[]
  readonly counts: TraceCounts
}

interface ParseOptions {
  readonly chunkBytes?: number
  readonly batchSize?: number
  readonly levels?: 4 | 5
}

export const parseLackey = (text: string | Uint8Array, options: ParseOptions = {}): Parsed =>
  parseTrace(lackey, text, options)

/** What the parser of a format makes of a file, given in chunks and asked for in batches of these sizes. */
export function parseTrace(
  format: TraceFormat,
  text: string | Uint8Array,
  { chunkBytes = 1000, batchSize = 100, levels = 5 }: ParseOptions = {}
): Parsed {
  const bytes = typeof text === 'string' ? bytesOf(text) : text
  const parser = format.parser(levels, 'a trace')
  const batch = aBatch(batchSize)
  const accesses: Access[] = []
  const drain = (): void => {
    let end = batchSize
    while (end === batchSize) {
      end = parser.fill(batch, 0, batchSize)
      for (let i = 0; i < end; i++) accesses.push(accessAt(batch, i))
    }
  }
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    parser.push(bytes.subarray(at, at + chunkBytes))
    drain()
  }
  parser.finish()
  drain()
  return { accesses, counts: parser.counts }
}
