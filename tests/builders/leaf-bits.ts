/** A and D bits of the leaves that map a page, layer by layer. */
import type { Machine } from '@main/lab/machine'
import { ACCESSED, DIRTY, entryFrame } from '@shared/arch/entry'
import { machineFrameBehind } from './stack-laws'

/** A and D of the leaf that maps the page at each layer, innermost first. */
export function leafBits(machine: Machine, page: number): string[] {
  const bits: string[] = []
  let p = page
  for (let k = machine.stack.layers.length - 1; k >= 0; k--) {
    const { low, high } = machine.stack.layers[k].space.table.find(p)
    bits.push(((low & ACCESSED) !== 0 ? 'A' : '-') + ((low & DIRTY) !== 0 ? 'D' : '-'))
    p = entryFrame(low, high)
  }
  return bits
}

/** Clears A and D of the page's leaves, as software that samples them does. */
export function clearLeafBits(machine: Machine, page: number): void {
  let p = page
  for (let k = machine.stack.layers.length - 1; k >= 0; k--) {
    const { table, index, low, high } = machine.stack.layers[k].space.table.find(p)
    const frame = machineFrameBehind(machine, k, table)
    machine.stack.memory.write(frame as never, index, low & ~(ACCESSED | DIRTY), high)
    p = entryFrame(low, high)
  }
}
