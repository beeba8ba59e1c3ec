/** The map of one layer's physical memory: cells of frames by owner, and how free memory hangs together. */
import { FREE_BLOCK_ORDERS, type PhysicalMap } from '@shared/model/physical-map'
import type { FrameAllocator } from '../../software/frames/frame-allocator'
import type { Layer } from '../../software/layer'
import type { Stack } from '../../software/stack'
import { FrameOwners } from './frame-owners'

export function physicalMap(stack: Stack, layer: Layer): PhysicalMap {
  const { frames, dataCells } = layer
  const owners = new FrameOwners(stack, layer)
  return {
    frames: frames.frames,
    framesPerCell: dataCells.framesPerCell,
    cells: owners.cells,
    byOwner: owners.byOwner,
    longestFreeRun: frames.largestRun(),
    freeInBlocks: freeInBlocks(frames)
  }
}

/** Share of the free frames in free blocks of each order and above. */
export const freeInBlocks = (frames: FrameAllocator): number[] =>
  Array.from({ length: FREE_BLOCK_ORDERS }, (_, order) =>
    frames.freeFrames === 0 ? 1 : 1 - frames.unusableFreeSpace(order)
  )
