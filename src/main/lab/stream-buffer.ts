/**
 * The access stream in two shared batches: while lanes run one, the next is filled. Ends where the stream ends
 * or where the next access would exceed the references asked for.
 */
import { PAGE_BYTES } from '@shared/address/address'
import { FETCH, batchBuffer, batchOver, type AccessBatch } from '@shared/model/access'
import type { LabSpec } from '@shared/model/spec'
import type { AccessSource } from '../workloads/workload'

export const BATCH_CAPACITY = 65_536

/** References of an access that crosses a page. */
export const crossingReferences = ({ tlb }: LabSpec): 1 | 2 => (tlb.crossing === 'first' ? 1 : 2)

export interface BatchSlice {
  /** Which of the two buffers. */
  readonly buffer: number
  readonly from: number
  readonly to: number
}

/** Where a stream stands: which batch, counted from 1, and what is left from there on. */
export interface StreamPosition {
  readonly batch: number
  readonly cursor: number
  readonly warmupLeft: number
  readonly referencesLeft: number
}

export class StreamBuffer {
  readonly buffers = [batchBuffer(BATCH_CAPACITY), batchBuffer(BATCH_CAPACITY)]
  private readonly batches: AccessBatch[] = this.buffers.map((buffer) => batchOver(buffer, BATCH_CAPACITY))
  private current = 0
  private batch = 0
  private cursor = 0
  private filled = 0
  private next: Promise<number> | null = null
  private warmupLeft: number
  private referencesLeft: number

  /** @param warmup accesses that are run before references are counted */
  constructor(
    private readonly source: AccessSource,
    warmup: number,
    references: number,
    /** An access that crosses a page is two references, or one. */
    private readonly crossingReferences: 1 | 2 = 2
  ) {
    this.warmupLeft = warmup
    this.referencesLeft = references
  }

  /**
   * Up to `most` accesses to run next, with the operations before them; null when the stream has ended. Throws what
   * the source throws.
   */
  async take(most: number): Promise<BatchSlice | null> {
    if (this.cursor === this.filled && !(await this.turn())) return null
    const from = this.cursor
    const to = this.limit(from, most)
    if (to === from) return null
    this.cursor = to
    return { buffer: this.current, from, to }
  }

  /** Accesses left of the warm-up; a slice never crosses its end. */
  get warmup(): number {
    return this.warmupLeft
  }

  /** The end of a batch is the beginning of the next. */
  get position(): StreamPosition {
    const { warmupLeft, referencesLeft } = this
    const isAtEnd = this.cursor === this.filled
    const place = isAtEnd ? { batch: this.batch + 1, cursor: 0 } : { batch: this.batch, cursor: this.cursor }
    return { ...place, warmupLeft, referencesLeft }
  }

  /** Goes back within the batch at hand; false when the position lies in an earlier one, which is gone. */
  seek({ batch, cursor, warmupLeft, referencesLeft }: StreamPosition): boolean {
    if (batch < this.batch) return false
    if (batch === this.batch) this.cursor = cursor
    this.warmupLeft = warmupLeft
    this.referencesLeft = referencesLeft
    return true
  }

  /** The batch at hand stays where there is no other. */
  private async turn(): Promise<boolean> {
    this.next ??= this.fill(1 - this.current)
    const filled = await this.next
    if (filled === 0) return false
    this.filled = filled
    this.batch++
    this.current = 1 - this.current
    this.cursor = 0
    this.next = this.filled === BATCH_CAPACITY ? this.fill(1 - this.current) : Promise.resolve(0)
    // A failure surfaces when the batch is taken, not while an earlier one still runs.
    this.next.catch(() => undefined)
    return true
  }

  private async fill(buffer: number): Promise<number> {
    return this.source.fill(this.batches[buffer], 0, BATCH_CAPACITY)
  }

  private limit(from: number, most: number): number {
    if (this.warmupLeft === 0) return this.limitByReferences(from, most)
    const { kind } = this.batches[this.current]
    const allowed = Math.min(most, this.warmupLeft)
    let accesses = 0
    let i = from
    for (; i < this.filled && accesses < allowed; i++) if (kind[i] <= FETCH) accesses++
    this.warmupLeft -= accesses
    return i
  }

  /** Operations are no references. */
  private limitByReferences(from: number, most: number): number {
    const { kind, offset, size } = this.batches[this.current]
    let accesses = 0
    let i = from
    for (; i < this.filled && accesses < most; i++) {
      if (kind[i] > FETCH) continue
      const references = offset[i] + size[i] > PAGE_BYTES ? this.crossingReferences : 1
      if (references > this.referencesLeft) {
        this.referencesLeft = 0
        break
      }
      this.referencesLeft -= references
      accesses++
    }
    return i
  }
}
