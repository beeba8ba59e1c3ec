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

export class StreamBuffer {
  readonly buffers = [batchBuffer(BATCH_CAPACITY), batchBuffer(BATCH_CAPACITY)]
  private readonly batches: AccessBatch[] = this.buffers.map((buffer) => batchOver(buffer, BATCH_CAPACITY))
  private current = 0
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

  private async turn(): Promise<boolean> {
    this.next ??= this.fill(1 - this.current)
    this.filled = await this.next
    this.current = 1 - this.current
    this.cursor = 0
    this.next = this.filled === BATCH_CAPACITY ? this.fill(1 - this.current) : Promise.resolve(0)
    // A failure surfaces when the batch is taken, not while an earlier one still runs.
    this.next.catch(() => undefined)
    return this.filled > 0
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
