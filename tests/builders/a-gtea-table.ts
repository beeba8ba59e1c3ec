/** A table of gTEAs in a small memory of its own. */
import { PhysicalMemory } from '@main/hardware/memory/physical-memory'
import { GTEA_TABLE_FRAMES, GteaTable, type GteaCheckMode } from '@main/hardware/registers/gtea-table'
import { machineFrame } from '@shared/address/address'

export function aGteaTable(mode: GteaCheckMode = 'on-load'): GteaTable {
  return new GteaTable(new PhysicalMemory(1 + GTEA_TABLE_FRAMES), machineFrame(1), mode)
}
