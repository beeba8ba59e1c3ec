/**
 * The rows of a page-table dump, found by page: for each page the tables that translate it and where it lies.
 *
 * A row is ten words: the page in halves, frames of the tables of level 4 to 1 and of the page itself, and their
 * offsets inside the frame, which are 0 unless the dump holds frame numbers that are taken as addresses.
 */
const WORDS = 10
const PAGE_HIGH = 0
const PAGE_LOW = 1
/** Frame of the root's table; those of lower levels and of the page follow. */
const FIRST_FRAME = 2
/** Offsets of two tables in each word, then that of the page. */
const FIRST_OFFSET = 7

export const TABLE_LEVELS = 4
export const NO_ROW = -1

const hashOf = (high: number, low: number): number => {
  const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

export class DumpTable {
  rows = 0
  private words = new Int32Array(WORDS * 1024)
  private slots = new Int32Array(2048).fill(NO_ROW)

  /**
   * Adds a row; `frames` and `offsets` are those of the tables from the root down, then of the page. False: there
   * is one for this page already, and it stays.
   */
  add(high: number, low: number, frames: ArrayLike<number>, offsets: ArrayLike<number>): boolean {
    const slot = this.slotOf(high, low)
    if (this.slots[slot] !== NO_ROW) return false
    if ((this.rows + 1) * WORDS > this.words.length) this.grow()
    const at = this.rows * WORDS
    this.words[at + PAGE_HIGH] = high
    this.words[at + PAGE_LOW] = low
    for (let i = 0; i <= TABLE_LEVELS; i++) this.words[at + FIRST_FRAME + i] = frames[i]
    this.words[at + FIRST_OFFSET] = offsets[0] | (offsets[1] << 16)
    this.words[at + FIRST_OFFSET + 1] = offsets[2] | (offsets[3] << 16)
    this.words[at + FIRST_OFFSET + 2] = offsets[4]
    this.slots[slot] = this.rows++
    if (this.rows * 2 > this.slots.length) this.rehash()
    return true
  }

  /** The page's row, or NO_ROW. */
  find(high: number, low: number): number {
    return this.slots[this.slotOf(high, low)]
  }

  /** Frame of the table read at `level`, 4 the root .. 1. */
  tableFrame(row: number, level: number): number {
    return this.words[row * WORDS + FIRST_FRAME + TABLE_LEVELS - level]
  }

  /** Bytes from the frame's start to that table's. */
  tableOffset(row: number, level: number): number {
    const i = TABLE_LEVELS - level
    return (this.words[row * WORDS + FIRST_OFFSET + (i >>> 1)] >>> (16 * (i & 1))) & 0xffff
  }

  /** Frame of the page itself. */
  frame(row: number): number {
    return this.words[row * WORDS + FIRST_FRAME + TABLE_LEVELS]
  }

  offset(row: number): number {
    return this.words[row * WORDS + FIRST_OFFSET + 2]
  }

  private slotOf(high: number, low: number): number {
    const { words, slots } = this
    const mask = slots.length - 1
    for (let slot = hashOf(high, low) & mask; ; slot = (slot + 1) & mask) {
      const row = slots[slot]
      if (row === NO_ROW) return slot
      const at = row * WORDS
      if (words[at + PAGE_LOW] === low && words[at + PAGE_HIGH] === high) return slot
    }
  }

  private grow(): void {
    const larger = new Int32Array(this.words.length * 2)
    larger.set(this.words)
    this.words = larger
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(NO_ROW)
    for (let row = 0; row < this.rows; row++) {
      const at = row * WORDS
      this.slots[this.slotOf(this.words[at + PAGE_HIGH], this.words[at + PAGE_LOW])] = row
    }
  }
}
