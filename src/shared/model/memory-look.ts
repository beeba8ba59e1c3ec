/** What the Memory view shows of one lane: areas, registers, TEAs and frames of every layer. Looking only. */
import type { LayerName } from './environment'

/**
 * Who a frame belongs to. `hypervisor`: what a layer keeps for itself (shadow tables, the gTEA table, a design's own
 * tables); `movable` and `pinned`: load that was there before, put in by the fragmentation of the set-up.
 */
export const FRAME_OWNERS = [
  'free',
  'data',
  'table',
  'tea',
  'gtea',
  'hypervisor',
  'movable',
  'pinned'
] as const
export type FrameOwner = (typeof FRAME_OWNERS)[number]

/** Orders of the buddy allocator that the distribution of free runs is told for: 2^0 .. 2^10 frames. */
export const FREE_RUN_ORDERS = 11

/** Physical memory of one layer, drawn as cells of equally many frames. */
export interface PhysicalMap {
  readonly frames: number
  readonly framesPerCell: number
  /** Frames of each owner in each cell: FRAME_OWNERS.length numbers a cell, in that order. */
  readonly cells: Uint32Array
  /** Frames of each owner, in the order of FRAME_OWNERS. */
  readonly byOwner: readonly number[]
  readonly longestFreeRun: number
  /** Share (0..1) of the free frames that lie in free runs of at least 2^n frames; FREE_RUN_ORDERS numbers. */
  readonly freeInRuns: readonly number[]
}

/** Contiguous machine frames. */
export interface MachineRun {
  readonly frame: number
  readonly frames: number
}

/** A mapped area (VMA, or memslot of a virtual machine). Addresses are hex text of the layer's input space. */
export interface AreaLook {
  readonly index: number
  readonly name: string
  readonly start: string
  readonly end: string
  readonly bytes: number
  /** Bytes that its table maps now. */
  readonly mappedBytes: number
  readonly permissions: string
  /** Bytes of it that a valid register covers. */
  readonly coveredBytes: number
  /** TEAs that hold its leaf tables, by index. */
  readonly teas: readonly number[]
  /** Why it has none: one clause; null where it has. */
  readonly outside: string | null
}

export interface RegisterLook {
  readonly n: number
  readonly isValid: boolean
  /** Level of the leaf entries: 1, 2, 3; 0 when invalid. */
  readonly level: number
  readonly start: string
  readonly end: string
  readonly bytes: number
  /** Base of the area (hex): of the machine where `gtea` is set, else of the layer's own physical space. */
  readonly base: string
  readonly gtea: { readonly id: number; readonly offset: number } | null
  /** The TEA it names; null when invalid. */
  readonly tea: number | null
}

/** At most this many numbers describe the slots of a TEA. */
export const MOST_SLOT_CELLS = 128

export interface TeaLook {
  readonly index: number
  readonly level: number
  readonly start: string
  readonly end: string
  readonly bytes: number
  readonly slots: number
  readonly linked: number
  readonly deposits: number
  readonly lost: number
  /** Share (0..255) of linked slots in each of at most MOST_SLOT_CELLS equal parts. */
  readonly slotCells: Uint8Array
  /** First frame in the layer's own physical space. */
  readonly base: number
  /** Where its frames lie in the machine, at most 16 runs; the first is all of it where it is machine-contiguous. */
  readonly machine: readonly MachineRun[]
  readonly gtea: number | null
  /** Register that names it, or null. */
  readonly register: number | null
}

export interface LayerLook {
  readonly layer: LayerName
  /** What it is in this environment: "Guest OS". */
  readonly role: string
  /** `radix`, `dmt` or `pvdmt`: how this layer is translated now. */
  readonly translatedBy: 'radix' | 'dmt' | 'pvdmt'
  readonly areas: readonly AreaLook[]
  readonly registers: readonly RegisterLook[]
  readonly registersEnabled: boolean
  readonly teas: readonly TeaLook[]
  readonly mappedBytes: number
  readonly coveredBytes: number
  /** Levels of its table, and table pages it has now. */
  readonly levels: number
  readonly tablePages: number
  readonly physical: PhysicalMap
}

export interface MemoryLook {
  /** Accesses done when it was looked at. */
  readonly reference: number
  /** Innermost first. */
  readonly layers: readonly LayerLook[]
}

