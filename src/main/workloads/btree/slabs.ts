/**
 * Pools of small objects, as btree.c has them. A pool that is empty asks for a slab of 256 KiB aligned to 2 MiB and
 * hands its objects out from the end to the beginning.
 *
 * glibc gives a mapping of its own to each request of that size, 2.25 MiB of addresses of which only the slab is used,
 * each below the last, until it has given 65,536. From
 * then on slabs come from the heap, at every 2 MiB of it, and small blocks fill what is between.
 */
import type { Creation } from './creation'

export const SLAB_BYTES = 2 ** 18
export const SLAB_ALIGNMENT = 2 ** 21
export const RECORD_BYTES = 16
export const HEADER_BYTES = 48
export const RECORDS_PER_SLAB = SLAB_BYTES / RECORD_BYTES
export const HEADERS_PER_SLAB = Math.floor(SLAB_BYTES / HEADER_BYTES)
/** glibc's limit, DEFAULT_MMAP_MAX, but for the two arrays of elements. */
export const MAPPED_SLABS = 65_536 - 2

/** In bytes. */
export const roundUp = (bytes: number, unit: number): number => Math.ceil(bytes / unit) * unit

/** The order in which the two pools asked for slabs. */
export class SlabOrder {
  /** Position in it of each slab of records, and of node headers. */
  readonly ofRecords: Int32Array
  readonly ofHeaders: Int32Array
  /** Nodes that there were when the first slab came from the heap; none did when it is null. */
  readonly nodesWhenFull: number | null
  readonly count: number

  constructor(keys: number, creation: Creation) {
    this.ofRecords = new Int32Array(Math.ceil(keys / RECORDS_PER_SLAB))
    this.ofHeaders = new Int32Array(Math.ceil(creation.nodes / HEADERS_PER_SLAB))
    this.count = this.ofRecords.length + this.ofHeaders.length
    let nodesWhenFull: number | null = null
    let records = 0
    let headers = 0
    for (let position = 0; position < this.count; position++) {
      const nodes = creation.before(records * RECORDS_PER_SLAB)
      if (position === MAPPED_SLABS) nodesWhenFull = nodes
      // An insertion makes its record before it makes nodes.
      const isRecords = records < this.ofRecords.length && nodes <= headers * HEADERS_PER_SLAB
      if (isRecords || headers === this.ofHeaders.length) this.ofRecords[records++] = position
      else this.ofHeaders[headers++] = position
    }
    this.nodesWhenFull = nodesWhenFull
  }
}
