/**
 * The gTEA check of a walk, where it is not made when registers are loaded: the entry that a register names is read,
 * from a small cache or from memory, and ID, owner and bounds are compared with it at every fetch.
 */
import type { EntryPort } from '../walker/entry-port'
import { FLAG_GTEA, type Walk } from '../walker/walk'
import type { DmtRegisters } from './dmt-registers'
import type { GteaCache } from './gtea-cache'
import type { GteaTable } from './gtea-table'

/** L0 owns the table. */
const TABLE_LAYER = 0

export interface GteaReaderParts {
  readonly table: GteaTable
  readonly port: EntryPort
  readonly walk: Walk
  /** Null: every use of an entry reads it. */
  readonly cache: GteaCache | null
}

export class GteaReader {
  constructor(private readonly parts: GteaReaderParts) {}

  /** Machine frame of the register's table page `slot`, or -1: then the register reads as invalid from now on. */
  frameOf(registers: DmtRegisters, n: number, slot: number): number {
    const { table, cache, walk } = this.parts
    const id = registers.gteaId[n]
    if (cache === null || !cache.lookup(id)) {
      // What is read serves the leaf table of the register's layer.
      walk.serving[registers.layer] = registers.level[n]
      this.parts.port.read(TABLE_LAYER, 0, table.frameOf(id), -1, table.wordOf(id), FLAG_GTEA)
      walk.serving[registers.layer] = 0
      if (table.find(id) !== null) cache?.fill(id)
    }
    const machine = table.check(id, registers.layer, registers.gteaOffset[n] + slot, 1)
    if (machine < 0) registers.invalidate(n)
    else registers.base[n] = machine - slot
    return machine
  }
}
