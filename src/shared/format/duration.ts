/** How long something still takes, for progress: 4 s, 2 min, 1 h 5 min. */
import { NBSP } from './number'

export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))}${NBSP}s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes}${NBSP}min`
  return `${Math.floor(minutes / 60)}${NBSP}h ${minutes % 60}${NBSP}min`
}
