/** The four tiles of a lane: value, foot line, and the line behind the sparkline. */
import { computed, type ComputedRef } from 'vue'
import { COUNTERS } from '@shared/stats/counters'
import { DERIVED } from '@shared/stats/derived'
import {
  formatCount,
  formatFixed,
  formatPoints,
  formatRelative,
  formatShare,
  NONE
} from '@shared/format/number'
import { useGuessStore } from '@renderer/stores/guess'
import { useLaneFigures, type LaneFigures } from './comparison'

export interface Tile {
  readonly title: string
  /** Id of the ratio or counter that defines it. */
  readonly id: 'walks' | 'referencesPerWalk' | 'cyclesPerWalk' | 'walkOverhead'
  readonly value: string
  readonly foot: string
}

const TITLES = {
  walks: 'Walks',
  referencesPerWalk: 'Refs / walk',
  cyclesPerWalk: 'Cycles / walk',
  walkOverhead: 'Walk overhead'
} as const

/** The definition behind a tile, in words and as a formula. */
export function tileMeaning(id: Tile['id']): string {
  if (id === 'walks') return COUNTERS.find((counter) => counter.id === id)?.meaning ?? ''
  const ratio = DERIVED.find((derived) => derived.id === id)
  return ratio ? `${ratio.title} = ${ratio.formula}, in ${ratio.unit}` : ''
}

const nothingYet = (): Tile[] =>
  (Object.keys(TITLES) as Tile['id'][]).map((id) => ({
    id,
    title: TITLES[id],
    value: NONE,
    foot: 'nothing run yet'
  }))

function walksTile({ counters, derived }: LaneFigures, isGuessing: boolean): Tile {
  const isDmt = counters.dmtWalks > 0 && !isGuessing
  const rate = derived.walksPerKiloReference
  const foot = isDmt
    ? `${formatShare(derived.dmtCoverage, derived.dmtCoverage < 0.9995 && derived.dmtCoverage > 0.99 ? 1 : 0)} by DMT`
    : Number.isFinite(rate)
      ? `${formatFixed(rate, 1)} per 1k refs`
      : ''
  return { id: 'walks', title: TITLES.walks, value: formatCount(counters.walks), foot }
}

function ratioTile(id: Exclude<Tile['id'], 'walks'>, own: LaneFigures, base: LaneFigures | null): Tile {
  const hasWalks = own.counters.walks > 0
  const share = id === 'walkOverhead'
  const value = own.derived[id]
  const text = share ? formatShare(value) : formatFixed(value, id === 'referencesPerWalk' ? 2 : 1)
  const against = base && hasWalks && base.counters.walks > 0 ? base.derived[id] : NaN
  const foot = share ? formatPoints(value, against) : formatRelative(value, against)
  return { id, title: TITLES[id], value: hasWalks ? text : NONE, foot: foot === NONE ? '' : foot }
}

/** Lanes after the first say how far they lie from the first, unless that would answer an open guess; so would some values. */
export function useLaneTiles(lane: number): ComputedRef<readonly Tile[]> {
  const figures = useLaneFigures()
  const guess = useGuessStore()
  return computed(() => {
    const own = figures.value[lane]
    if (!own || own.counters.references === 0) return nothingYet()
    const base = lane === 0 || guess.isOpen ? null : figures.value[0]
    const tiles = [
      walksTile(own, guess.isOpen),
      ratioTile('referencesPerWalk', own, base),
      ratioTile('cyclesPerWalk', own, base),
      ratioTile('walkOverhead', own, base)
    ]
    return tiles.map((tile) => (guess.hides(tile.id) ? { ...tile, value: '?', foot: '' } : tile))
  })
}
