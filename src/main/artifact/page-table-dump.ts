/**
 * Reads a page-table dump of the artifact published with DMT: a first line with the number of lines that follow,
 * then `VA,PE1,PE2,PE3,PE4,PA` in hex, one line for each mapped 4 KiB page. PE1 (root) to PE4 are the addresses of
 * the tables, PA that of the page.
 *
 * The published kernel module prints frame numbers in columns 2 to 6, the simulators take them as byte addresses.
 * `frameNumbers` shifts them first; what the file seems to hold is told apart (`seemsFrameNumbers`).
 */
import { LOW_BITS, PAGE_SHIFT } from '@shared/address/address'
import { UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'
import { LineScanner } from '../traces/line-scanner'
import { MAX_LINE_BYTES, NEWLINE, WholeLines } from '../traces/whole-lines'
import { DumpTable } from './dump-table'

const COMMA = 0x2c
const NUMBERS = 5
/** Rows of 256 GiB in 4 KiB pages, twice the largest workload of the paper; about 4 GiB of the lab's memory. */
const MOST_LINES = 2 ** 26
/** Bits of an address beyond the 31-bit frame numbers that the lab keeps. */
const FRAME_BITS = 31

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
    const { frame, offset } = this.place(scanner.upper, scanner.lower)
    this.frames[i] = frame
    this.offsets[i] = offset
  }

  /** Frame and offset of an address, or of the frame with that number. */
  private place(upper: number, lower: number): { frame: number; offset: number } {
    const { frameNumbers } = this.options
    const frame = frameNumbers ? lower >>> 0 : (upper >>> 0) * 2 ** (32 - PAGE_SHIFT) + (lower >>> PAGE_SHIFT)
    if (frame >= 2 ** FRAME_BITS || (frameNumbers && upper !== 0)) this.refuse('an address lies beyond 8 TiB')
    return { frame, offset: frameNumbers ? 0 : lower & 0xfff }
  }

  /** A page that does not begin at a multiple of 4 KiB is never asked for. */
  private add(upper: number, lower: number): void {
    if (this.options.isHost) {
      const { frame, offset } = this.place(upper, lower)
      if (offset === 0)
        this.table.add(frame >>> LOW_BITS, frame & ((1 << LOW_BITS) - 1), this.frames, this.offsets)
      return
    }
    if ((lower & 0xfff) !== 0) return
    const lowerBits = 32 - PAGE_SHIFT
    const shared = LOW_BITS - lowerBits
    const low = (lower >>> PAGE_SHIFT) | ((upper & ((1 << shared) - 1)) << lowerBits)
    this.table.add(upper >>> shared, low, this.frames, this.offsets)
  }
}
