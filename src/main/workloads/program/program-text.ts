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
const PATTERNS_PER_PAGE = PAGE_BYTES / PATTERN_BYTES

/** Instructions [first, end) of the text; after the last one comes the first. */
export interface Routine {
  readonly first: number
  readonly end: number
}

export class ProgramText {
  private next = 0

  /** @param pages of the area that starts at `start` */
  constructor(
    private readonly start: Page,
    private readonly pages: number
  ) {}

  /** A routine of so many instructions, four bytes each on average, behind those there are. */
  routine(instructions: number): Routine {
    const first = this.next
    // Compilers let functions begin at multiples of 16 bytes and more.
    this.next = Math.ceil((first + instructions) / PATTERN) * PATTERN
    if (this.next / PATTERN > this.pages * PATTERNS_PER_PAGE) throw new Error('ProgramText: the text is full')
    return { first, end: first + instructions }
  }

  high(instruction: number): number {
    return pageHigh(this.pageOf(instruction))
  }

  low(instruction: number): number {
    return pageLow(this.pageOf(instruction))
  }

  offset(instruction: number): number {
    const pattern = Math.floor(instruction / PATTERN) % PATTERNS_PER_PAGE
    return pattern * PATTERN_BYTES + STARTS[instruction % PATTERN]
  }

  bytes(instruction: number): number {
    return LENGTHS[instruction % PATTERN]
  }

  private pageOf(instruction: number): number {
    return this.start + Math.floor(instruction / (PATTERN * PATTERNS_PER_PAGE))
  }
}
