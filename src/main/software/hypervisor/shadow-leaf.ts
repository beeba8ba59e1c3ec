/** The leaves of a shadow table: what one says, and when it may stay. */
import {
  ACCESSED,
  DIRTY,
  NO_EXECUTE_HIGH,
  PAGE_SIZE_BIT,
  PRESENT,
  SHADOW_WRITABLE,
  WRITABLE
} from '@shared/arch/entry'
import { FETCH, STORE } from '@shared/model/access'
import type { FoundEntry } from '../space/page-table'

/** What all layers say of a page together. */
export interface Combined {
  readonly level: number
  /** First machine frame of the leaf. */
  readonly frame: number
  readonly low: number
  readonly high: number
}

/** Flags of a leaf whose tables allow stores or not; a clean page that is tracked stays read-only to hardware. */
export function storeFlags(isWritable: boolean, isDirty: boolean, tracksDirty: boolean): number {
  if (!isWritable) return 0
  if (!tracksDirty) return WRITABLE | (isDirty ? DIRTY : 0)
  return SHADOW_WRITABLE | (isDirty ? WRITABLE | DIRTY : 0)
}

/** Whether the leaf is there and allows the access. */
export function allows({ low, high }: FoundEntry, access: number): boolean {
  if ((low & PRESENT) === 0) return false
  if (access === STORE) return (low & WRITABLE) !== 0
  return access !== FETCH || (high & NO_EXECUTE_HIGH) === 0
}

/** The entry names a table. */
export const isTable = (low: number, level: number): boolean =>
  level > 1 && (low & PRESENT) !== 0 && (low & PAGE_SIZE_BIT) === 0

const HARDWARE_SETS = ACCESSED | DIRTY
/** Apart from what hardware sets by itself. */
export const differs = (found: FoundEntry, now: Combined): boolean =>
  ((found.low ^ now.low) & ~HARDWARE_SETS) !== 0 || found.high !== now.high
