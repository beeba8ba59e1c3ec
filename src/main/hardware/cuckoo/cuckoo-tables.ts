/** What hardware has loaded of elastic cuckoo page tables: registers that its software keeps (CR3 names them). */
import type { CuckooWays } from '../registers/cuckoo-ways'

export interface CuckooTables {
  /** By page size: 4 KiB, 2 MiB. */
  readonly ways: readonly CuckooWays[]
  /** Of the walk tables: hints about regions of 2 MiB, and of 1 GiB. */
  readonly regionWays: CuckooWays
  readonly giantWays: CuckooWays
  /** What no probe finds is not mapped: the radix index need not be walked. */
  readonly isComplete: boolean
  /** Where the page's entry is: 0..2 a way for 4 KiB pages, 3..5 for 2 MiB pages; -1: nowhere. For walks that know by decree. */
  placeOf(page: number): number
  /** A or D bits were set in the page's entry: the kernel wants them in its index too. */
  marked(page: number, bits: number): void
}
