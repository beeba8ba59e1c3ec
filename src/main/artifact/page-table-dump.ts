/**
 * Reads a page-table dump of the artifact published with DMT: a first line with the number of lines that follow,
 * then `VA,PE1,PE2,PE3,PE4,PA` in hex, one line for each mapped 4 KiB page. PE1 (root) to PE4 are the addresses of
 * the tables, PA that of the page.
 *
 * The published kernel module prints frame numbers in columns 2 to 6, the simulators take them as byte addresses.
 * `frameNumbers` shifts them first; what the file seems to hold is told apart (`seemsFrameNumbers`).
 */
import { PAGE_SHIFT, frameHigh, frameLow } from '@shared/address/address'
import { lowOfWords, wholeHighOfWord } from '@shared/address/address-words'
import { UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'
import { LineScanner } from '../traces/line-scanner'
import { MAX_LINE_BYTES, NEWLINE, WholeLines } from '../traces/whole-lines'
import { DumpTable } from './dump-table'

const COMMA = 0x2c
const NUMBERS = 5
/** Rows of 256 GiB in 4 KiB pages, twice the largest workload of the paper; about 4 GiB of the lab's memory. */
const MOST_LINES = 2 ** 26
/** Of a frame number below 2^31 the address has no more in its upper word. */
const MOST_UPPER = 2 ** 11 - 1
const OFFSET_MASK = 0xfff

export interface DumpOptions {
  /** Columns 2 to 6 are frame numbers, not byte addresses. */
  readonly frameNumbers: boolean
  /** Column 1 is an address of a guest's memory, in the same unit as the others: a host's dump. */
  readonly isHost: boolean
}

export interface PageTableDump {
  readonly name: string
  readonly table: DumpTable
  /** Lines read after the first. */
  readonly lines: number
  /** Most pages lie at numbers with low bits that no page's address has, and small enough for frame numbers. */
  readonly seemsFrameNumbers: boolean
}

/** @throws UserError naming the line, for what is no such dump or is cut off */
export async function readPageTableDump(stream: FileStream, options: DumpOptions): Promise<PageTableDump> {
  const parser = new DumpParser(stream.name, options)
  const lines = new WholeLines(() => parser.refuse('the line is too long'))
  for await (const chunk of stream.chunks()) {
    lines.push(chunk)
    if (!parser.read(lines)) return parser.finish()
  }
  lines.finish()
  parser.read(lines)
  return parser.finish()
}

class DumpParser {
  private readonly scanner = new LineScanner()
  private readonly table = new DumpTable()
  private readonly frames = new Int32Array(NUMBERS)
  private readonly offsets = new Int32Array(NUMBERS)
  private promised = -1
  private lines = 0
  private lineStart = 0
  private unaligned = 0

  constructor(
    private readonly name: string,
    private readonly options: DumpOptions
  ) {}

  /** Reads the whole lines there are; false when the dump has ended. */
  read(lines: WholeLines): boolean {
    const { scanner } = this
    scanner.bytes = lines.bytes
    scanner.position = lines.position
    while (scanner.position < lines.end && this.lines !== this.promised) this.line()
    lines.position = lines.end
    return this.lines !== this.promised
  }

  finish(): PageTableDump {
    if (this.promised < 0) this.refuse('the file is empty')
    if (this.lines < this.promised) {
      throw new UserError(
        `the file ends after ${this.lines} of ${this.promised} lines`,
        this.name,
        'give the whole dump'
      )
    }
    const seemsFrameNumbers = this.unaligned * 2 > this.lines
    return { name: this.name, table: this.table, lines: this.lines, seemsFrameNumbers }
  }

  refuse(what: string): never {
    const line = this.promised < 0 ? 1 : this.lines + 2
    throw new UserError(
      what,
      `${this.name}, line ${line}`,
      'give a page-table dump: a count, then VA,PE1,PE2,PE3,PE4,PA in hex'
    )
  }

  private line(): void {
    this.lineStart = this.scanner.position
    if (this.promised < 0) this.count()
    else this.row()
  }

  private count(): void {
    const { scanner } = this
    if (!scanner.decimal(0, MOST_LINES) || !this.lineEnds())
      this.refuseLine(`the first line is no number of lines up to ${MOST_LINES}`)
    this.promised = scanner.number
  }

  private row(): void {
    const { scanner } = this
    if (!scanner.hex()) this.refuseLine()
    const { upper, lower } = scanner
    for (let i = 0; i < NUMBERS; i++) this.number(i)
    if (!this.lineEnds()) this.refuseLine()
    this.add(upper, lower)
    this.lines++
  }

  /** Whether a line is too long is not to depend on how the file comes in chunks. */
  private lineEnds(): boolean {
    return this.scanner.lineEnd() && this.scanner.position - this.lineStart <= MAX_LINE_BYTES + 1
  }

  private refuseLine(what = 'this is no line of a dump'): never {
    const length = this.scanner.bytes.indexOf(NEWLINE, this.lineStart) - this.lineStart
    this.refuse(length > MAX_LINE_BYTES ? 'the line is too long' : what)
  }

  private number(i: number): void {
    const { scanner } = this
    if (!scanner.byte(COMMA) || !scanner.hex()) this.refuseLine()
    if (i === NUMBERS - 1 && scanner.upper === 0 && (scanner.lower & 0xfff) !== 0) this.unaligned++
    this.frames[i] = this.frameOf(scanner.upper, scanner.lower)
    this.offsets[i] = this.options.frameNumbers ? 0 : scanner.lower & OFFSET_MASK
  }

  /** Frame of an address, or the frame that the value numbers. */
  private frameOf(upper: number, lower: number): number {
    const limit = this.options.frameNumbers ? 0 : MOST_UPPER
    if (upper >>> 0 > limit || (limit === 0 && lower < 0)) this.refuse('an address lies beyond 8 TiB')
    return limit === 0 ? lower : (upper << (32 - PAGE_SHIFT)) | (lower >>> PAGE_SHIFT)
  }

  /** A page that does not begin at a multiple of 4 KiB is never asked for. */
  private add(upper: number, lower: number): void {
    if (this.options.isHost && this.options.frameNumbers) {
      const frame = this.frameOf(upper, lower)
      this.table.add(frameHigh(frame), frameLow(frame), this.frames, this.offsets)
    } else if ((lower & OFFSET_MASK) === 0) {
      this.table.add(wholeHighOfWord(upper), lowOfWords(upper, lower), this.frames, this.offsets)
    }
  }
}
