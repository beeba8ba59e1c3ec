/** The frames behind areas: granted by L0 where the guest cooperates, else contiguous ones of the layer's own. */
import type { Frame } from '@shared/address/address'
import { counted } from '@shared/format/counted'
import type { Grant } from '../hypervisor/grant'
import type { Layer } from '../layer'
import { SLOT_LOST, type Tea } from './tea'
import type { TeaContext } from './tea-policy'

export interface AreaFrames {
  readonly base: Frame
  readonly grant: Grant | null
}

/** All zeros, and backed by the layers below: a fetch must find zeros, not a violation. Null: none so long. */
export function claimArea({ layer, mode }: TeaContext, slots: number): AreaFrames | null {
  const grant = mode === 'P' ? layer.hypercalls.allocate(slots) : null
  const base = grant ? grant.window : ownArea(layer, slots)
  if (base < 0) return null
  if (grant) clear(layer, base, slots)
  return { base: base as Frame, grant }
}

/** Contiguous frames of the layer's own. */
function ownArea(layer: Layer, slots: number): number {
  const base = layer.allocateArea(slots)
  const text =
    base < 0
      ? `no run of ${counted(slots, 'frame')} is free`
      : `takes ${counted(slots, 'contiguous frame')} of its own`
  layer.ledger.calls.say(layer.index, layer.index, text, base < 0)
  return base
}

/** The frames next to an area, zeroed; false when one of them is in use. */
export function claimAt(layer: Layer, base: number, slots: number): boolean {
  if (slots === 0) return true
  if (!layer.frames.allocateAt(base, slots)) return false
  clear(layer, base, slots)
  return true
}

/** Frames of the layer's own, which can be had and given back one by one; a window is all or nothing. */
export const isOwnMemory = (layer: Layer, tea: { readonly base: number }): boolean =>
  tea.base < layer.frames.frames

export function releaseFrames(layer: Layer, { base, grant }: AreaFrames, states: Uint8Array): void {
  if (grant) return layer.hypercalls.giveBack(grant)
  releaseRun(layer, base, states, 0, states.length)
}

/** Returns slots from..to-1; those whose frames the system got earlier are not its business any more. */
export function releaseRun(layer: Layer, base: number, states: Uint8Array, from: number, to: number): void {
  for (let i = from; i < to;) {
    if (states[i] === SLOT_LOST) {
      i++
      continue
    }
    const lost = states.indexOf(SLOT_LOST, i)
    const end = lost < 0 || lost > to ? to : lost
    layer.releaseArea((base + i) as Frame, end - i)
    i = end
  }
}

export const framesOf = (tea: Tea): AreaFrames => ({ base: tea.base, grant: tea.grant })

function clear(layer: Layer, base: number, slots: number): void {
  for (let i = 0; i < slots; i++) layer.entries.clear((base + i) as Frame)
}
