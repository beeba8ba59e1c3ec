/** Accesses that a program has made and nobody has taken yet. */
import { LOW_SPAN, PAGE_BYTES } from '@shared/address/address'
import { batchBuffer, batchOver, type AccessBatch, type AccessKind } from '@shared/model/access'

const FIRST_CAPACITY = 16_384

export class Tape {
  length = 0
  private columns = columnsOf(FIRST_CAPACITY)
  /** The next access to hand out. */
  private position = 0

  get hasEnded(): boolean {
    return this.position === this.length
  }

  /** @param address bytes from the start of the address space, below 2^47 */
  write(kind: AccessKind, address: number, bytes: number): void {
    const page = Math.floor(address / PAGE_BYTES)
    const high = Math.floor(page / LOW_SPAN)
    this.writePage(kind, high, page - high * LOW_SPAN, address - page * PAGE_BYTES, bytes)
  }

  /** The same with the halves of the page (address.ts). */
  writePage(kind: AccessKind, high: number, low: number, offset: number, bytes: number): void {
    if (this.length === this.columns.capacity) this.grow()
    const { columns, length } = this
    columns.kind[length] = kind
    columns.high[length] = high
    columns.low[length] = low
    columns.offset[length] = offset
    columns.size[length] = bytes
    this.length = length + 1
  }

  /** Forgets what has been handed out. */
  rewind(): void {
    this.length = 0
    this.position = 0
  }

  /** Hands accesses out into batch[from..to); returns the position after the last one. */
  drain(batch: AccessBatch, from: number, to: number): number {
    const count = Math.min(to - from, this.length - this.position)
    const { columns, position } = this
    const end = position + count
    batch.kind.set(columns.kind.subarray(position, end), from)
    batch.high.set(columns.high.subarray(position, end), from)
    batch.low.set(columns.low.subarray(position, end), from)
    batch.offset.set(columns.offset.subarray(position, end), from)
    batch.size.set(columns.size.subarray(position, end), from)
    this.position = end
    return from + count
  }

  private grow(): void {
    const larger = columnsOf(2 * this.columns.capacity)
    larger.kind.set(this.columns.kind)
    larger.high.set(this.columns.high)
    larger.low.set(this.columns.low)
    larger.offset.set(this.columns.offset)
    larger.size.set(this.columns.size)
    this.columns = larger
  }
}

const columnsOf = (capacity: number): AccessBatch => batchOver(batchBuffer(capacity), capacity)
