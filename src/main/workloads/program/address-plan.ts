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
/** What a block of so many pages starts at a multiple of; the kernel aligns large mappings as well. */
const alignmentFor = (pages: number): number => {
  if (pages >= PAGES_IN['1G']) return PAGES_IN['1G']
  return pages >= PAGES_IN['2M'] ? PAGES_IN['2M'] : 1
}

const pagesOf = (bytes: number): number => Math.ceil(bytes / PAGE_BYTES)

export class AddressPlan {
  readonly text: ProgramText
  readonly data: Block
  readonly stack: Block
  private readonly program = programAreas()
  private readonly mapped: Area[] = []
  private readonly heaps: Area[] = []
  private below = MMAP_TOP

  constructor() {
    const { text, data, stack } = this.program
    this.text = new ProgramText(text.start, text.pages)
    this.data = blockOf(data)
    this.stack = blockOf(stack)
  }

  /** All areas, ascending. */
  get areas(): readonly Area[] {
    const { text, data, heap, stack } = this.program
    const heaps = this.heaps.length > 0 ? this.heaps : [heap]
    return [text, data, ...heaps, ...[...this.mapped].reverse(), stack]
  }

  /** The small heap that every program has, or one of so many bytes; asked for once. */
  heap(bytes?: number, backed: Backed = 'all'): Block {
    const { heap } = this.program
    if (bytes === undefined) return blockOf(heap)
    const pages = pagesOf(bytes)
    const start = alignUp(heap.start, pages < PAGES_IN['1G'] ? 1 : PAGES_IN['1G'])
    this.heaps.push(withBacking({ ...heap, start, pages }, backed))
    return { start: start * PAGE_BYTES, bytes }
  }

  /**
   * A mapping of its own. Where it is 1 GiB or more it starts at a multiple of that, and otherwise, where it is
   * 2 MiB or more, at a multiple of that, whatever the page sizes are, so that runs which differ in page size alone see the same addresses.
   */
  map(name: string, bytes: number, backed: Backed = 'all'): Block {
    return this.mapTogether(name, [{ name, bytes }], backed)[0]
  }

  /**
   * An array that malloc was asked to align: a mapping longer by `alignment` bytes, a multiple of 1 GiB, of which
   * only the array and malloc's headers, at the beginning and in front of the array, are ever touched.
   */
  mapAligned(name: string, bytes: number, alignment: number): Block {
    const unit = pagesOf(alignment)
    const pages = pagesOf(bytes)
    const start = alignDown(this.below - pages - unit, PAGES_IN['1G'])
    const first = alignUp(start + 1, unit)
    this.mapTogether(
      name,
      [{ name, bytes: bytes + alignment }],
      Int32Array.of(0, 1, first - start - 1, pages + 1)
    )
    return { start: first * PAGE_BYTES, bytes }
  }

  /** Mappings that the kernel has merged into one area, ascending, each at a page of its own. */
  mapTogether(name: string, parts: readonly Part[], backed: Backed = 'all'): Block[] {
    const pages = parts.reduce((sum, part) => sum + pagesOf(part.bytes), 0)
    const start = alignDown(this.below - pages, alignmentFor(pages))
    this.below = start - GUARD_PAGES
    const area: Area = { name, start, pages, writable: true, executable: false, origin: 'workload' }
    this.mapped.push(withBacking(area, backed))
    return blocksFrom(start, parts)
  }
}

const withBacking = (area: Area, backed: Backed): Area => (backed === 'all' ? area : { ...area, backed })

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
