/**
 * What a CPU has loaded for one layer of translation, and walkers read at each walk: the root of the table (CR3, or
 * the EPT pointer), whose translations they are, and the DMT registers. For the innermost layer a context switch
 * changes all of them together; for those below it they stay.
 *
 * The kernel keeps the registers of a process equal on all CPUs that run it, so there is one set for each process and
 * a CPU names the one it has loaded.
 */
import type { Context } from '@shared/arch/context'
import type { DmtRegisters } from '../registers/dmt-registers'

export interface TranslationState {
  /** Frame of the root table in the layer's own space. */
  root: number
  /** Levels of the table. */
  readonly levels: 4 | 5
  /** Tag of what is cached of this table. */
  context: Context
  registers: DmtRegisters
  /** What a design's own tables are found by, kept by its software beside the root; null where it keeps none. */
  own: object | null
}
