/**
 * Memcached's slab pages (slabs.c): each holds items of one size class. glibc maps a page of 1 MiB for itself, with a
 * page of its own for the header, below the last one, until it has made 65,536 mappings; the others are in the heap.
 */
import { PAGE_BYTES } from '@shared/address/address'
import type { AddressPlan, Block } from '../program/address-plan'

export const SLAB_PAGE_BYTES = 2 ** 20
const MAPPED_PAGES = 65_536
const CHUNK_HEADER_BYTES = 16
const MAPPING_BYTES = SLAB_PAGE_BYTES + PAGE_BYTES
const HEAP_CHUNK_BYTES = SLAB_PAGE_BYTES + CHUNK_HEADER_BYTES

/** Size classes: the least, how much larger the next one is, and the largest. */
const LEAST_CHUNK = 96
const CLASS_FACTOR = 1.25
const MOST_CHUNK = SLAB_PAGE_BYTES / 2

/** Bytes that an item takes: those of the least class that it fits. */
export function chunkFor(itemBytes: number): number {
  let chunk = LEAST_CHUNK
  while (chunk < itemBytes) chunk = Math.min(MOST_CHUNK, Math.ceil((chunk * CLASS_FACTOR) / 8) * 8)
  return chunk
}

export class SlabPages {
  private readonly perPage: number
  private readonly mapped: Block
  private readonly heap: Block | null

  constructor(
    plan: AddressPlan,
    items: number,
    private readonly chunk: number
  ) {
    this.perPage = Math.floor(SLAB_PAGE_BYTES / chunk)
    const pages = Math.ceil(items / this.perPage)
    this.mapped = plan.map('slabs', Math.min(pages, MAPPED_PAGES) * MAPPING_BYTES)
    this.heap =
      pages > MAPPED_PAGES ? plan.heap((pages - MAPPED_PAGES) * HEAP_CHUNK_BYTES + PAGE_BYTES) : null
  }

  addressOf(item: number): number {
    const page = Math.floor(item / this.perPage)
    return this.startOf(page) + (item % this.perPage) * this.chunk
  }

  private startOf(page: number): number {
    const { mapped, heap } = this
    if (page < MAPPED_PAGES || !heap) {
      return mapped.start + mapped.bytes - (page + 1) * MAPPING_BYTES + CHUNK_HEADER_BYTES
    }
    return heap.start + (page - MAPPED_PAGES) * HEAP_CHUNK_BYTES + CHUNK_HEADER_BYTES
  }
}
