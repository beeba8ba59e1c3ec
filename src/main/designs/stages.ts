/** Stacks of walkers that several designs share: radix or registers at each layer, with or without EPT02. */
import type { LayerMode } from '@shared/model/environment'
import { RegisterStage } from '../hardware/registers/register-stage'
import { RadixStage } from '../hardware/walker/radix-stage'
import type { Stage } from '../hardware/walker/stage'
import type { HardwareParts } from './design'

/** The radix walker of layer k over the stage below. */
export function radixStage(parts: HardwareParts, k: number, below: Stage | null): RadixStage {
  return radixOver(parts, k, parts.stack.layers[k].space.table.root, below, false)
}

/** The walker of EPT02, which stands for the two lower layers of a nested stack. */
export function shadowStage(parts: HardwareParts): RadixStage {
  const shadow = parts.stack.shadow
  if (shadow === null) throw new Error('shadowStage: this stack keeps no EPT02')
  return radixOver(parts, 0, shadow.table.root, null, true)
}

function radixOver(
  parts: HardwareParts,
  k: number,
  root: number,
  below: Stage | null,
  isShadow: boolean
): RadixStage {
  const caches = parts.walkCaches
  return new RadixStage({
    layer: k,
    levels: parts.spec.levels,
    root,
    below,
    walk: parts.walk,
    port: parts.port,
    pwc: caches?.pwc[k] ?? null,
    pwcLatency: caches?.pwcLatency ?? 0,
    ntlb: caches?.ntlb[k] ?? null,
    ntlbLatency: caches?.ntlbLatency ?? 0,
    isShadow
  })
}

function registerStage(
  parts: HardwareParts,
  k: number,
  below: Stage | null,
  fallback: Stage | null
): RegisterStage {
  return new RegisterStage({
    layer: k,
    registers: parts.stack.layers[k].space.teas.registers,
    matchCycles: parts.spec.dmt.matchCycles,
    below,
    fallback,
    walk: parts.walk,
    port: parts.port
  })
}

const usesRegisters = (mode: LayerMode): boolean => mode !== 'R'

/** Layer k by its registers where its mode says so, falling back to its radix table; else by radix at once. */
function layerStage(parts: HardwareParts, k: number, below: Stage | null): Stage {
  const radix = radixStage(parts, k, below)
  return usesRegisters(parts.modes[k]) ? registerStage(parts, k, below, radix) : radix
}

/** Every layer in its mode, each falling back alone: "pure" stacking of any depth. */
export function pureStack(parts: HardwareParts): Stage {
  return parts.stack.layers.reduce<Stage | null>((below, _, k) => layerStage(parts, k, below), null) as Stage
}

/**
 * A nested stack whose two lower layers fall back together to EPT02: as soon as one of their registers does
 * not serve, hardware walks the one shadow table instead of two tables.
 */
export function shadowedStack(parts: HardwareParts): Stage {
  const shadow = shadowStage(parts)
  const [l0, l1] = parts.modes
  const lower =
    usesRegisters(l0) && usesRegisters(l1)
      ? registerStage(parts, 1, registerStage(parts, 0, null, null), shadow)
      : shadow
  return layerStage(parts, 2, lower)
}
