/** The areas of table pages of one address space, as the Memory view shows them. */
import { PAGE_BYTES, formatAddress } from '@shared/address/address'
import { MOST_MACHINE_RUNS, MOST_SLOT_CELLS, type TeaLook } from '@shared/model/memory-look'
import type { AddressSpace } from '../../software/space/address-space'
import type { Vma } from '../../software/space/vma-list'
import type { Layer } from '../../software/layer'
import { SLOT_LINKED, overlaps, teaEnd, type Tea } from '../../software/tea/tea'
import { machineRuns, type MachineRuns } from './machine-runs'

interface KnownRuns {
  readonly base: number
  readonly slots: number
  readonly tableMoves: number
  readonly runs: MachineRuns
}

export class TeaLooks {
  /**
   * Of the TEAs that each layer had when it was looked at last. Runs change with the area, or when a layer below moves
   * frames; then tables have moved.
   */
  private readonly known = new Map<number, ReadonlyMap<Tea, KnownRuns>>()

  constructor(private readonly layers: readonly Layer[]) {}

  /** @param vmas as they are numbered in the view */
  of(space: AddressSpace, vmas: readonly Vma[], tableMoves: number): TeaLook[] {
    const { index } = space.layer
    const known = new Map(space.teas.teas.map((tea) => [tea, this.runsOf(index, tea, tableMoves)]))
    this.known.set(index, known)
    return [...known].map(([tea, { runs }]) => {
      const areas = vmas.flatMap((vma, i) => (overlaps(tea, vma.start, vma.end) ? [i] : []))
      return teaLook(tea, runs, areas)
    })
  }

  private runsOf(k: number, tea: Tea, tableMoves: number): KnownRuns {
    const { base, slots } = tea
    const known = this.known.get(k)?.get(tea)
    const isSame = known && known.base === base && known.slots === slots && known.tableMoves === tableMoves
    if (isSame) return known
    const runs = machineRuns(this.layers, k, base, slots, MOST_MACHINE_RUNS)
    return { base, slots, tableMoves, runs }
  }
}

function teaLook(tea: Tea, { first, count }: MachineRuns, areas: readonly number[]): TeaLook {
  const { index, level, start, slots, slotsUsed, deposits, lost, base, grant, register } = tea
  return {
    index,
    level,
    start: formatAddress(start),
    end: formatAddress(teaEnd(tea)),
    bytes: (teaEnd(tea) - start) * PAGE_BYTES,
    slots,
    linked: slotsUsed,
    deposits,
    lost,
    slotCells: slotCells(tea),
    base,
    machine: first,
    machineRuns: count,
    areas,
    gtea: grant?.id ?? null,
    register: register >= 0 ? register : null
  }
}

/** Share of linked slots, 0..255, in each of so many equal parts; the last may be shorter. */
export function slotCells({ states, slots }: Pick<Tea, 'states' | 'slots'>): Uint8Array {
  const slotsPerCell = Math.max(1, Math.ceil(slots / MOST_SLOT_CELLS))
  const cells = new Uint8Array(Math.ceil(slots / slotsPerCell))
  for (let cell = 0; cell < cells.length; cell++) {
    const part = states.subarray(cell * slotsPerCell, (cell + 1) * slotsPerCell)
    let linked = 0
    for (const state of part) if (state === SLOT_LINKED) linked++
    cells[cell] = Math.round((255 * linked) / part.length)
  }
  return cells
}
