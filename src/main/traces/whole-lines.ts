import { joinedBytes } from '@shared/bytes/joined-bytes'

export const NEWLINE = 0x0a
/** A longer line, its newline aside, is no record of any text format. What cannot be read at once is skipped. */
export const MAX_LINE_BYTES = 4096

const NOTHING = new Uint8Array(0)

/**
 * Whole lines out of chunks cut anywhere: after `push`, bytes[position..end) ends with a newline (or is empty),
 * so a scanner needs no other bound. The reader moves `position`. Holds one chunk and one unfinished line.
 */
export class WholeLines {
  bytes = NOTHING
  position = 0
  end = 0
  private unfinished = NOTHING
  private skipping = false

  /** `onLongLine` gets the beginning of each line longer than MAX_LINE_BYTES. */
  constructor(private readonly onLongLine: (beginning: Uint8Array) => void) {}

  /** Takes the next chunk, when position has reached end. */
  push(chunk: Uint8Array): void {
    this.dropLongLine()
    const joined = joinedBytes(this.unfinished, this.afterLongLine(chunk))
    const end = joined.lastIndexOf(NEWLINE) + 1
    this.show(joined, end)
    this.unfinished = joined.slice(end)
  }

  /** The file has ended: its last line may lack a newline. */
  finish(): void {
    this.dropLongLine()
    const last = this.unfinished
    this.unfinished = NOTHING
    if (last.length === 0) this.show(NOTHING, 0)
    else this.show(joinedBytes(last, Uint8Array.of(NEWLINE)), last.length + 1)
  }

  private show(bytes: Uint8Array<ArrayBuffer>, end: number): void {
    this.bytes = bytes
    this.position = 0
    this.end = end
  }

  /** Not before the lines in front of it have been read, so that bad lines are reported in their order. */
  private dropLongLine(): void {
    if (this.unfinished.length <= MAX_LINE_BYTES) return
    this.onLongLine(this.unfinished)
    this.unfinished = NOTHING
    this.skipping = true
  }

  private afterLongLine(chunk: Uint8Array): Uint8Array {
    if (!this.skipping) return chunk
    const newline = chunk.indexOf(NEWLINE)
    if (newline < 0) return NOTHING
    this.skipping = false
    return chunk.subarray(newline + 1)
  }
}
