/** Stacks of walkers that several designs share: radix or registers at each layer, with or without EPT02. */
import { machineContext, vpidOfLayer } from '@shared/arch/context'
import type { LayerMode } from '@shared/model/environment'
import { GteaReader } from '../hardware/registers/gtea-reader'
import { AgileStage } from '../hardware/agile/agile-stage'
import { GUEST_TABLE } from '../hardware/pwc/page-walk-cache'
import { RegisterStage } from '../hardware/registers/register-stage'
import { FreePort } from '../hardware/walker/entry-port'
import { KnownPathStage } from '../hardware/walker/known-path-stage'
import type { LeafStageParts } from '../hardware/walker/leaf-stage'
import { RadixStage, type RadixStageParts } from '../hardware/walker/radix-stage'
import type { Stage } from '../hardware/walker/stage'
import { EmulatedPath } from '../hardware/walker/table-path'
import type { TranslationState } from '../hardware/walker/translation-state'
import { FLAG_SHADOW, Walk } from '../hardware/walker/walk'
import type { LabSpec } from '@shared/model/spec'
import type { ShadowPlan } from '../software/hypervisor/shadows'
import type { SupportScene } from '../software/space/table-support'
import type { HardwareParts } from './design'

/** A table that hardware walks. */
export interface WalkedTable {
  /** Layer that keeps it, and that must act when an entry is missing. */
  readonly layer: number
  /** Layer whose addresses it translates: whose walk caches serve it. */
  readonly dimension: number
  readonly state: TranslationState
  readonly below: Stage | null
  /** It stands for the tables of the layers from `dimension`, or the one above, down. */
  readonly isShadow: boolean
}

/** A nested stack whose two lower layers hardware walks as one table, L0's EPT02. */
export const isOverEpt02 = ({ environment, nested }: LabSpec): boolean =>
  environment === 'nested' && nested.fallback === 'shadow-ept'

/** Of designs that walk EPT02, in their own form or as radix, wherever it may be kept. */
export const ept02Plan = (spec: LabSpec): ShadowPlan => (isOverEpt02(spec) ? 'populated' : 'none')

/** Hardware walks this table: its form beside the index is of use. */
export const isWalked = ({ spec, layer, isShadow }: SupportScene): boolean =>
  isShadow || layer.isInnermost || !isOverEpt02(spec)

/** One walker over the other for the layers from L0 up to k; null below L0. */
export const stackUp = (k: number, over: (layer: number, below: Stage | null) => Stage): Stage | null =>
  Array.from({ length: k + 1 }, (_, layer) => layer).reduce<Stage | null>(
    (below, layer) => over(layer, below),
    null
  )

/** The same for all layers of a stack. */
export const wholeStack = (
  { states }: HardwareParts,
  over: (layer: number, below: Stage | null) => Stage
): Stage => stackUp(states.length - 1, over) as Stage

/** Radix walks of the layers from k down; null below L0. */
export const radixDown = (parts: HardwareParts, k: number): Stage | null =>
  stackUp(k, (layer, below) => radixStage(parts, layer, below))

/** The radix walker of layer k over the stage below. */
export function radixStage(parts: HardwareParts, k: number, below: Stage | null): Stage {
  return radixOver(parts, ownTable(parts, k, below))
}

/** Layer k's own table. */
export const ownTable = ({ states }: HardwareParts, k: number, below: Stage | null): WalkedTable => {
  return { layer: k, dimension: k, state: states[k], below, isShadow: false }
}

/** The walker of EPT02, which stands for the two lower layers of a nested stack. */
export function shadowStage(parts: HardwareParts): Stage {
  return radixOver(parts, shadowAt(parts, 0))
}

/** The walker of a process's shadow, which stands for all layers: a walk as on a machine without guests. */
export function processShadow(parts: HardwareParts): Stage {
  return radixOver(parts, shadowAt(parts, parts.states.length - 1))
}

/** The table that L0 keeps of several layers. @throws when it keeps none */
export function shadowAt({ shadowState }: HardwareParts, dimension: number): WalkedTable {
  if (shadowState === null) throw new Error('shadowAt: this stack keeps no shadow table')
  return { layer: 0, dimension, state: shadowState, below: null, isShadow: true }
}

/** The shadow of a process, from which a walk may switch to the guest's own table over the host's. */
export function agileStack(parts: HardwareParts): Stage {
  const { shadowState, states } = parts
  const inner = states.length - 1
  const host = new RadixStage(radixParts(parts, ownTable(parts, 0, null)))
  const guest = new RadixStage({ ...radixParts(parts, ownTable(parts, inner, host)), tableKind: GUEST_TABLE })
  return new AgileStage(radixParts(parts, shadowAt(parts, inner)), shadowState as TranslationState, guest)
}

function radixOver(parts: HardwareParts, table: WalkedTable): Stage {
  const { layer, state, below } = table
  const leafParts = { layer, levels: state.levels, below, walk: parts.walk, port: parts.port }
  return parts.walksKnownPaths
    ? knownPathStage(parts, leafParts, table)
    : new RadixStage(radixParts(parts, table))
}

export function radixParts(
  { walkCaches: caches, walk, port }: HardwareParts,
  { layer, dimension, state, below, isShadow }: WalkedTable
): RadixStageParts {
  return {
    layer,
    levels: state.levels,
    below,
    walk,
    port,
    state,
    pwc: caches?.pwc[dimension] ?? null,
    pwcLatency: caches?.pwcLatency ?? 0,
    ntlb: caches?.ntlb[dimension] ?? null,
    ntlbLatency: caches?.ntlbLatency ?? 0,
    tablesContext: machineContext(vpidOfLayer(layer)),
    isShadow
  }
}

/** The walk style `artifact`: tables are found at no cost by radix walks, then read in time. */
function knownPathStage(
  parts: HardwareParts,
  leafParts: LeafStageParts & { readonly levels: number },
  { dimension, state, isShadow }: WalkedTable
): Stage {
  const { layer, levels } = leafParts
  const { stack, walkCaches } = parts
  return new KnownPathStage({
    ...leafParts,
    path: new EmulatedPath(stack.memory, state, levels, isShadow ? null : freeRadix(parts, layer - 1)),
    pathBelow: null,
    walkCache: walkCaches?.eager[dimension] ?? null,
    walkCacheLatency: walkCaches?.pwcLatency ?? 0,
    isInnermost: dimension === stack.layers.length - 1,
    stepsBelow: isShadow ? 0 : stepsOf(parts, layer - 1),
    flags: isShadow ? FLAG_SHADOW : 0,
    isShadow
  })
}

/** Steps of a whole walk of the hosts' layers down from k, all of as many levels; EPT02 stands for two of them. */
function stepsOf({ states, stack }: HardwareParts, k: number): number {
  const layers = k === 1 && stack.shadow !== null ? 1 : k + 1
  return (states[0].levels + 1) ** layers - 1
}

/** Radix walks of the layers from k down that cost nothing; null below L0. */
function freeRadix(parts: HardwareParts, k: number): Stage | null {
  const free = new FreePort(parts.stack.memory, false)
  const untimed = { ...parts, walk: new Walk(), port: free, walkCaches: null, walksKnownPaths: false }
  return radixDown(untimed, k)
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
  return wholeStack(parts, (k, below) => layerStage(parts, k, below))
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
