/**
 * A guest's kernel that writes a DMT register which names what is not its own. Hardware checks it like any other; what
 * it named must never be read.
 */
import { page, pagesPerTable } from '@shared/address/address'
import type { Forgery } from '@shared/model/operation'
import { DmtRegisters } from '../../hardware/registers/dmt-registers'
import { MOST_GTEAS } from '../../hardware/registers/gtea-table'
import type { Layer } from '../layer'

interface Named {
  readonly id: number
  readonly offset: number
  readonly slots: number
}

/** Loads the forged value into a register of a CPU of the guest that runs nothing else; true when hardware took it. */
export function forge(guest: Layer, forgery: Forgery): boolean {
  const { id, offset, slots } = named(guest, forgery)
  const registers = new DmtRegisters(guest.index, 1, guest.gteas)
  const value = { level: 1, start: page(0), pages: slots * pagesPerTable(1), base: 0, gtea: { id, offset } }
  const isTaken = registers.load(0, value)
  registers.invalidate(0)
  return isTaken
}

function named(guest: Layer, forgery: Forgery): Named {
  const own = guest.host.holdingsOf(guest.index).at(0)?.grant
  const id = own?.id ?? 0
  const pages = own?.frames ?? 1
  switch (forgery) {
    case 'foreign':
      return { id: foreignId(guest), offset: 0, slots: 1 }
    case 'range':
      return { id: MOST_GTEAS - 1, offset: 0, slots: 1 }
    case 'stale':
      // The same entry, issued once more than it ever was.
      return { id: id + MOST_GTEAS, offset: 0, slots: 1 }
    case 'offset':
      return { id, offset: pages, slots: 1 }
    case 'size':
      return { id, offset: 0, slots: pages + 1 }
  }
}

/** An entry of another VM, or one that no VM has. */
function foreignId({ gteas, index }: Layer): number {
  const entries = gteas.list()
  const foreign = entries.findIndex(({ valid, owner }) => valid && owner !== index)
  return foreign >= 0 ? foreign | (entries[foreign].issue * MOST_GTEAS) : entries.length
}
