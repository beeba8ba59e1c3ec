/** Which parts of one layer are joined by a line. */
import type { LayerLook, TeaLook } from '@shared/model/memory-look'
import { overlaps, rangeOf } from './address-range'
import { partKey, type PartKind } from './parts'

export interface Wire {
  readonly from: string
  readonly to: string
  /** An arrow ends where something lies; a dot where something is named. */
  readonly end: 'dot' | 'arrow'
  /** No register names the TEA: the line past the registers is broken. */
  readonly isUnnamed: boolean
}

/** More than this in one layer is a tangle: the lit ones are drawn on top anyway. */
const MOST_WIRES = 96

export function wiresOf(layer: LayerLook): Wire[] {
  const key = (kind: PartKind, index: number): string => partKey({ layer: layer.layer, kind, index })
  const wire = (from: string, to: string, end: Wire['end'] = 'dot', isUnnamed = false): Wire => ({
    from,
    to,
    end,
    isUnnamed
  })
  const areasOf = (tea: TeaLook) => layer.areas.filter((area) => area.teas.includes(tea.index))

  const named = layer.registers.flatMap((register) => {
    const tea = layer.teas.find((one) => register.isValid && one.index === register.tea)
    if (!tea) return []
    const areas = areasOf(tea).filter((area) => overlaps(rangeOf(area), rangeOf(register)))
    return [
      ...areas.map(({ index }) => wire(key('area', index), key('register', register.n))),
      wire(key('register', register.n), key('tea', tea.index))
    ]
  })
  const others = layer.teas
    .filter((tea) => tea.register === null)
    .flatMap((tea) =>
      areasOf(tea).map(({ index }) => wire(key('area', index), key('tea', tea.index), 'dot', true))
    )
  const ends = layer.teas.map(({ index }) => wire(key('tea', index), key('frames', index), 'arrow'))
  return [...named, ...others, ...ends].slice(0, MOST_WIRES)
}
