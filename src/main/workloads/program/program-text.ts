/**
 * The instructions of a program: routines one behind the other in its text. Lengths repeat every eight
 * instructions and come to four bytes on average, as in compiled x86-64 code (assumed), so that no instruction
 * crosses a page.
 */
import { PAGE_BYTES, pageHigh, pageLow, type Page } from '@shared/address/address'

const LENGTHS = [4, 3, 5, 4, 2, 7, 3, 4] as const
const PATTERN = LENGTHS.length
const PATTERN_BYTES = LENGTHS.reduce((sum, bytes) => sum + bytes, 0)
const STARTS = LENGTHS.map((_, i) => LENGTHS.slice(0, i).reduce((sum, bytes) => sum + bytes, 0))
const INSTRUCTIONS_PER_PAGE = (PAGE_BYTES / PATTERN_BYTES) * PATTERN
/** Where the instructions of a page begin, and their lengths. */
const OFFSETS = Uint16Array.from(
  { length: INSTRUCTIONS_PER_PAGE },
  (_, i) => Math.floor(i / PATTERN) * PATTERN_BYTES + STARTS[i % PATTERN]
)
const BYTES = Uint8Array.from({ length: INSTRUCTIONS_PER_PAGE }, (_, i) => LENGTHS[i % PATTERN])

/** Instructions [first, end) of the text; after the last one comes the first. */
export interface Routine {
  readonly first: number
  readonly end: number
}

export class ProgramText {
  /** Halves of the first page; a text does not reach into the next upper half. */
  readonly high: number
  private readonly firstLow: number
  private next = 0

  /** @param pages of the area that starts at `start` */
  constructor(
    start: Page,
    private readonly pages: number
  ) {
    this.high = pageHigh(start)
    this.firstLow = pageLow(start)
  }

  /** A routine of so many instructions, four bytes each on average, behind those there are. */
  routine(instructions: number): Routine {
    const first = this.next
    // Compilers let functions begin at multiples of 16 bytes and more.
    this.next = Math.ceil((first + instructions) / PATTERN) * PATTERN
    if (this.next > this.pages * INSTRUCTIONS_PER_PAGE) throw new Error('ProgramText: the text is full')
    return { first, end: first + instructions }
  }

  low(instruction: number): number {
    return this.firstLow + Math.floor(instruction / INSTRUCTIONS_PER_PAGE)
  }

  offset(instruction: number): number {
    return OFFSETS[instruction % INSTRUCTIONS_PER_PAGE]
  }

  bytes(instruction: number): number {
    return BYTES[instruction % INSTRUCTIONS_PER_PAGE]
  }
}
