/** What the Memory view shows of one lane: areas, registers, TEAs and frames of every layer. Looking only. */
import type { LayerName } from './environment'

/**
 * Who a frame belongs to, seen from its layer: to a hypervisor all memory of its guest is data. `tea`: a slot of an area
 * of the layer's own, or what is left behind a window that has lost its grant; `gtea`: machine frames granted to a
 * guest (L0 alone); `design`: what the design keeps beside ordinary tables; `hypervisor`: shadow tables, and in a guest
 * what the balloon holds; `pinned`: load that never moves, put in by the fragmentation of the set-up, and frame 0, which
 * stays unused. Windows lie beyond a guest's memory and are no frames of it.
 */
export const FRAME_OWNERS = [
  'free',
  'data',
  'table',
  'tea',
  'gtea',
  'design',
  'hypervisor',
  'pinned'
] as const
export type FrameOwner = (typeof FRAME_OWNERS)[number]

export const FRAME_OWNER_TITLE: Record<FrameOwner, string> = {
  free: 'Free',
  data: 'Data',
  table: 'Page table',
  tea: 'TEA',
  gtea: 'gTEA',
  design: 'Design’s own',
  hypervisor: 'Hypervisor',
  pinned: 'Pinned'
}

/** Orders of the buddy allocator that the distribution of free blocks is told for: 2^0 .. 2^10 frames. */
export const FREE_BLOCK_ORDERS = 11

/** Cells of a map of physical memory at most. */
export const MOST_MAP_CELLS = 2048

/** Physical memory of one layer, drawn as cells of equally many frames; the last cell may have fewer. */
export interface PhysicalMap {
  readonly frames: number
  /** A power of two. */
  readonly framesPerCell: number
  /** Frames of each owner in each cell: FRAME_OWNERS.length numbers a cell, in that order. */
  readonly cells: Uint32Array
  /** Frames of each owner, in the order of FRAME_OWNERS. */
  readonly byOwner: readonly number[]
  readonly longestFreeRun: number
  /**
   * Share (0..1) of the free frames that lie in free blocks of at least 2^n frames, as the buddy allocator keeps them;
   * FREE_BLOCK_ORDERS numbers. 1 minus the unusable free space index of the order; all 1 where nothing is free.
   */
  readonly freeInBlocks: readonly number[]
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
  /** Of those, the bytes whose leaf entries lie in TEAs that a valid register names; 0 where registers are off. */
  readonly coveredBytes: number
  /** TEAs that hold its leaf tables, by index. */
  readonly teas: readonly number[]
  /** Why it has none: one clause; null where it has. */
  readonly outside: string | null
}

export interface RegisterLook {
  readonly n: number
  /** It names an area. Where `registersEnabled` of its layer is false walks pass it by all the same. */
  readonly isValid: boolean
  /** Level of the leaf entries: 1, 2, 3; 0 when invalid. */
  readonly level: number
  readonly start: string
  readonly end: string
  readonly bytes: number
  /**
   * Physical address of the area (hex): of the machine where `gtea` is set, else of the layer's own space; null when
   * invalid, and where only walks ask which frames an ID stands for.
   */
  readonly base: string | null
  readonly gtea: { readonly id: number; readonly offset: number } | null
  /** The TEA it names; null when invalid. */
  readonly tea: number | null
}

/** So many runs of a TEA's machine frames are told one by one. */
export const MOST_MACHINE_RUNS = 16

/** At most this many numbers describe the slots of a TEA. */
export const MOST_SLOT_CELLS = 128

export interface TeaLook {
  readonly index: number
  readonly level: number
  readonly start: string
  readonly end: string
  readonly bytes: number
  readonly slots: number
  /** Slots that the tree links; kept for splits of huge pages; lost by the published kernel's defect. */
  readonly linked: number
  readonly deposits: number
  readonly lost: number
  /** Share (0..255) of linked slots in each of at most MOST_SLOT_CELLS equal parts. */
  readonly slotCells: Uint8Array
  /** First frame in the layer's own physical space; beyond its memory where it is a window. */
  readonly base: number
  /** Where its frames lie in the machine, in the order of slots, the first MOST_MACHINE_RUNS runs. */
  readonly machine: readonly MachineRun[]
  /** Of all its runs: 1 where it is machine-contiguous. */
  readonly machineRuns: number
  /** Areas that it serves, by index. */
  readonly areas: readonly number[]
  readonly gtea: number | null
  /** Register that names it, or null. */
  readonly register: number | null
}

export const MOST_AREAS = 256

