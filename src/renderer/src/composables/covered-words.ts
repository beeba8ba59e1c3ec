/** Which references the tiles of the lanes, and Comparison over all of them, are over. */
import { computed, type ComputedRef } from 'vue'
import { useSessionStore } from '@renderer/stores/session'
import type { Snapshot } from '@shared/model/snapshot'
import { formatCount } from '@shared/format/number'

export interface CoveredWords {
  /** Beside the numbers. */
  readonly short: string
  readonly long: string
}

/** Counters begin anew when the warm-up is over. */
export function coveredWords({ references, warmup }: Pick<Snapshot, 'references' | 'warmup'>): CoveredWords {
  if (warmup === 0) return { short: 'whole run', long: 'Every reference since the run began' }
  const first = formatCount(warmup)
  if (references > 0 && references < warmup)
    return {
      short: 'warm-up so far',
      long: `The first ${first} references fill the caches; these numbers are theirs, and begin anew when they are over`
    }
  return { short: 'after warm-up', long: `Without the first ${first} references, which fill the caches` }
}

export function useCoveredWords(): ComputedRef<CoveredWords> {
  const session = useSessionStore()
  return computed(() => coveredWords(session.snapshot ?? { references: 0, warmup: 0 }))
}
