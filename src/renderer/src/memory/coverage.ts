/** How much of what a layer maps a register covers. */
import type { LayerLook } from '@shared/model/memory-look'

/** 0..1; 0 where nothing is mapped. */
export const coveredShare = ({ coveredBytes, mappedBytes }: LayerLook): number =>
  mappedBytes === 0 ? 0 : coveredBytes / mappedBytes
