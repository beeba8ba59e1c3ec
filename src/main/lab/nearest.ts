import { distance } from 'fastest-levenshtein'

const lastPart = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

/** Small for names that look alike, or whose last parts do: `registers` is near `dmt.registers`. */
function strangeness(name: string, candidate: string): number {
  const [a, b] = [name.toLowerCase(), candidate.toLowerCase()]
  return Math.min(distance(a, b), distance(lastPart(a), lastPart(b)) + 0.5)
}

/** The known names nearest to one that is not known, nearest first. */
export function nearest(name: string, known: readonly string[], count = 3): string[] {
  const scored = known.map((candidate) => ({ candidate, score: strangeness(name.slice(0, 200), candidate) }))
  scored.sort((a, b) => a.score - b.score)
  return scored.slice(0, count).map((one) => one.candidate)
}
