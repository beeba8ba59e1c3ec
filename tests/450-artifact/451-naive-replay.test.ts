import { describe, expect, it } from 'vitest'
import { golden, goldenCase, GOLDEN_CASES, GOLDEN_MODES } from '../builders/golden-case'
import type { NaiveArtifactCache } from '../builders/naive-artifact-cache'
import type { NaiveArtifactPwc } from '../builders/naive-artifact-pwc'
import { NaiveArtifactReplay } from '../builders/naive-artifact-replay'

const levelsOf = (name: string, pwc: NaiveArtifactPwc): [string, NaiveArtifactCache][] =>
  Object.entries(pwc.levels).map(([level, cache]) => [`${name}${level}`, cache])

describe.each(GOLDEN_CASES)('the naive replay of %s', (name) => {
  it.each(GOLDEN_MODES)('is what the paper’s simulator printed, %s', (mode) => {
    const { text, counters } = golden(name, mode)
    const { text: naive, walker } = new NaiveArtifactReplay(goldenCase(name, mode))
    expect(naive).toBe(text)
    const structures = new Map([
      ...Object.entries({ L1I: walker.l1i, L1D: walker.l1d, L2: walker.l2, LLC: walker.llc }),
      ...(mode === 'native'
        ? levelsOf('PWC', walker.guestPwc)
        : [...levelsOf('HPWC', walker.hostPwc), ...levelsOf('GPWC', walker.guestPwc)])
    ])
    for (const [structure, cache] of structures) {
      const want = counters.get(structure)
      const count = (counter: string): number => want?.get(counter) ?? NaN
      expect([
        structure,
        cache.hits,
        cache.misses,
        cache.prefetchHits,
        cache.prefetchMisses,
        cache.childHits
      ]).toEqual([
        structure,
        count('hits') + count('pt_hits'),
        count('misses') + count('pt_misses'),
        count('prefetch_hits'),
        count('prefetch_misses'),
        count('child_hits')
      ])
    }
  })
})
