import type { AccessBatch } from '@shared/model/access'
import { UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'
import { TRACE_FORMATS } from './index'
import type { TraceCounts } from './trace-counts'
import type { Levels, TraceFormat, TraceParser } from './trace-format'

const SNIFFED_BYTES = 64 * 1024
const WHAT_TO_GIVE = 'give one recorded with valgrind --tool=lackey --trace-mem=yes'

const noTrace = (name: string): UserError =>
  new UserError('this is no trace the lab knows', name, WHAT_TO_GIVE)

/** Reads the accesses of one trace from beginning to end. */
export class TraceReader {
  private ended = false

  private constructor(
    private readonly name: string,
    readonly format: TraceFormat,
    private readonly parser: TraceParser,
    private readonly chunks: AsyncIterator<Uint8Array>,
    /** The parser was given all of the file. */
    private readonly isWhole: boolean
  ) {}

  /**
   * `format` is the id of a format, or `auto` for the one whose shape the content has. Throws UserError when
   * the content has that of none.
   */
  static async open(stream: FileStream, format: string, levels: Levels): Promise<TraceReader> {
    const chunks = stream.chunks()[Symbol.asyncIterator]()
    const beginning = await readBeginning(chunks)
    const found = TRACE_FORMATS.find((f) => (format === 'auto' ? f.sniff(beginning) : f.info.id === format))
    if (!found) {
      await chunks.return?.()
      throw noTrace(stream.name)
    }
    const parser = found.parser(levels)
    parser.push(beginning)
    return new TraceReader(stream.name, found, parser, chunks, beginning.length < SNIFFED_BYTES)
  }

  get counts(): TraceCounts {
    return this.parser.counts
  }

  /** As AccessSource.fill; less than `to` only at the end of the file. Throws UserError when it held no record. */
  async fill(batch: AccessBatch, from: number, to: number): Promise<number> {
    let at = this.parser.fill(batch, from, to)
    while (at < to && !this.ended) {
      await this.readChunk()
      at = this.parser.fill(batch, at, to)
    }
    if (this.ended && this.counts.records === 0) throw noTrace(this.name)
    return at
  }

  /** As `fill` from 0, of what `open` has read alone. Throws UserError when that is a whole file without a record. */
  async fillFromBeginning(batch: AccessBatch, to: number): Promise<number> {
    const at = this.parser.fill(batch, 0, to)
    if (at === to || !this.isWhole) return at
    await this.readChunk()
    return this.fill(batch, at, to)
  }

  async close(): Promise<void> {
    this.ended = true
    await this.chunks.return?.()
  }

  private async readChunk(): Promise<void> {
    const next = await this.chunks.next()
    if (!next.done) return this.parser.push(next.value)
    this.ended = true
    this.parser.finish()
  }
}

/** The first SNIFFED_BYTES or more of a stream, or all of a shorter one. */
async function readBeginning(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let bytes = 0
  while (bytes < SNIFFED_BYTES) {
    const next = await chunks.next()
    if (next.done) break
    parts.push(next.value)
    bytes += next.value.length
  }
  return concatenate(parts, bytes)
}

function concatenate(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
