import { joinedBytes } from '@shared/bytes/joined-bytes'
import type { AccessBatch } from '@shared/model/access'
import { sizeText } from '@shared/model/quantity'
import { UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'
import { formatOf, TRACE_FORMATS } from './index'
import { refusedByName } from './refused-formats'
import type { TraceCounts } from './trace-counts'
import type { Levels, TraceFormat, TraceParser } from './trace-format'

const SNIFFED_BYTES = 64 * 1024
/** Files without a record for so long hold none, or were packed to waste time: reading ends. */
const MOST_BYTES_WITHOUT_RECORD = 64 * 2 ** 20
const WHAT_TO_GIVE = 'give one recorded as Help shows, such as by valgrind --tool=lackey'

/** The content has the shape of no format: one that is asked for by name may still read it. */
export class UnknownFormat extends UserError {
  override readonly name = 'UnknownFormat'
}

const noTrace = (name: string): UserError =>
  new UnknownFormat('this is no trace the lab knows', name, WHAT_TO_GIVE)
const emptyFile = (name: string): UserError => new UserError('the file is empty', name, WHAT_TO_GIVE)
const noRecord = ({ info }: TraceFormat, name: string): UserError =>
  new UserError(`there is no record of the format ${info.id} in it`, name, WHAT_TO_GIVE)

/** Reads the accesses of one trace from beginning to end. */
export class TraceReader {
  private ended = false
  /** Records when the last chunk came, and the bytes of chunks since one came. */
  private seen = 0
  private withoutRecord = 0

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
    const found = format === 'auto' ? formatOf(beginning) : TRACE_FORMATS.find((f) => f.info.id === format)
    if (!found) {
      await chunks.return?.()
      if (beginning.length === 0) throw emptyFile(stream.name)
      throw refusedByName(beginning, stream.name) ?? noTrace(stream.name)
    }
    const parser = found.parser(levels, stream.name)
    try {
      parser.push(beginning)
    } catch (error) {
      await chunks.return?.()
      throw error
    }
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
    if (this.ended && this.counts.records === 0) throw noRecord(this.format, this.name)
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
    if (next.done) {
      this.ended = true
      return this.parser.finish()
    }
    this.noteChunk(next.value.length)
    this.parser.push(next.value)
  }

  /** @throws UserError when too much has gone by without a record */
  private noteChunk(bytes: number): void {
    const { records, skipped } = this.counts
    this.withoutRecord = records + skipped === this.seen ? this.withoutRecord + bytes : 0
    this.seen = records + skipped
    if (this.withoutRecord <= MOST_BYTES_WITHOUT_RECORD) return
    const what = `${sizeText(MOST_BYTES_WITHOUT_RECORD)} of it hold no record of the format ${this.format.info.id}`
    throw new UserError(what, this.name, WHAT_TO_GIVE)
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
  return joinedBytes(...parts)
}