export interface LayerLook {
  readonly layer: LayerName
  /** What it is in this environment: "Guest OS". */
  readonly role: string
  /** How this layer is translated: `radix`, `dmt` or `pvdmt`, else the ID of the lane's design. */
  readonly translatedBy: string
  /** The process that is shown, of those that the layer runs; virtual machines have one. */
  readonly process: number
  readonly processes: readonly number[]
  /** In the order of addresses; the MOST_AREAS largest of `areaCount`. */
  readonly areas: readonly AreaLook[]
  readonly areaCount: number
  readonly registers: readonly RegisterLook[]
  readonly registersEnabled: boolean
  readonly teas: readonly TeaLook[]
  /** Of all areas; granted windows are none. */
  readonly mappedBytes: number
  readonly coveredBytes: number
  /** Levels of its table, and table pages it has now. */
  readonly levels: number
  readonly tablePages: number
  readonly physical: PhysicalMap
}

export interface MemoryLook {
  /** ID of the lane's design as it stands: a switch may have changed it. */
  readonly design: string
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
  /** Frame in the layer's own space, and in the machine; -1 where nothing backs it. */
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
  /** Number of the process whose table it is. */
  readonly process: number
  /** Hex, of the layer's input space. */
  readonly address: string
  /** Name of the area that holds it, or null. */
  readonly area: string | null
  readonly pages: readonly TablePageLook[]
  /** What the leaf at its end maps the address to, in the layer's own space and in the machine; null without one. */
  readonly target: { readonly frame: number; readonly machineFrame: number } | null
}

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

/** One message between layers in a conversation; from a layer to itself where it is work that it does. */
export interface CallMessage {
  readonly from: LayerName
  readonly to: LayerName
  /** "allocate 2,049 frames", "reflected: L1 owns this call", "denied: longest free run is 6,912". */
  readonly text: string
  /** Booked for it, as `softwareCycles`. */
  readonly cycles: number
  /** VM exits that it takes. */
  readonly exits: number
  readonly isRefusal: boolean
}

export const MOST_FIRST_CALLS = 64
export const MOST_LAST_CALLS = 192

/**
 * `denied`: L0 refused, and frames of the asker's own serve; `fallback`: ordinary tables serve; `split`: granted in
 * pieces; `migrated`: tables have moved; `revoked`: a grant has ended; `refused`: a guest named what is not its own.
 */
export const CALL_RESULTS = [
  'granted',
  'denied',
  'fallback',
  'split',
  'migrated',
  'revoked',
  'refused'
] as const

/** A request between layers, or of a layer to its own allocator, from its first message to its result. */
export interface Conversation {
  /** From 1. The first MOST_FIRST_CALLS and the last MOST_LAST_CALLS of a lane are kept. */
  readonly n: number
  readonly reference: number
  readonly asker: LayerName
  /** "allocate 2,049 frames for table". */
  readonly title: string
  readonly result: (typeof CALL_RESULTS)[number]
  /** One clause. */
  readonly outcome: string
  /** Asked for. */
  readonly frames: number
  /** Sums over the messages. */
  readonly exits: number
  readonly cycles: number
  readonly messages: readonly CallMessage[]
  /** TEA of the asker it was for, where it still stands. */
  readonly tea: number | null
}

/**
 * What one degree of fragmentation leaves of coverage, tried on a machine of its own: one area of the footprint, one
 * page of each 2 MiB of it touched. No other data is mapped, so nothing is moved to make room.
 */
export interface FragmentationTry {
  readonly fragmentation: number
  readonly design: string
  /** Bytes of the area, at most those of the set-up: `isScaled` where they are fewer. */
  readonly footprint: number
  readonly isScaled: boolean
  /** Some layer of the design makes TEAs. */
  readonly hasAreas: boolean
  /** Innermost first. */
  readonly layers: readonly {
    readonly layer: LayerName
    /** Share (0..1) of the layer's eligible areas that TEAs with a valid register cover; null where it makes none. */
    readonly coveredShare: number | null
    readonly teas: number
    /** Frames, before any TEA was made. */
    readonly longestFreeRun: number
    /** As in PhysicalMap, before any TEA was made. */
    readonly freeInBlocks: readonly number[]
  }[]
  /** Runs of frames asked of the layers' allocators, and those that were refused. */
  readonly requests: number
  readonly refusals: number
  /** Requests that went on in two pieces. */
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
  /** Number of the VM that tries. */
  readonly guest: number
  readonly isAllowed: boolean
  /** One clause, as the event says it. */
  readonly outcome: string
  /** The walk of a page that the register claims, right after: its references, and those in frames of another's area. */
  readonly walk: { readonly references: number; readonly foreignReads: number }
  readonly messages: readonly CallMessage[]
}
