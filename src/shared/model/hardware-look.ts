/** What the translation caches of a CPU hold. Looking only. */
import type { LayerName } from './environment'

/** DMT registers are in MemoryLook. `other`: caches that only the lane's design has. */
export const HARDWARE_TABLES = ['tlb', 'pwc', 'nested-tlb', 'gtea', 'other'] as const

export interface HardwareEntryLook {
  readonly set: number
  readonly way: number
  /** 0 used last .. ways-1 next to go; null where replacement keeps no order. */
  readonly age: number | null
  /** What it is found by: hex. */
  readonly tag: string
  /** Whose it is: "L1, process 3". */
  readonly context: string
  /** What it answers: hex and flags of the structure. */
  readonly value: string
  /** What it stands for: "4 KiB". */
  readonly reach: string
}

/** A translation cache with what it holds now. */
export interface HardwareTableLook {
  readonly id: string
  readonly kind: (typeof HARDWARE_TABLES)[number]
  /** "Data TLB, 4 KiB". */
  readonly title: string
  /** Whose translations it keeps; null for a TLB, which keeps combined ones. */
  readonly layer: LayerName | null
  readonly sets: number
  readonly ways: number
  readonly replacement: string
  /** What `tag` and `value` are, with units: column heads. */
  readonly tagTitle: string
  readonly valueTitle: string
  readonly entries: readonly HardwareEntryLook[]
}

/** What the CPU that runs now keeps. */
export interface HardwareLook {
  readonly reference: number
  /** Number of the CPU, of so many. */
  readonly cpu: number
  readonly cpus: number
  readonly tables: readonly HardwareTableLook[]
}
