import { formatCount } from '@shared/format/number'
import { LAYER_NAMES } from '@shared/model/environment'

/** A layer has no frame left: the emulated experiment ends here, with its results so far. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory'
  constructor(
    readonly layer: number,
    readonly frames: number
  ) {
    super(`${LAYER_NAMES[layer]} is out of memory: ${formatCount(frames)} frames are all in use`)
  }
}
