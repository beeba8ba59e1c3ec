/** A process of the innermost layer: what a CPU runs. */
import type { AddressSpace } from '../space/address-space'

export interface Process {
  /** Number in the stream; the first is 0. */
  readonly id: number
  /** Replaced by exec. */
  space: AddressSpace
  /** First page of its heap, once it has one. */
  heapStart: number
}
