/** Whose the frames of a layer are, and how much of them is free in one piece. */

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
