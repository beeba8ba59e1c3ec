/** What layers say to each other when one asks for frames, or loses some. */
import type { LayerName } from './environment'

/** One message between layers in a conversation; from a layer to itself where it is work that it does. */
export interface CallMessage {
  readonly from: LayerName
  readonly to: LayerName
  /** "allocate 2,049 frames", "reflected: L1 owns this call", "denied: longest free run is 6,912". */
  readonly text: string
  /** Booked for it, as `softwareCycles`. */
  readonly cycles: number
  /** VM exits that it takes. */
  readonly exits: number
  readonly isRefusal: boolean
}

export const MOST_FIRST_CALLS = 64
export const MOST_LAST_CALLS = 192

/**
 * `denied`: L0 refused, and frames of the asker's own serve; `fallback`: ordinary tables serve; `split`: granted in
 * pieces; `migrated`: tables have moved; `revoked`: a grant has ended; `refused`: a guest named what is not its own.
 */
export const CALL_RESULTS = [
  'granted',
  'denied',
  'fallback',
  'split',
  'migrated',
  'revoked',
  'refused'
] as const

/** A request between layers, or of a layer to its own allocator, from its first message to its result. */
export interface Conversation {
  /** From 1. The first MOST_FIRST_CALLS and the last MOST_LAST_CALLS of a lane are kept. */
  readonly n: number
  readonly reference: number
  readonly asker: LayerName
  /** "allocate 2,049 frames for table". */
  readonly title: string
  readonly result: (typeof CALL_RESULTS)[number]
  /** One clause. */
  readonly outcome: string
  /** Asked for. */
  readonly frames: number
  /** Sums over the messages. */
  readonly exits: number
  readonly cycles: number
  readonly messages: readonly CallMessage[]
  /** TEA of the asker it was for, where it still stands. */
  readonly tea: number | null
}
