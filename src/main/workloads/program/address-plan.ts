/**
 * Lays out the address space of a program as Linux does for a static one without address randomisation: what it
 * maps goes below the last mapping, its heap grows up behind its data.
 */
import { PAGE_BYTES, alignDown, alignUp, page } from '@shared/address/address'
import { PAGES_IN } from '@shared/arch/page-size'
import { MMAP_TOP, programAreas } from '../process-layout'
import type { Area } from '../workload'
import { ProgramText } from './program-text'

/** Bytes that a program was given: a mapping, an array in one, its heap. */
export interface Block {
  /** Bytes from the start of the address space, below 2^47. */
  readonly start: number
  readonly bytes: number
}

export interface Part {
  readonly name: string
  readonly bytes: number
}

/** Frames for all of a mapping, or for the given runs of it: pairs of first page, from its start, and pages. */
export type Backed = 'all' | Int32Array

/** A page that nobody maps keeps two mappings from becoming one. */
const GUARD_PAGES = 1
/** From here on a heap starts at a multiple of 1 GiB, as mappings do. */
const LARGE_PAGES = PAGES_IN['1G']

const pagesOf = (bytes: number): number => Math.ceil(bytes / PAGE_BYTES)

export class AddressPlan {
  readonly text: ProgramText
  readonly stack: Block
  private readonly program = programAreas()
  private readonly mapped: Area[] = []
  private readonly heaps: Area[] = []
  private below = MMAP_TOP

  constructor() {
    const { text, stack } = this.program
    this.text = new ProgramText(text.start, text.pages)
    this.stack = blockOf(stack)
  }

  /** All areas, ascending. */
  get areas(): readonly Area[] {
    const { text, data, heap, stack } = this.program
    const heaps = this.heaps.length > 0 ? this.heaps : [heap]
    return [text, data, ...heaps, ...[...this.mapped].reverse(), stack]
  }

  /** The small heap that every program has, or one of so many bytes; asked for once. */
  heap(bytes?: number): Block {
    const { heap } = this.program
    if (bytes === undefined) return blockOf(heap)
    const pages = pagesOf(bytes)
    const start = pages < LARGE_PAGES ? heap.start : alignUp(heap.start, LARGE_PAGES)
    this.heaps.push({ ...heap, start, pages })
    return { start: start * PAGE_BYTES, bytes }
  }

  /**
   * A mapping of its own. Where it is 1 GiB or more it starts at a multiple of that, whatever the page sizes are,
   * so that runs which differ in page size alone see the same addresses.
   */
  map(name: string, bytes: number, backed: Backed = 'all'): Block {
    return this.mapTogether(name, [{ name, bytes }], backed)[0]
  }

  /** Mappings that the kernel has merged into one area, ascending, each at a page of its own. */
  mapTogether(name: string, parts: readonly Part[], backed: Backed = 'all'): Block[] {
    const pages = parts.reduce((sum, part) => sum + pagesOf(part.bytes), 0)
    const start = alignDown(this.below - pages, pages < LARGE_PAGES ? 1 : LARGE_PAGES)
    this.below = start - GUARD_PAGES
    const area: Area = { name, start, pages, writable: true, executable: false, origin: 'workload' }
    this.mapped.push(backed === 'all' ? area : { ...area, backed })
    return blocksFrom(start, parts)
  }
}

const blockOf = ({ start, pages }: Area): Block => ({
  start: start * PAGE_BYTES,
  bytes: pages * PAGE_BYTES
})

function blocksFrom(start: number, parts: readonly Part[]): Block[] {
  let at = page(start) as number
  return parts.map(({ bytes }) => {
    const block = { start: at * PAGE_BYTES, bytes }
    at += pagesOf(bytes)
    return block
  })
}

/** `bytes` at `offset` bytes into a block. */
export const within = (block: Block, offset: number, bytes: number): Block => ({
  start: block.start + offset,
  bytes
})
