/**
 * What hangs together with one part of the picture. Within its layer: area, register, TEA, frames. Below: what
 * translates the addresses at which its pages and its TEA lie. Above: what lies in memory that the part translates.
 */
import type { LayerLook, MemoryLook, TeaLook } from '@shared/model/memory-look'
import { framesRange, overlaps, rangeOf, type AddressRange } from './address-range'
import { partKey, type Part } from './parts'

const byIndex = <T extends { readonly index: number }>(all: readonly T[], index: number): T[] =>
  all.filter((one) => one.index === index)

/** TEAs a part stands for or leads to. */
function teasOf(layer: LayerLook, part: Part): TeaLook[] {
  if (part.kind === 'area')
    return byIndex(layer.areas, part.index).flatMap((area) =>
      layer.teas.filter((tea) => area.teas.includes(tea.index))
    )
  if (part.kind !== 'register') return byIndex(layer.teas, part.index)
  const named = layer.registers.filter((register) => register.n === part.index && register.isValid)
  return named.flatMap((register) => layer.teas.filter((tea) => tea.index === register.tea))
}

const isNamedBy = (layer: LayerLook, n: number, tea: TeaLook): boolean =>
  layer.registers.some((register) => register.n === n && register.isValid && register.tea === tea.index)

/** A TEA with its frames and the registers that name it. */
const withTea = (layer: LayerLook, tea: TeaLook): Part[] => [
  { layer: layer.layer, kind: 'tea', index: tea.index },
  { layer: layer.layer, kind: 'frames', index: tea.index },
  ...layer.registers
    .filter(({ n }) => isNamedBy(layer, n, tea))
    .map(({ n }): Part => ({ layer: layer.layer, kind: 'register', index: n }))
]

const areaOf = (layer: LayerLook, index: number): Part => ({ layer: layer.layer, kind: 'area', index })

const areasOver = (layer: LayerLook, teas: readonly TeaLook[]): Part[] =>
  layer.areas
    .filter((area) => teas.some((tea) => area.teas.includes(tea.index)))
    .map(({ index }) => areaOf(layer, index))

/** An area lights up alone, also where its TEA serves others beside it. */
function inLayer(layer: LayerLook, part: Part): Part[] {
  const teas = teasOf(layer, part)
  const areas = part.kind === 'area' ? [] : areasOver(layer, teas)
  return [part, ...areas, ...teas.flatMap((tea) => withTea(layer, tea))]
}

/** All that a layer has for its pages: to the layer below, addresses to translate. */
const memoryOf = (layer: LayerLook): AddressRange => framesRange(0, layer.physical.frames)

/** Pages of an area lie anywhere in its layer's memory; entries lie where their TEA does. */
function restsOn(layer: LayerLook, part: Part): AddressRange[] {
  const places = teasOf(layer, part).map(placeOf)
  return part.kind === 'area' || part.kind === 'register' ? [memoryOf(layer), ...places] : places
}

/** Where a TEA lies in its layer's own physical space. */
const placeOf = (tea: TeaLook): AddressRange => framesRange(tea.base, tea.slots)

/** Parts that translate `ranges`. What they map rests on the layer below in turn, and so do their entries. */
function below(layers: readonly LayerLook[], at: number, ranges: readonly AddressRange[]): Part[] {
  const layer = layers[at]
  if (!layer || ranges.length === 0) return []
  const isHit = (one: { start: string; end: string }): boolean =>
    ranges.some((range) => overlaps(range, rangeOf(one)))
  const teas = layer.teas.filter(isHit)
  const areas = layer.areas.filter(isHit).map(({ index }) => areaOf(layer, index))
  const pages = areas.length > 0 ? [memoryOf(layer)] : []
  return [
    ...areas,
    ...teas.flatMap((tea) => withTea(layer, tea)),
    ...below(layers, at + 1, [...pages, ...teas.map(placeOf)])
  ]
}

/** What a part translates: a range of its layer's addresses. */
function translatedBy(layer: LayerLook, part: Part): AddressRange[] {
  if (part.kind === 'area') return byIndex(layer.areas, part.index).map(rangeOf)
  if (part.kind === 'register')
    return layer.registers.filter((one) => one.n === part.index && one.isValid).map(rangeOf)
  return byIndex(layer.teas, part.index).map(rangeOf)
}

/** Areas whose pages lie in `ranges`, and TEAs that do. */
function above(layers: readonly LayerLook[], at: number, ranges: readonly AddressRange[]): Part[] {
  const layer = layers[at]
  if (!layer || ranges.length === 0) return []
  const isIn = (place: AddressRange): boolean => ranges.some((range) => overlaps(range, place))
  const areas = isIn(memoryOf(layer)) ? layer.areas : []
  const teas = layer.teas.filter(
    (tea) => isIn(placeOf(tea)) || areas.some((area) => area.teas.includes(tea.index))
  )
  return [
    ...areas.map(({ index }) => areaOf(layer, index)),
    ...areasOver(layer, teas),
    ...teas.flatMap((tea) => withTea(layer, tea)),
    ...above(layers, at - 1, [...areas.map(rangeOf), ...teas.map(rangeOf)])
  ]
}

/** Keys of all parts that belong together with `part`, itself among them; empty for none. */
export function chainOf(look: MemoryLook, part: Part | null): ReadonlySet<string> {
  const at = look.layers.findIndex((layer) => layer.layer === part?.layer)
  if (!part || at < 0) return new Set()
  const layer = look.layers[at]
  const lower = below(look.layers, at + 1, restsOn(layer, part))
  const upper = above(look.layers, at - 1, translatedBy(layer, part))
  return new Set([...inLayer(layer, part), ...lower, ...upper].map(partKey))
}

/** The part, as long as its layer still has it. */
export function standing(look: MemoryLook, part: Part | null): Part | null {
  const layer = look.layers.find((one) => one.layer === part?.layer)
  if (!part || !layer) return null
  if (part.kind === 'area') return byIndex(layer.areas, part.index).length > 0 ? part : null
  if (part.kind === 'register') return layer.registers.some((one) => one.n === part.index) ? part : null
  return byIndex(layer.teas, part.index).length > 0 ? part : null
}
