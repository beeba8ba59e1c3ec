/** The way through a layer’s table to an address, page by page. Looking only. */
import type { LayerName } from './environment'

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
