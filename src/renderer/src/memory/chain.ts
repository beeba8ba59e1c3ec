/**
 * What hangs together with one part of the picture. Within its layer: area, register, TEA, frames. Below: what
 * translates the addresses at which a TEA lies. Above: the TEAs that lie in memory which the part translates.
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

const areasOver = (layer: LayerLook, teas: readonly TeaLook[]): Part[] =>
  layer.areas
    .filter((area) => teas.some((tea) => area.teas.includes(tea.index)))
    .map(({ index }): Part => ({ layer: layer.layer, kind: 'area', index }))

/** An area lights up alone, also where its TEA serves others beside it. */
function inLayer(layer: LayerLook, part: Part): Part[] {
  const teas = teasOf(layer, part)
  const areas = part.kind === 'area' ? [] : areasOver(layer, teas)
  return [part, ...areas, ...teas.flatMap((tea) => withTea(layer, tea))]
}

/** Where a TEA lies in its layer's own physical space. */
const placeOf = (tea: TeaLook): AddressRange => framesRange(tea.base, tea.slots)

/** Parts that translate `ranges`; the TEAs among them lie in the layer below in turn. */
function below(layers: readonly LayerLook[], at: number, ranges: readonly AddressRange[]): Part[] {
  const layer = layers[at]
  if (!layer || ranges.length === 0) return []
  const isHit = (one: { start: string; end: string }): boolean =>
    ranges.some((range) => overlaps(range, rangeOf(one)))
  const teas = layer.teas.filter(isHit)
  const areas = layer.areas
    .filter(isHit)
    .map(({ index }): Part => ({ layer: layer.layer, kind: 'area', index }))
  return [
    ...areas,
    ...teas.flatMap((tea) => withTea(layer, tea)),
    ...below(layers, at + 1, teas.map(placeOf))
  ]
}

/** What a part translates: a range of its layer's addresses. */
function translatedBy(layer: LayerLook, part: Part): AddressRange[] {
  if (part.kind === 'area') return byIndex(layer.areas, part.index).map(rangeOf)
  if (part.kind === 'register')
    return layer.registers.filter((one) => one.n === part.index && one.isValid).map(rangeOf)
  return byIndex(layer.teas, part.index).map(rangeOf)
}

function above(layers: readonly LayerLook[], at: number, ranges: readonly AddressRange[]): Part[] {
  const layer = layers[at]
  if (!layer || ranges.length === 0) return []
  const teas = layer.teas.filter((tea) => ranges.some((range) => overlaps(range, placeOf(tea))))
  return [
    ...areasOver(layer, teas),
    ...teas.flatMap((tea) => withTea(layer, tea)),
    ...above(layers, at - 1, teas.map(rangeOf))
  ]
}

/** Keys of all parts that belong together with `part`, itself among them; empty for none. */
export function chainOf(look: MemoryLook, part: Part | null): ReadonlySet<string> {
  const at = look.layers.findIndex((layer) => layer.layer === part?.layer)
  if (!part || at < 0) return new Set()
  const layer = look.layers[at]
  const lower = below(look.layers, at + 1, teasOf(layer, part).map(placeOf))
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
