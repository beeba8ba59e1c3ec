/** The walks that can be chosen. */
import { computed } from 'vue'
import { formatCount } from '@shared/format/number'
import { useWalkStore } from '@renderer/stores/walk'
import { cyclesOf } from '@renderer/walk/cycle-words'
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
          ? `${cyclesOf(wanted.bucket)} cycles`
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

  async function choose(key: string): Promise<void> {
    const offer = offers.value.find(({ option }) => option.value === key)
    if (offer) await walk.choose(offer.wanted)
  }

  return { chosen, options, choose }
}
