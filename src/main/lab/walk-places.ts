/** Adds a lane's walk patterns up by place: how often a walk came to each, and where it was answered there. */
import { LAYER_NAMES } from '@shared/model/environment'
import type { WalkPlace, WalkPlaces } from '@shared/model/walk-places'
import { HIT_LEVELS, PATTERN_STEPS } from '@shared/model/walk-record'
import { forLevel1Of, forLevel2Of, HIT_ZERO, hitOf, layerOf, levelOf } from '../hardware/walker/walk'
import { isByRegister } from './step-code'
import type { WalkPattern } from './walk-patterns'
import { purpose } from './walk-records'

/** All of a code but how the step was answered. */
const PLACE_MASK = 0xfff8
/** Above any level: a layer's own step comes after the steps of the layers below that found its table. */
const OWN = -1
/** Positions past those of HIT_LEVELS. */
const KINDS = PATTERN_STEPS.length
const PREFETCHED = PATTERN_STEPS.indexOf('PREFETCHED')

export function walkPlaces(patterns: readonly WalkPattern[]): WalkPlaces {
  const counts = new Map<number, Float64Array>()
  let walks = 0
  for (const { codes, count } of patterns) {
    walks += count
    for (const code of codes) {
      if (hitOf(code) === HIT_ZERO) continue
      const place = code & PLACE_MASK
      const found = counts.get(place) ?? new Float64Array(KINDS)
      found[hitOf(code)] += count
      counts.set(place, found)
    }
  }
  const places = [...counts.keys()].sort(byTurn)
  return { walks, places: places.map((code) => placeOf(code, counts.get(code)!)) }
}

const placeOf = (code: number, counts: Float64Array): WalkPlace => ({
  layer: LAYER_NAMES[layerOf(code)],
  level: levelOf(code),
  for: purpose(forLevel1Of(code), forLevel2Of(code)),
  byRegister: isByRegister(code),
  hits: [...counts.subarray(0, HIT_LEVELS.length)],
  prefetched: counts[PREFETCHED]
})

/** Levels of the three layers at a step, innermost first: walks go down in each, and 0 is the data. */
function turnOf(code: number): number[] {
  const layer = layerOf(code)
  const served = [0, forLevel1Of(code), forLevel2Of(code)]
  return [2, 1, 0].map((one) => (one === layer ? levelOf(code) : one > layer ? served[one] : OWN))
}

function byTurn(a: number, b: number): number {
  const [x, y] = [turnOf(a), turnOf(b)]
  const at = x.findIndex((level, i) => level !== y[i])
  return at < 0 ? a - b : y[at] - x[at]
}
