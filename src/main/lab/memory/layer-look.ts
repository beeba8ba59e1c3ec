/** What one layer of a lane keeps now: areas, registers, TEAs, frames. */
import { PAGE_BYTES } from '@shared/address/address'
import { LAYER_ROLE, type LayerMode } from '@shared/model/environment'
import { MOST_AREAS, type LayerLook } from '@shared/model/memory-look'
import type { PhysicalMap } from '@shared/model/physical-map'
import { COUNTER_INDEX } from '@shared/stats/counters'
import type { Layer } from '../../software/layer'
import type { AddressSpace } from '../../software/space/address-space'
import type { Vma } from '../../software/space/vma-list'
import type { Machine } from '../machine'
import { areaLook, areasOf, largestOf } from './area-looks'
import { mappedPages, type MappedPages } from './mapped-pages'
import { physicalMap } from './physical-map'
import { registerLooks } from './register-looks'
import { TeaLooks } from './tea-looks'

const MODE_DESIGN: Record<LayerMode, string> = { R: 'radix', D: 'dmt', P: 'pvdmt' }

interface KnownMap {
  readonly stamp: string
  readonly map: PhysicalMap
}

interface KnownMapping {
  readonly stamp: string
  readonly pages: readonly MappedPages[]
}

export class LayerLooks {
  private readonly teas: TeaLooks
  // Ordinary maps, because what is remembered must go back with a lane that steps back.
  private readonly maps = new Map<Layer, KnownMap>()
  /** Of the space that each layer runs. */
  private readonly known = new Map<Layer, KnownMapping>()

  constructor(private readonly machine: Machine) {
    this.teas = new TeaLooks(machine.stack.layers)
  }

  of(layer: Layer): LayerLook {
    const { machine } = this
    const { space } = layer
    const all = areasOf(space)
    const shown = largestOf(all, MOST_AREAS)
    const pages = new Map(this.mappedPages(space, all).map((one, i) => [all[i], one]))
    const covered = [...pages.values()].reduce((sum, one) => sum + one.covered, 0)
    return {
      layer: layer.name,
      role: LAYER_ROLE[machine.spec.environment][layer.index],
      translatedBy: translatedBy(machine, layer),
      process: space.serial,
      processes: layer.spaces.map(({ serial }) => serial),
      areas: shown.map((vma, i) => areaLook(space, vma, i, pages.get(vma) as MappedPages)),
      areaCount: all.length,
      registers: registerLooks(space),
      registersEnabled: space.teas.registers.enabled,
      teas: this.teas.of(space, shown, machine.tableMoves),
      mappedBytes: space.pagesMapped * PAGE_BYTES,
      coveredBytes: covered * PAGE_BYTES,
      levels: space.table.levels,
      tablePages: space.table.tablePages,
      physical: this.physicalMap(layer)
    }
  }

  /** Drawn anew only when some frame may have another owner. */
  private physicalMap(layer: Layer): PhysicalMap {
    const stamp = this.frameStampOf(layer)
    const known = this.maps.get(layer)
    if (known?.stamp === stamp) return known.map
    const map = physicalMap(this.machine.stack, layer)
    this.maps.set(layer, { stamp, map })
    return map
  }

  /** Counted anew only when something may have been mapped, unmapped or moved since. */
  private mappedPages(space: AddressSpace, vmas: readonly Vma[]): readonly MappedPages[] {
    const stamp = this.stampOf(space, vmas)
    const known = this.known.get(space.layer)
    if (known?.stamp === stamp) return known.pages
    const pages = mappedPages(this.machine.stack, space, vmas)
    this.known.set(space.layer, { stamp, pages })
    return pages
  }

  private frameStampOf({ frames, dataFrames, spaces }: Layer): string {
    const { ledger, tableMoves, stack } = this.machine
    const cycles = ledger.counters[COUNTER_INDEX.softwareCycles]
    const tables = spaces.reduce(
      (sum, { table, deposits }) => sum + table.tablePages + (deposits?.size ?? 0),
      0
    )
    const shadows = stack.shadows.all.reduce((sum, { tablePages }) => sum + tablePages, 0)
    const grants = stack.host.holdings.map(({ grant }) => grant.id).join('-')
    return [cycles, tableMoves, frames.freeFrames, dataFrames, tables, shadows, grants].join()
  }

  /** Whatever changes a mapping costs cycles, or changes one of the other numbers. */
  private stampOf({ serial, pagesMapped, table, teas }: AddressSpace, vmas: readonly Vma[]): string {
    const { ledger, tableMoves } = this.machine
    const cycles = ledger.counters[COUNTER_INDEX.softwareCycles]
    const ends = vmas.reduce((sum, { start, end }) => sum + end - start, 0)
    const { enabled } = teas.registers
    return [serial, cycles, tableMoves, pagesMapped, table.tablePages, vmas.length, ends, enabled].join()
  }
}

/** A design that has no registers translates all layers in its own way. */
function translatedBy({ design, modes }: Machine, { index }: Layer): string {
  return design.info.hasRegisters ? MODE_DESIGN[modes[index]] : design.info.id
}
