// Flattened page tables: two levels of a table in one node of 2 MiB, so that a walk is half as long in each layer.
import { machineContext, vpidOfLayer } from '@shared/arch/context'
import { ENVIRONMENTS } from '@shared/model/environment'
import { FoldedStage } from '../hardware/folded/folded-stage'
import type { Stage } from '../hardware/walker/stage'
import type { TranslationState } from '../hardware/walker/translation-state'
import { FoldedTable } from '../software/folded/folded-table'
import type { HardwareParts, TranslationDesign } from './design'
import { radix } from './radix'

/** A flattened table that hardware walks. */
interface WalkedTable {
  /** Layer that keeps it. */
  readonly layer: number
  /** Layer whose addresses it translates. */
  readonly dimension: number
  readonly state: TranslationState
  readonly below: Stage | null
  readonly isShadow: boolean
}

function foldedOf({ own }: TranslationState): FoldedTable {
  if (!(own instanceof FoldedTable)) throw new Error('fpt: the table that is loaded has no flattened form')
  return own
}

function foldedStage(parts: HardwareParts, table: WalkedTable): Stage {
  const { layer, dimension, state, below, isShadow } = table
  const caches = parts.walkCaches
  return new FoldedStage({
    layer,
    levels: state.levels,
    below,
    walk: parts.walk,
    port: parts.port,
    state,
    loaded: () => foldedOf(state),
    pwc: caches?.pwc[dimension] ?? null,
    pwcLatency: caches?.pwcLatency ?? 0,
    ntlb: caches?.ntlb[dimension] ?? null,
    ntlbLatency: caches?.ntlbLatency ?? 0,
    tablesContext: machineContext(vpidOfLayer(layer)),
    isShadow
  })
}

/** Every layer's own table. */
function pureFolded(parts: HardwareParts): Stage {
  return parts.states.reduce<Stage | null>(
    (below, state, k) => foldedStage(parts, { layer: k, dimension: k, state, below, isShadow: false }),
    null
  ) as Stage
}

/** L2's table over EPT02. */
function shadowedFolded(parts: HardwareParts, state: TranslationState): Stage {
  const below = foldedStage(parts, { layer: 0, dimension: 0, state, below: null, isShadow: true })
  return foldedStage(parts, { layer: 2, dimension: 2, state: parts.states[2], below, isShadow: false })
}

export const fpt: TranslationDesign = {
  info: {
    id: 'fpt',
    title: 'FPT',
    summary:
      'Flattened page tables: two levels become one node of 2 MiB, so a walk reads half as many entries in each layer, where memory has such contiguity.',
    paper: 'Park et al., ASPLOS 2022',
    environments: ENVIRONMENTS,
    refusal: null,
    hasRegisters: false,
    story: {
      how: '',
      otherwise: '',
      notes: []
    }
  },
  modes: radix.modes,
  shadow: ({ environment, nested }) =>
    environment === 'nested' && nested.fallback === 'shadow-ept' ? 'populated' : 'none',
  support: (scene) => new FoldedTable(scene),
  stage: (parts) => (parts.shadowState ? shadowedFolded(parts, parts.shadowState) : pureFolded(parts))
}
