/** Where everything of the tree lies. */
import { PAGE_BYTES } from '@shared/address/address'
import type { AddressPlan, Block } from '../program/address-plan'
import { timeOf } from './middle'
import {
  HEADERS_PER_SLAB,
  HEADER_BYTES,
  MAPPED_SLABS,
  RECORDS_PER_SLAB,
  RECORD_BYTES,
  SLAB_ALIGNMENT,
  SLAB_BYTES,
  SlabOrder,
  roundUp
} from './slabs'
import type { GrownTree } from './tree'

export const ELEMENT_BYTES = 16
/** malloc's header in front of what it hands out. */
const CHUNK_HEADER_BYTES = 16
const LINE_BYTES = 64
const LEAST_HEAP_BYTES = 132 * 1024
const PAGES_PER_SLAB = SLAB_BYTES / PAGE_BYTES

/** What one of so many bytes, aligned to a line, takes of the heap: malloc's size field, and what is left over. */
const lineAligned = (bytes: number): number => roundUp(roundUp(bytes + 8, CHUNK_HEADER_BYTES), LINE_BYTES)

const keyArrayBytes = (order: number): number => lineAligned(8 * (order - 1))
export const arrayBytes = (order: number): number => keyArrayBytes(order) + lineAligned(8 * order)

/** What glibc maps for a block aligned to 2 MiB. */
const mappingBytes = (bytes: number): number =>
  roundUp(bytes + SLAB_ALIGNMENT + 3 * CHUNK_HEADER_BYTES, PAGE_BYTES)

export class TreeMemory {
  private readonly slabs: SlabOrder
  private readonly mapped: Block
  private readonly heap: Block
  /** Offsets into the mapped area of the two arrays of elements. */
  private readonly evens: number
  private readonly odds: number
  /** Where, below its end, slabs begin. */
  private readonly slabsEnd: number
  private readonly pairBytes: number
  private readonly keyBytes: number
  /** Offset into the heap of its first slab, nodes whose arrays lie before it, and those between two slabs. */
  private readonly firstHeapSlab: number
  private readonly nodesBefore: number
  private readonly nodesBetween: number

  constructor(
    plan: AddressPlan,
    tree: GrownTree,
    private readonly keys: number,
    order: number
  ) {
    const { creation } = tree
    this.slabs = new SlabOrder(keys, creation)
    const elements = mappingBytes((keys / 2) * ELEMENT_BYTES)
    const slabCount = Math.min(this.slabs.count, MAPPED_SLABS)
    const size = roundUp(2 * elements + slabCount * mappingBytes(SLAB_BYTES), SLAB_ALIGNMENT)
    this.evens = alignedIn(size - elements)
    this.odds = alignedIn(size - 2 * elements)
    this.slabsEnd = size - 2 * elements
    this.mapped = plan.map('slabs', size, this.backedMappings(slabCount))

    this.keyBytes = keyArrayBytes(order)
    this.pairBytes = arrayBytes(order)
    this.nodesBefore = this.slabs.nodesWhenFull ?? creation.nodes
    this.firstHeapSlab = roundUp(this.nodesBefore * this.pairBytes, SLAB_ALIGNMENT)
    if (this.slabs.nodesWhenFull !== null) this.nodesBefore = Math.floor(this.firstHeapSlab / this.pairBytes)
    this.nodesBetween = Math.floor((SLAB_ALIGNMENT - SLAB_BYTES) / this.pairBytes)
    this.heap = this.layOutHeap(plan, creation.nodes)
  }

  header(node: number): number {
    const position = this.slabs.ofHeaders[Math.floor(node / HEADERS_PER_SLAB)]
    return this.slab(position) + (HEADERS_PER_SLAB - 1 - (node % HEADERS_PER_SLAB)) * HEADER_BYTES
  }

  keyArray(node: number): number {
    return this.heap.start + this.pairOffset(node)
  }

  pointerArray(node: number): number {
    return this.keyArray(node) + this.keyBytes
  }

  record(key: number): number {
    const record = timeOf(key, this.keys)
    const position = this.slabs.ofRecords[Math.floor(record / RECORDS_PER_SLAB)]
    return this.slab(position) + (RECORDS_PER_SLAB - 1 - (record % RECORDS_PER_SLAB)) * RECORD_BYTES
  }

  element(key: number): number {
    const [array, fromEdge] = key % 2 === 0 ? [this.evens, key] : [this.odds, this.keys - 1 - key]
    return this.mapped.start + array + (fromEdge / 2) * ELEMENT_BYTES
  }

  private slab(position: number): number {
    if (position < MAPPED_SLABS) return this.mapped.start + this.mappedSlab(position)
    return this.heap.start + this.firstHeapSlab + (position - MAPPED_SLABS) * SLAB_ALIGNMENT
  }

  private mappedSlab(position: number): number {
    return alignedIn(this.slabsEnd - (position + 1) * mappingBytes(SLAB_BYTES))
  }

  private pairOffset(node: number): number {
    const behind = node - this.nodesBefore
    if (behind < 0) return node * this.pairBytes
    const gap = Math.floor(behind / this.nodesBetween)
    const start = this.firstHeapSlab + gap * SLAB_ALIGNMENT + SLAB_BYTES
    return start + (behind % this.nodesBetween) * this.pairBytes
  }

  /** Pages of the slabs and arrays, each with the page in front, where malloc keeps its header. */
  private backedMappings(slabs: number): Int32Array {
    const backed = new Int32Array(2 * (slabs + 2))
    for (let i = 0; i < slabs; i++) {
      backed[2 * i] = this.mappedSlab(slabs - 1 - i) / PAGE_BYTES - 1
      backed[2 * i + 1] = PAGES_PER_SLAB + 1
    }
    const pages = Math.ceil(((this.keys / 2) * ELEMENT_BYTES) / PAGE_BYTES) + 1
    backed.set([this.odds / PAGE_BYTES - 1, pages, this.evens / PAGE_BYTES - 1, pages], 2 * slabs)
    return backed
  }

  private layOutHeap(plan: AddressPlan, nodes: number): Block {
    const arraysEnd = this.pairOffset(nodes - 1) + this.pairBytes
    const slabs = Math.max(0, this.slabs.count - MAPPED_SLABS)
    if (slabs === 0) return plan.heap(Math.max(LEAST_HEAP_BYTES, arraysEnd))
    const dense = Math.max(0, Math.ceil((arraysEnd - this.firstHeapSlab) / SLAB_ALIGNMENT))
    const denseBytes = this.firstHeapSlab + dense * SLAB_ALIGNMENT
    const backed = [0, Math.min(denseBytes, roundUp(arraysEnd, SLAB_ALIGNMENT)) / PAGE_BYTES]
    for (let slab = dense; slab < slabs; slab++) {
      backed.push((this.firstHeapSlab + slab * SLAB_ALIGNMENT) / PAGE_BYTES, PAGES_PER_SLAB)
    }
    const bytes = Math.max(arraysEnd, this.firstHeapSlab + (slabs - 1) * SLAB_ALIGNMENT + SLAB_BYTES)
    backed[1] = Math.min(backed[1], Math.ceil(bytes / PAGE_BYTES))
    return plan.heap(bytes, Int32Array.from(backed))
  }
}

/** The first place in a mapping that starts at `start` for a block aligned to 2 MiB. */
const alignedIn = (start: number): number => roundUp(start + CHUNK_HEADER_BYTES, SLAB_ALIGNMENT)
