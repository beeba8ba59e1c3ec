/** The table pages on the way to an address of one layer, root first, with what their entries say. */
import {
  ENTRIES_PER_TABLE,
  PAGE_BYTES,
  alignDown,
  formatAddress,
  indexAt,
  pageFrom,
  pageHigh,
  pageLow,
  pagesPerEntry,
  pagesPerTable,
  parseAddress
} from '@shared/address/address'
import { PAGE_SIZE_BIT, PRESENT, entryFrame, formatEntry } from '@shared/arch/entry'
import type { PathChoice } from '@shared/contract/lab-contract'
import type { TableEntryLook, TablePageLook, TablePathLook } from '@shared/model/table-look'
import { machineFrameBehind } from '../../software/invariants/looking'
import type { Layer } from '../../software/layer'
import type { AddressSpace } from '../../software/space/address-space'
import type { Stack } from '../../software/stack'
import { slotFrame, slotOf } from '../../software/tea/tea'

/**
 * Null when the layer runs no such process, or not any more. The layer and the address have been checked.
 * @param inUse a page of the layer's space to show where the caller names none
 */
export function tablePath(
  stack: Stack,
  { layer: name, address, process }: PathChoice,
  inUse: (layer: Layer) => number
): TablePathLook | null {
  const layer = stack.layers.find((one) => one.name === name)
  const space = layer?.spaces.find((one) =>
    process === undefined ? one === layer.space : one.serial === process
  )
  if (!layer || !space) return null
  const page = address === null ? inUse(layer) : pageOf(address)
  return {
    layer: layer.name,
    process: space.serial,
    address: address ?? formatAddress(page),
    area: space.vmas.find(page)?.name ?? null,
    pages: pagesTo(stack, space, page),
    target: targetOf(stack, space, page)
  }
}

function pageOf(address: string): number {
  const { high, low } = parseAddress(address)
  return pageFrom(high, low)
}

function pagesTo(stack: Stack, space: AddressSpace, page: number): TablePageLook[] {
  const pages: TablePageLook[] = []
  let table: number = space.table.root
  for (let level: number = space.table.levels; level >= 1 && table >= 0; level--) {
    const look = tablePage(stack, space, table, level, page)
    pages.push(look)
    table = nextTable(stack, look.machineFrame, look.at)
  }
  return pages
}

/** Frame of the table that an entry names, or -1 where it names none. */
function nextTable({ memory }: Stack, machine: number, index: number): number {
  const low = machine < 0 ? 0 : memory.low(machine, index)
  const leadsOn = (low & PRESENT) !== 0 && (low & PAGE_SIZE_BIT) === 0
  return leadsOn ? entryFrame(low, memory.high(machine, index)) : -1
}

function tablePage(
  stack: Stack,
  space: AddressSpace,
  frame: number,
  level: number,
  page: number
): TablePageLook {
  const machineFrame = machineFrameBehind(stack.layers, space.layer.index, frame)
  return {
    level,
    frame,
    machineFrame,
    tea: slotAt(space, frame, level, page),
    start: formatAddress(alignDown(page, pagesPerTable(level))),
    bytesPerEntry: pagesPerEntry(level) * PAGE_BYTES,
    at: indexAt(pageHigh(page), pageLow(page), level),
    entries: presentEntries(stack, machineFrame)
  }
}

function slotAt({ teas }: AddressSpace, frame: number, level: number, page: number): TablePageLook['tea'] {
  const tea = level <= 3 ? teas.covering(level, page) : null
  if (tea === null || (slotFrame(tea, page) as number) !== frame) return null
  return { index: tea.index, slot: slotOf(tea, page) }
}

function presentEntries({ memory }: Stack, machine: number): TableEntryLook[] {
  const entries: TableEntryLook[] = []
  for (let index = 0; machine >= 0 && index < ENTRIES_PER_TABLE; index++) {
    const low = memory.low(machine, index)
    if ((low & PRESENT) === 0) continue
    entries.push({ index, entry: formatEntry(low, memory.high(machine, index)).slice(2) })
  }
  return entries
}

function targetOf({ layers }: Stack, space: AddressSpace, page: number): TablePathLook['target'] {
  const frame = space.table.frameOf(page)
  if (frame < 0) return null
  return { frame, machineFrame: machineFrameBehind(layers, space.layer.index, frame) }
}
