/**
 * What a layer's software keeps for a design beside the ordinary page table: frames of its own choice for table pages,
 * a second table that hardware walks instead, ranges. There is one for each table: of a process, of a virtual machine,
 * and of EPT02. The ordinary table stays the layer's own index of what it maps, from which everything else follows.
 */
import type { Frame } from '@shared/address/address'
import type { LabSpec } from '@shared/model/spec'
import type { Violations } from '../invariants/violations'
import type { Layer } from '../layer'
import type { AddressSpace } from './address-space'
import type { PageTable } from './page-table'
import type { Vma } from './vma-list'

/** Frames of a layer that something holds, and what they are called. */
export interface OwnFrames {
  readonly base: number
  readonly count: number
  readonly what: string
}

/** For which table support is wanted. */
export interface SupportScene {
  readonly spec: LabSpec
  /** In whose frames the table lies. */
  readonly layer: Layer
  readonly levels: 4 | 5
  /** The table is EPT02. */
  readonly isShadow: boolean
}

/** Designs override what they need; nothing here is asked once per reference. */
export abstract class TableSupport {
  /** Another number whenever frames have come to it: those of a guest must be mapped below to be read. */
  generation = 0

  /** The table exists from now on. Its root was asked of `frameFor` before. @param space null for EPT02 */
  attach(_table: PageTable, _space: AddressSpace | null): void {
    // Nothing to prepare.
  }

  /** The frame that must serve as the table page at `level` for this page, or -1: an ordinary frame will do. */
  frameFor(_level: number, _page: number): number {
    return -1
  }

  /** The tree links this table page no longer. True: the frame is one of these, and stays so. */
  takeBack(_level: number, _page: number, _frame: Frame): boolean {
    return false
  }

  /**
   * The entry at `level` whose first page is `page` was written: words before and now. An entry that named a table and
   * does no longer takes nothing with it: its leaves were cleared before.
   */
  entryChanged(_level: number, _page: number, _oldLow: number, _low: number, _high: number): void {
    // The ordinary table is all there is.
  }

  /** A fault at a page that nothing maps: the level of the leaf that maps it now, or 0 to have it mapped as usual. */
  mapOnFault(_page: number, _vma: Vma, _access: number): number {
    return 0
  }

  /** The table is of no use any more: all frames go back. */
  release(): void {
    // Nothing is held.
  }

  /** Frames it holds, whatever they serve. Looking only. */
  ownFrames(): readonly OwnFrames[] {
    return []
  }

  /** Of those, the ones that the ordinary tree uses as table pages: they are counted there. */
  get tablesHeld(): number {
    return 0
  }

  /** A frame that the tree uses as a table page is one of those it holds. */
  holds(_frame: number): boolean {
    return false
  }

  /** Frames of its own that a walk of the page reads. Looking only. */
  framesOnWay(_page: number): readonly number[] {
    return []
  }

  /** What it keeps must say what the table says. Looking only. */
  check(_found: Violations): void {
    // It keeps nothing that could differ.
  }
}

/** Frames beyond those that serve as pages of the ordinary tree. */
export const framesBeside = (support: TableSupport | null): number =>
  support === null ? 0 : support.ownFrames().reduce((sum, { count }) => sum + count, 0) - support.tablesHeld