/** One entry of a table page, decoded where it is shown. */
export interface TableEntryLook {
  readonly index: number
  /** 16 hex digits. */
  readonly entry: string
}

/** One table page on the way to an address. */
export interface TablePageLook {
  readonly level: number
  /** Frame in the layer's own space, and in the machine. */
  readonly frame: number
  readonly machineFrame: number
  /** TEA and slot that it is; null for an ordinary table page. */
  readonly tea: { readonly index: number; readonly slot: number } | null
  /** First address it maps (hex), and bytes that one entry covers. */
  readonly start: string
  readonly bytesPerEntry: number
  /** Index of the address looked for. */
  readonly at: number
  /** Present entries only, by index. */
  readonly entries: readonly TableEntryLook[]
}

/** The way through a layer's table to an address, root first; ends where an entry is not present or a leaf. */
export interface TablePathLook {
  readonly layer: LayerName
  readonly address: string
  readonly pages: readonly TablePageLook[]
}

export const HARDWARE_TABLES = ['tlb', 'pwc', 'nested-tlb', 'registers', 'other'] as const

export interface HardwareEntryLook {
  readonly set: number
  readonly way: number
  /** 0 used last .. ways-1 next to go; null where replacement keeps no order. */
  readonly age: number | null
  /** What it is found by and what it answers, in words and hex of the structure. */
  readonly tag: string
  readonly value: string
  readonly pageSize: string
  readonly layer: LayerName
}

/** A translation cache with what it holds now. */
export interface HardwareTableLook {
  readonly id: string
  readonly kind: (typeof HARDWARE_TABLES)[number]
  /** "Data TLB, 4 KiB". */
  readonly title: string
  readonly sets: number
  readonly ways: number
  readonly replacement: string
  /** What `tag` and `value` are, with units: column heads. */
  readonly tagTitle: string
  readonly valueTitle: string
  readonly entries: readonly HardwareEntryLook[]
}

export interface HardwareLook {
  readonly reference: number
  readonly tables: readonly HardwareTableLook[]
}

/** One message between layers in a conversation. */
export interface CallMessage {
  readonly from: LayerName
  readonly to: LayerName
  /** "allocate 2,049 frames", "reflected: L1 owns this call", "denied: longest free run is 6,912". */
  readonly text: string
  readonly cycles: number
  readonly isRefusal: boolean
}

export const CALL_RESULTS = [
  'granted',
  'denied',
  'fallback',
  'split',
  'migrated',
  'revoked',
  'refused'
] as const

/** A request between layers from its first message to its result. */
export interface Conversation {
  readonly n: number
  readonly reference: number
  readonly asker: LayerName
  /** "allocate 2,049 frames for table". */
  readonly title: string
  readonly result: (typeof CALL_RESULTS)[number]
  /** One clause. */
  readonly outcome: string
  readonly frames: number
  readonly exits: number
  readonly cycles: number
  readonly messages: readonly CallMessage[]
  /** TEA of the asker it was for, where it still stands. */
  readonly tea: number | null
}

/** What one degree of fragmentation leaves of an area's coverage, tried on a machine of its own. */
export interface FragmentationTry {
  readonly fragmentation: number
  readonly layers: readonly {
    readonly layer: LayerName
    readonly coveredShare: number
    readonly teas: number
    readonly longestFreeRun: number
    readonly freeInRuns: readonly number[]
  }[]
  /** Allocations that were refused, and areas that were split because of it. */
  readonly refusals: number
  readonly splits: number
}

/** What a guest may try with an area that is not its own. */
export const ISOLATION_TRIES = ['own', 'other-guest', 'freed', 'beyond-end', 'made-up'] as const
export type IsolationTryId = (typeof ISOLATION_TRIES)[number]

/** One try, made for real on a machine with two guests. */
export interface IsolationTry {
  readonly id: IsolationTryId
  /** What the guest writes into its register, and what the host's table says of that ID. */
  readonly wrote: { readonly id: number; readonly offset: number; readonly slots: number }
  readonly entry: {
    readonly owner: number
    readonly base: number
    readonly frames: number
    readonly isValid: boolean
  } | null
  readonly guest: number
  readonly isAllowed: boolean
  /** One clause, as the event says it. */
  readonly outcome: string
  readonly messages: readonly CallMessage[]
}
