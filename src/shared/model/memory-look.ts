/** What the Memory view shows of one lane: areas, registers, TEAs and frames of every layer. Looking only. */
import type { LayerName } from './environment'
import type { PhysicalMap } from './physical-map'

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
