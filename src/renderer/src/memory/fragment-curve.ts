/** What was tried of fragmentation so far: one result a degree, in order, and the lines through them. */
import type { FragmentationTry } from '@shared/model/fragmentation-try'
import type { LayerName } from '@shared/model/environment'

/** A degree tried again replaces what stood there. */
export const withTry = (tries: readonly FragmentationTry[], next: FragmentationTry): FragmentationTry[] =>
  [...tries.filter((one) => one.fragmentation !== next.fragmentation), next].sort(
    (a, b) => a.fragmentation - b.fragmentation
  )

export interface CurvePoint {
  readonly x: number
  readonly y: number
}

type OfLayer = FragmentationTry['layers'][number]

const ofLayer = (one: FragmentationTry, layer: LayerName): OfLayer | undefined =>
  one.layers.find((found) => found.layer === layer)

/** Points of one layer: x is the fragmentation, y what `value` reads, both 0..1. */
export const curveOf = (
  tries: readonly FragmentationTry[],
  layer: LayerName,
  value: (of: OfLayer) => number | null
): CurvePoint[] =>
  tries.flatMap((one) => {
    const of = ofLayer(one, layer)
    const y = of ? value(of) : null
    return y === null ? [] : [{ x: one.fragmentation, y }]
  })

/** The longest free run found in any layer: the scale of that chart. */
export const longestRun = (tries: readonly FragmentationTry[]): number =>
  Math.max(1, ...tries.flatMap((one) => one.layers.map(({ longestFreeRun }) => longestFreeRun)))

/** A line in a box of `width` x `height` with y upwards. */
export const curvePath = (points: readonly CurvePoint[], width: number, height: number): string =>
  points
    .map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${(x * width).toFixed(1)} ${((1 - y) * height).toFixed(1)}`)
    .join('')

export const layersTried = (tries: readonly FragmentationTry[]): LayerName[] =>
  [...new Set(tries.flatMap((one) => one.layers.map(({ layer }) => layer)))].sort().reverse()
