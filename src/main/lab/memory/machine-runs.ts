/** Where adjacent frames of a layer lie in the machine: as few runs of machine frames as there are. */
import { alignDown, pagesPerEntry } from '@shared/address/address'
import { PRESENT, entryFrame } from '@shared/arch/entry'
import type { MachineRun } from '@shared/model/memory-look'
import type { Layer } from '../../software/layer'

export interface MachineRuns {
  /** The first `most` of them. */
  readonly first: readonly MachineRun[]
  readonly count: number
}

/** Frames [base, base + count) of layer k; those that nothing backs are in no run. Looking only. */
export function machineRuns(
  layers: readonly Layer[],
  k: number,
  base: number,
  count: number,
  most: number
): MachineRuns {
  const first: { frame: number; frames: number }[] = []
  let runs = 0
  let next = -1
  for (let at = 0; at < count;) {
    const { frame, frames } = behind(layers, k, base + at, count - at)
    if (frame >= 0 && frame !== next) {
      runs++
      if (runs <= most) first.push({ frame, frames: 0 })
    }
    if (frame >= 0 && runs <= most) first[runs - 1].frames += frames
    next = frame >= 0 ? frame + frames : -1
    at += frames
  }
  return { first, count: runs }
}

/** The machine frame behind a frame, -1 without one, and how many from there on the same leaves map in one piece. */
function behind(layers: readonly Layer[], k: number, frame: number, most: number): MachineRun {
  let f = frame
  let frames = most
  for (let j = k - 1; j >= 0; j--) {
    const { level, low, high } = layers[j].space.table.find(f)
    if ((low & PRESENT) === 0) return { frame: -1, frames: 1 }
    const pages = pagesPerEntry(level)
    const within = f - alignDown(f, pages)
    frames = Math.min(frames, pages - within)
    f = entryFrame(low, high) + within
  }
  return { frame: f, frames }
}
