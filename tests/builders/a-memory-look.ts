/** Looks at memory for tests of the window: three layers, each with one TEA, as pvDMT or DMT lays them out. */
import type { LayerName } from '@shared/model/environment'
import type { Conversation } from '@shared/model/conversation'
import type { HardwareTableLook } from '@shared/model/hardware-look'
import type { AreaLook, LayerLook, MemoryLook, RegisterLook, TeaLook } from '@shared/model/memory-look'
import { FRAME_OWNERS, type PhysicalMap } from '@shared/model/physical-map'
import type { TablePageLook } from '@shared/model/table-look'

const hex = (n: number): string => '0x' + n.toString(16)
const FRAME = 4096

/** Cells of owners by frames: `{ data: 3, free: 1 }`. */
export function aMap(
  framesPerCell: number,
  cells: readonly Partial<Record<(typeof FRAME_OWNERS)[number], number>>[]
): PhysicalMap {
  const numbers = cells.flatMap((cell) => FRAME_OWNERS.map((owner) => cell[owner] ?? 0))
  const byOwner = FRAME_OWNERS.map((owner) => cells.reduce((sum, cell) => sum + (cell[owner] ?? 0), 0))
  return {
    frames: byOwner.reduce((a, b) => a + b, 0),
    framesPerCell,
    cells: Uint32Array.from(numbers),
    byOwner,
    longestFreeRun: 1,
    freeInBlocks: Array.from({ length: 11 }, () => 1)
  }
}

export const anArea = (over: Partial<AreaLook> = {}): AreaLook => ({
  index: 0,
  name: 'table',
  start: hex(0),
  end: hex(0x1000 * FRAME),
  bytes: 0x1000 * FRAME,
  mappedBytes: 0x1000 * FRAME,
  permissions: 'rw-',
  coveredBytes: 0x1000 * FRAME,
  teas: [0],
  outside: null,
  ...over
})

export const aRegister = (over: Partial<RegisterLook> = {}): RegisterLook => ({
  n: 0,
  isValid: true,
  level: 1,
  start: hex(0),
  end: hex(0x1000 * FRAME),
  bytes: 0x1000 * FRAME,
  base: hex(0x100 * FRAME),
  gtea: null,
  tea: 0,
  ...over
})

export const aTea = (over: Partial<TeaLook> = {}): TeaLook => ({
  index: 0,
  level: 1,
  start: hex(0),
  end: hex(0x1000 * FRAME),
  bytes: 0x1000 * FRAME,
  slots: 8,
  linked: 8,
  deposits: 0,
  lost: 0,
  slotCells: Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 255]),
  base: 0x100,
  machine: [{ frame: 0x100, frames: 8 }],
  machineRuns: 1,
  areas: [0],
  gtea: null,
  register: 0,
  ...over
})

export const aLayer = (layer: LayerName, over: Partial<LayerLook> = {}): LayerLook => ({
  layer,
  role: 'Guest OS',
  translatedBy: 'dmt',
  process: 0,
  processes: [0],
  areas: [anArea()],
  areaCount: 1,
  registers: [aRegister(), aRegister({ n: 1, isValid: false, tea: null })],
  registersEnabled: true,
  teas: [aTea()],
  mappedBytes: 0x1000 * FRAME,
  coveredBytes: 0x1000 * FRAME,
  levels: 4,
  tablePages: 11,
  physical: aMap(0x200, [{ data: 0x200 }, { free: 0x200 }]),
  ...over
})

/** Innermost first. */
export const aMemoryLook = (layers: readonly LayerLook[] = [aLayer('L1'), aLayer('L0')]): MemoryLook => ({
  design: 'dmt',
  reference: 0,
  layers
})

export const aTablePage = (present: readonly number[], over: Partial<TablePageLook> = {}): TablePageLook => ({
  level: 1,
  frame: 7,
  machineFrame: 7,
  tea: null,
  start: hex(0),
  bytesPerEntry: FRAME,
  at: present[0] ?? 0,
  entries: present.map((index) => ({ index, entry: '0000000000007067' })),
  ...over
})

export const aHardwareTable = (over: Partial<HardwareTableLook> = {}): HardwareTableLook => ({
  id: 'dtlb',
  kind: 'tlb',
  title: 'Data TLB, 4 KiB',
  layer: null,
  sets: 2,
  ways: 2,
  replacement: 'lru',
  tagTitle: 'virtual address',
  valueTitle: 'machine address and flags',
  entries: [
    { set: 1, way: 0, age: 0, tag: '0x7f00', value: '0x1000', reach: '4 KiB', context: 'process 0 of L1' },
    { set: 0, way: 1, age: 1, tag: '0x8000', value: '0x2000', reach: '4 KiB', context: 'process 3 of L1' }
  ],
  ...over
})

export const aConversation = (over: Partial<Conversation> = {}): Conversation => ({
  n: 1,
  reference: 0,
  asker: 'L2',
  title: 'allocate 8 frames for table',
  result: 'granted',
  outcome: 'area 2',
  frames: 8,
  exits: 2,
  cycles: 2300,
  messages: [
    { from: 'L2', to: 'L0', text: 'allocate 8 frames', cycles: 2000, exits: 1, isRefusal: false },
    { from: 'L0', to: 'L0', text: 'takes 8 frames', cycles: 0, exits: 0, isRefusal: false },
    { from: 'L0', to: 'L2', text: 'area 2', cycles: 300, exits: 1, isRefusal: false }
  ],
  tea: 0,
  ...over
})
