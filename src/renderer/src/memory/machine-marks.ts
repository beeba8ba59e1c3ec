/** Where each layer's largest TEA lies in the machine, as a share of its length. */
import type { LayerName } from '@shared/model/environment'
import type { MemoryLook } from '@shared/model/memory-look'

export interface MachineMark {
  readonly layer: LayerName
  /** 0..1 from the first frame. */
  readonly at: number
  /** Marks so close before it that they would lie on one another. */
  readonly beside: number
}

/** Share of the drawing that a mark takes. */
const WIDE = 0.06

export function machineMarks(look: MemoryLook): MachineMark[] {
  const frames = look.layers.at(-1)?.physical.frames ?? 0
  const marks = look.layers.flatMap(({ layer, teas }) => {
    const largest = [...teas].sort((a, b) => b.slots - a.slots)[0]
    const run = largest?.machine[0]
    return run && frames > 0 ? [{ layer, at: run.frame / frames }] : []
  })
  const sorted = marks.sort((a, b) => a.at - b.at)
  return sorted.map((mark, i) => ({
    ...mark,
    beside: sorted.slice(0, i).filter(({ at }) => mark.at - at < WIDE).length
  }))
}
