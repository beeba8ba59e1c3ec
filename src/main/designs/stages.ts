/** Stacks of walkers that several designs share: radix or registers at each layer, with or without EPT02. */
import { machineContext, vpidOfLayer } from '@shared/arch/context'
import type { LayerMode } from '@shared/model/environment'
import { GteaReader } from '../hardware/registers/gtea-reader'
import { RegisterStage } from '../hardware/registers/register-stage'
import { FreePort } from '../hardware/walker/entry-port'
import { KnownPathStage } from '../hardware/walker/known-path-stage'
import type { LeafStageParts } from '../hardware/walker/leaf-stage'
import { RadixStage } from '../hardware/walker/radix-stage'
import type { Stage } from '../hardware/walker/stage'
import { EmulatedPath } from '../hardware/walker/table-path'
import type { TranslationState } from '../hardware/walker/translation-state'
import { FLAG_SHADOW, Walk } from '../hardware/walker/walk'
import type { HardwareParts } from './design'

/** The radix walker of layer k over the stage below. */
export function radixStage(parts: HardwareParts, k: number, below: Stage | null): Stage {
  return radixOver(parts, k, parts.states[k], below, false)
}

/** The walker of EPT02, which stands for the two lower layers of a nested stack. */
export function shadowStage(parts: HardwareParts): Stage {
  if (parts.shadowState === null) throw new Error('shadowStage: this stack keeps no EPT02')
  return radixOver(parts, 0, parts.shadowState, null, true)
}

function radixOver(
  parts: HardwareParts,
  k: number,
  state: TranslationState,
  below: Stage | null,
  isShadow: boolean
): Stage {
  const caches = parts.walkCaches
  const leafParts = { layer: k, levels: parts.spec.levels, below, walk: parts.walk, port: parts.port }
  if (parts.walksKnownPaths) return knownPathStage(parts, leafParts, state, isShadow)
  return new RadixStage({
    ...leafParts,
    state,
    pwc: caches?.pwc[k] ?? null,
    pwcLatency: caches?.pwcLatency ?? 0,
    ntlb: caches?.ntlb[k] ?? null,
    ntlbLatency: caches?.ntlbLatency ?? 0,
    tablesContext: machineContext(vpidOfLayer(k)),
    isShadow
  })
}

/** The walk style `artifact`: tables are found at no cost by radix walks, then read in time. */
function knownPathStage(
  parts: HardwareParts,
  leafParts: LeafStageParts & { readonly levels: number },
  state: TranslationState,
  isShadow: boolean
): Stage {
  const { layer, levels } = leafParts
  const { stack, walkCaches } = parts
  const isInnermost = layer === stack.layers.length - 1
  return new KnownPathStage({
    ...leafParts,
    path: new EmulatedPath(stack.memory, state, levels, isShadow ? null : freeRadix(parts, layer - 1)),
    pathBelow: null,
    walkCache: walkCaches?.eager[layer] ?? null,
    walkCacheLatency: walkCaches?.pwcLatency ?? 0,
    isInnermost,
    stepsBelow: isShadow ? 0 : stepsOf(parts, layer - 1),
    flags: isShadow ? FLAG_SHADOW : 0,
    isShadow
  })
}

/** Steps of a whole walk of the layers down from k, EPT02 standing for two of them where there is one. */
function stepsOf({ spec, stack }: HardwareParts, k: number): number {
  const layers = k === 1 && stack.shadow !== null ? 1 : k + 1
  return (spec.levels + 1) ** layers - 1
}

/** Radix walks of the layers from k down that cost nothing; null below L0. */
function freeRadix(parts: HardwareParts, k: number): Stage | null {
  if (k < 0) return null
  const free = new FreePort(parts.stack.memory, false)
  const untimed = { ...parts, walk: new Walk(), port: free, walkCaches: null, walksKnownPaths: false }
  return Array.from({ length: k + 1 }, (_, i) => i).reduce<Stage | null>(
    (below, i) => radixStage(untimed, i, below),
    null
  )
}

function registerStage(
  parts: HardwareParts,
  k: number,
  below: Stage | null,
  fallback: Stage | null
): RegisterStage {
  const { walk, port, walkCaches, stack } = parts
  const readsEntries = stack.gteas.mode !== 'on-load'
  return new RegisterStage({
    layer: k,
    state: parts.states[k],
    matchCycles: parts.spec.dmt.matchCycles,
    below,
    fallback,
    gteas: readsEntries
      ? new GteaReader({ table: stack.gteas, port, walk, cache: walkCaches?.gtea ?? null })
      : null,
    walk,
    port
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
