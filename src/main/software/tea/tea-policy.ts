/** What the parts of one address space's TEA manager share: its rules, its layer, its areas. */
import type { LayerMode } from '@shared/model/environment'
import type { Layer } from '../layer'
import type { PageTable } from '../space/page-table'
import type { VmaList } from '../space/vma-list'
import type { Tea, TeaLevel } from './tea'
import type { TeaSet } from './tea-set'

export interface TeaPolicy {
  readonly minVmaMiB: number
  readonly minSlots: number
  readonly mergeOccupancy: number
  readonly expand: boolean
  readonly trim: boolean
  readonly inclusion: boolean
  readonly big: boolean
  readonly artifactRounding: boolean
  readonly artifactFreeBug: boolean
  /** Levels of leaf tables that get areas: 1 for 4K pages, 2 for 2M, 3 for 1G. */
  readonly classes: readonly TeaLevel[]
  /** A class comes with the first table page of a larger one too, and has a register from the start. */
  readonly allAtOnce: boolean
  /** `first`: no more areas than registers. `ranked`: registers go to the areas that walks ask for most. */
  readonly registers: 'first' | 'ranked'
}

/** The address space whose leaf tables the areas hold. */
export interface TeaSpace {
  readonly vmas: VmaList
  readonly table: PageTable
}

/** Steps of a move, in order; between any two of them another CPU may walk. */
export type MoveStep = 'register-off' | 'copied' | 'repointed' | 'flushed' | 'released' | 'register-on'

export interface TeaContext {
  readonly layer: Layer
  readonly policy: TeaPolicy
  readonly levels: 4 | 5
  readonly set: TeaSet
  /** R: no areas are made. P: areas are asked of L0 first. */
  mode: LayerMode
  /** Null until the space has its root table. */
  space: TeaSpace | null
  onMoveStep: (step: MoveStep, tea: Tea) => void
}

/** Of an area that may have no TEA, whatever memory is free. */
export const GETS_NONE = 'the area is too small for a TEA, or of a kind that gets none'

/** Why a leaf table is an ordinary frame. */
export type Refusal =
  | typeof GETS_NONE
  | 'no register is free'
  | 'no slot is free'
  | 'no contiguous frames are free'
  | 'the slot is taken'
  | 'areas do not grow'
