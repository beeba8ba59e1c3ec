const BAD_LINES_KEPT = 3
const BAD_LINE_LENGTH = 80

/** Printable ASCII as it is, `?` for any other byte: bad lines are shown in terminals. */
const printable = (byte: number): string => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '?')

/** What a parser has seen so far. */
export class TraceCounts {
  /** Valid records of the file; a read-modify-write is one. */
  records = 0
  fetches = 0
  /** A read-modify-write is one load and one store. */
  loads = 0
  stores = 0
  /** Lines that are neither a record nor the recorder's own remarks; binary records that are none. */
  badLines = 0
  /** Records that are no access of the program, passed over: software prefetches, markers, flushes. */
  skipped = 0
  /** Threads seen; null for a format that does not name them. */
  threads: number | null = null
  /** The first three bad lines, at most 80 characters each. */
  readonly firstBadLines: string[] = []

  /** Counts a record that is none, in words: its bytes say nothing to a person. */
  addBad(words: string): void {
    this.badLines++
    if (this.firstBadLines.length < BAD_LINES_KEPT) this.firstBadLines.push(words)
  }

  /** Counts the line bytes[start..end). */
  addBadLine(bytes: Uint8Array, start: number, end: number): void {
    this.badLines++
    if (this.firstBadLines.length === BAD_LINES_KEPT) return
    const kept = bytes.subarray(start, Math.min(end, start + BAD_LINE_LENGTH))
    this.firstBadLines.push(Array.from(kept, printable).join(''))
  }
}
