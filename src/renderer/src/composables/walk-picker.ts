/** The walks that can be chosen, and those before and after the one on show. */
import { computed } from 'vue'
import { formatCount } from '@shared/format/number'
import { useWalkStore } from '@renderer/stores/walk'
import { bucketOffers, keyOf, walkOffers, type Offer } from '@renderer/walk/walk-choices'

const FIRST: readonly (readonly ['latest' | 'slowest' | 'fault', string, string])[] = [
  ['latest', 'Latest', 'Latest walk'],
  ['slowest', 'Slowest', 'Slowest walk'],
  ['fault', 'Latest fault', 'Latest page fault']
]

export function useWalkPicker() {
  const walk = useWalkStore()
  const chosen = computed(() => keyOf(walk.wanted))

  const named = (which: string, word: string, whole: string): string =>
    chosen.value === which && walk.ran && walk.ran.walk > 0 ? `${word}, ${formatCount(walk.ran.walk)}` : whole

  const offers = computed((): Offer[] => {
    const first = FIRST.map(([which, word, whole]) => ({
      wanted: { which },
      option: { value: which, title: named(which, word, whole) }
    }))
    const buckets = walk.histogram
      ? bucketOffers(walk.histogram, walk.shown[0] ?? 0, walk.letters[0] ?? 'A')
      : []
    return [...first, ...buckets, ...walkOffers(walk.kept)]
  })

  /** What another part of the window asked for may be in no list. */
  const unlisted = computed(() => {
    const { wanted } = walk
    if (wanted.which === 'address' || offers.value.some(({ option }) => option.value === chosen.value))
      return []
    const title =
      wanted.which === 'reference'
        ? `Reference ${formatCount(wanted.reference)}`
        : wanted.which === 'bucket' && 'from' in wanted.bucket
          ? `${formatCount(wanted.bucket.from)} to ${formatCount(wanted.bucket.to)} cycles`
          : 'This pattern'
    return [{ value: chosen.value, title }]
  })

  const options = computed(() => {
    const [latest, slowest, fault, ...others] = offers.value.map(({ option }) => option)
    return [
      ...[latest, slowest, fault],
      { value: 'address', title: 'An address …' },
      ...unlisted.value,
      ...others
    ]
  })

  /** The walk before or after the one on show, in the order they happened. */
  function beside(by: 1 | -1): number | null {
    const at = walk.ran?.reference ?? 0
    const references = walk.kept.map((w) => w.reference).filter((r) => (by > 0 ? r > at : r < at))
    if (references.length === 0) return null
    return by > 0 ? Math.min(...references) : Math.max(...references)
  }
  const before = computed(() => beside(-1))
  const after = computed(() => beside(1))

  async function choose(key: string): Promise<void> {
    const offer = offers.value.find(({ option }) => option.value === key)
    if (offer) await walk.choose(offer.wanted)
  }
  const go = (reference: number | null): void => {
    if (reference !== null) void walk.choose(reference)
  }

  return { chosen, options, before, after, choose, go }
}
