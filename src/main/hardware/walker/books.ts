import type { CounterId } from '@shared/stats/counters'

/** Where a walker counts what only its design has: the ledger of its lane, or one that nobody reads. */
export interface Books {
  count(id: CounterId, by?: number): void
}
