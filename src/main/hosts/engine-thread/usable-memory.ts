/** Bytes that lanes may fill: what is free, and what this process holds already, for a session before ends. */
import { totalmem } from 'node:os'

export function usableMemory(): number {
  // macOS counts memory as free only when nothing is cached in it.
  if (process.platform === 'darwin') return totalmem()
  return Math.min(totalmem(), process.availableMemory() + process.memoryUsage.rss())
}
