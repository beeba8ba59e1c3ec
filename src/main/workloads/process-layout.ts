/**
 * The address space of a workload, laid out as Linux does for a static program without address randomisation:
 *
 *   0x400000 text | data | heap ...  hole  ... main area | hole | stack 0x7ffffffff000
 *
 * The main area is the program's big anonymous mapping. It starts at a multiple of 1 GiB whatever the page
 * sizes are, so that runs which differ in page size alone see the same addresses.
 */
import { PAGE_BYTES, alignDown, page } from '@shared/address/address'
import { PAGES_IN } from '@shared/arch/page-size'
import { sizeText } from '@shared/model/quantity'
import { UserError } from '@shared/model/user-error'
import type { Area } from './workload'

const TEXT_START = 0x400
const DATA_START = 0x600
const HEAP_START = 0x700
/** Where mappings begin, from here down. */
export const MMAP_TOP = 0x7ffff7fff
const STACK_TOP = 0x7ffffffff

const TEXT_PAGES = 256
const DATA_PAGES = 16
/** glibc's first heap and the kernel's first stack are 132 KiB each. */
const HEAP_PAGES = 33
const STACK_PAGES = 33
/** Frames are numbered below 2^31 (address.ts), so no area can be backed beyond. */
const MAX_MAIN_PAGES = 2 ** 30

export interface ProcessLayout {
  readonly text: Area
  readonly heap: Area
  readonly main: Area
  /** All areas, ascending. */
  readonly areas: readonly Area[]
}

/** A process whose main area has this name and this many pages. */
export function layOutProcess(mainName: string, mainPages: number): ProcessLayout {
  const { text, data, heap, stack } = programAreas()
  const main = area(mainName, alignDown(MMAP_TOP - mainPages, PAGES_IN['1G']), mainPages)
  return { text, heap, main, areas: [text, data, heap, main, stack] }
}

/** What every program has. */
export function programAreas(): Readonly<Record<'text' | 'data' | 'heap' | 'stack', Area>> {
  return {
    text: area('text', TEXT_START, TEXT_PAGES, { writable: false, executable: true }),
    data: area('data', DATA_START, DATA_PAGES),
    heap: area('heap', HEAP_START, HEAP_PAGES),
    stack: area('stack', STACK_TOP - STACK_PAGES, STACK_PAGES)
  }
}

const tooLarge = (footprint: number): UserError =>
  new UserError('the footprint is too large', sizeText(footprint), 'give at most 4TiB')

/**
 * @param least bytes that the program needs
 * @param purpose what they are for
 * @throws UserError for a footprint that is smaller, or larger than can be backed
 */
export function checkFootprint(footprint: number, least: number, purpose: string): void {
  if (!(footprint >= least))
    throw new UserError(
      `the footprint is too small for ${purpose}`,
      sizeText(footprint),
      `give at least ${least} bytes`
    )
  if (footprint > MAX_MAIN_PAGES * PAGE_BYTES) throw tooLarge(footprint)
}

/** Whole pages in a footprint. Throws UserError when there is none, or more than can be backed. */
export function footprintPages(footprint: number): number {
  const pages = Math.floor(footprint / PAGE_BYTES)
  if (pages < 1) throw new UserError('the footprint holds no page', sizeText(footprint), 'give at least 4KiB')
  if (pages > MAX_MAIN_PAGES) throw tooLarge(footprint)
  return pages
}

function area(
  name: string,
  start: number,
  pages: number,
  { writable, executable } = { writable: true, executable: false }
): Area {
  return { name, start: page(start), pages, writable, executable, origin: 'workload' }
}
