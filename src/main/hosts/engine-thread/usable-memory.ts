/** Bytes that lanes may fill: what is free, and what this process holds already, for a session before ends. */
import { totalmem } from 'node:os'

/** What only caches files counts as used in a container, and is given back; so this share is never refused. */
const SURE = 0.5

export function usableMemory(): number {
  // A container that sets no limit says 0, or a number beyond all memory.
  const limit = Math.min(totalmem(), process.constrainedMemory() || Infinity)
  // macOS counts memory as free only when nothing is cached in it.
  if (process.platform === 'darwin') return limit
  return Math.min(limit, Math.max(process.availableMemory() + process.memoryUsage.rss(), SURE * limit))
}
