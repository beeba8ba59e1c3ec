/** How a request for an area ended, in the words of a conversation. */
import type { Ending, Talk } from '../calls/call-log'
import type { Refusal } from './tea-policy'

export function endingOf(why: Refusal | null, { wasSplit, hasMoved, wasDenied }: Talk): Ending {
  if (why !== null) return { result: 'fallback', outcome: `ordinary tables serve: ${why}` }
  if (wasSplit) return { result: 'split', outcome: 'granted in pieces' }
  if (hasMoved) return { result: 'migrated', outcome: 'the TEA grew by a move' }
  if (wasDenied) return { result: 'denied', outcome: 'L0 denied it; contiguous frames of its own serve' }
  return { result: 'granted', outcome: 'granted whole' }
}
