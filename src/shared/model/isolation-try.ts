/** What happens when a guest names an area of tables that is not its own. */
import type { CallMessage } from './conversation'

/** What a guest may try with an area that is not its own. */
export const ISOLATION_TRIES = ['own', 'other-guest', 'freed', 'beyond-end', 'made-up'] as const
export type IsolationTryId = (typeof ISOLATION_TRIES)[number]

/** One try, made for real on a machine with two guests. */
export interface IsolationTry {
  readonly id: IsolationTryId
  /** What the guest writes into its register, and what the host's table says of that ID. */
  readonly wrote: { readonly id: number; readonly offset: number; readonly slots: number }
  readonly entry: {
    readonly owner: number
    readonly base: number
    readonly frames: number
    readonly isValid: boolean
  } | null
  /** Number of the VM that tries. */
  readonly guest: number
  readonly isAllowed: boolean
  /** One clause, as the event says it. */
  readonly outcome: string
  /** The walk of a page that the register claims, right after: its references, and those in frames of another's area. */
  readonly walk: { readonly references: number; readonly foreignReads: number }
  readonly messages: readonly CallMessage[]
}
