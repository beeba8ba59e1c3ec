/** A process of the innermost layer: what a CPU runs. */
import type { AddressSpace } from '../space/address-space'

export interface Process {
  /** Number in the stream; the first is 0. */
  readonly id: number
  /** Replaced by exec. */
  space: AddressSpace
  /** Tags its entries in TLBs and walk caches. */
  readonly pcid: number
  /** First page of its heap, once it has one. */
  heapStart: number
}

/** Mixed into the tags of its frames, so that its pages and those of another family are told apart. */
export const saltOf = ({ space }: Process): number => space.salt
