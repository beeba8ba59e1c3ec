/** What must hold in a lane's memory whatever happened: checked by looking alone. */
import { pureStack } from '@main/designs/stages'
import type { Machine } from '@main/lab/machine'
import { FreePort } from '@main/hardware/walker/entry-port'
import type { Stage } from '@main/hardware/walker/stage'
import { Walk } from '@main/hardware/walker/walk'
import type { Layer } from '@main/software/layer'
import { slotFrame, teaEnd, type Tea } from '@main/software/tea/tea'
import {
  ENTRIES_PER_TABLE,
  pageFrom,
  pageHigh,
  pageLow,
  pagesPerEntry,
  pagesPerTable,
  type Frame
} from '@shared/address/address'
import { PAGE_SIZE_BIT, PRESENT, entryFrame } from '@shared/arch/entry'
import { LOAD } from '@shared/model/access'
import { expect } from 'vitest'

/** Machine frame behind a frame of layer k, or -1 where nothing backs it. */
export function machineFrameBehind(machine: Machine, k: number, frame: number): number {
  let f = frame
  for (let j = k - 1; j >= 0 && f >= 0; j--) f = machine.stack.layers[j].space.table.frameOf(f)
  return f
}

interface Run {
  readonly base: number
  readonly count: number
}

interface Entries {
  readonly tables: Frame[]
  readonly leaves: Run[]
}

/** Every table page and leaf of a radix tree, read by looking. */
function entriesOf(machine: Machine, k: number, root: number, levels: number): Entries {
  const tables: Frame[] = []
  const leaves: Run[] = []
  const { memory } = machine.stack
  const visit = (table: number, level: number): void => {
    tables.push(table as Frame)
    const frame = machineFrameBehind(machine, k, table)
    if (frame < 0 || !memory.hasContents(frame)) return
    for (let i = 0; i < ENTRIES_PER_TABLE; i++) {
      const low = memory.low(frame, i)
      if ((low & PRESENT) === 0) continue
      const target = entryFrame(low, memory.high(frame, i))
      if (level === 1 || (low & PAGE_SIZE_BIT) !== 0)
        leaves.push({ base: target, count: pagesPerEntry(level) })
      else visit(target, level - 1)
    }
  }
  visit(root, levels)
  return { tables, leaves }
}

function isZero(machine: Machine, k: number, frame: number): boolean {
  const f = machineFrameBehind(machine, k, frame)
  if (f < 0 || !machine.stack.memory.hasContents(f)) return true
  for (let i = 0; i < ENTRIES_PER_TABLE; i++) {
    if (machine.stack.memory.low(f, i) !== 0 || machine.stack.memory.high(f, i) !== 0) return false
  }
  return true
}

/** I1, I2 and the count of slots in use. */
function checkSlots(machine: Machine, layer: Layer, tea: Tea): void {
  const { table } = layer.space
  let used = 0
  for (let p = tea.start as number; p < teaEnd(tea); p += pagesPerTable(tea.level)) {
    const linked = table.tableOf(p, tea.level)
    const slot = slotFrame(tea, p)
    if (linked >= 0) {
      used++
      expect(linked, `${layer.name}: the tree links the slot of page ${p}`).toBe(slot)
    } else {
      expect(isZero(machine, layer.index, slot), `${layer.name}: the free slot of page ${p} is zero`).toBe(
        true
      )
    }
  }
  expect(tea.slotsUsed, `${layer.name}: slots in use`).toBe(used)
}

/** I3, and that registers say where the areas lie. */
function checkRegisters(machine: Machine, layer: Layer): void {
  const { registers, teas } = layer.space.teas
  for (let n = 0; n < registers.count; n++) {
    const value = registers.valueOf(n)
    const tea = teas.find((t) => t.register === n)
    expect(value === null, `${layer.name}: register ${n} names an area`).toBe(tea === undefined)
    if (!value || !tea) continue
    expect([value.level, value.start, value.pages]).toEqual([tea.level, tea.start, teaEnd(tea) - tea.start])
    expect(registers.cooperative[n]).toBe(tea.grant ? 1 : 0)
    if (!tea.grant) expect(registers.base[n]).toBe(tea.base)
    for (let i = 0; tea.grant && i < tea.slots; i++) {
      expect(registers.base[n] + i).toBe(machineFrameBehind(machine, layer.index, tea.base + i))
    }
  }
  for (const a of teas) {
    for (const b of teas) {
      if (a === b || a.level !== b.level) continue
      expect(
        a.start >= teaEnd(b) || b.start >= teaEnd(a),
        `${layer.name}: areas of one class are apart`
      ).toBe(true)
    }
  }
}

/** Runs of frames of a layer's own memory that something uses: tables, areas, pages, shadow tables. */
function runsInUse(machine: Machine, layer: Layer): Run[] {
  const { space } = layer
  const { tables, leaves } = entriesOf(machine, layer.index, space.table.root, space.table.levels)
  const areas = space.teas.teas.map((tea): Run => ({ base: tea.base, count: tea.slots }))
  const isInArea = (f: number): boolean => areas.some((a) => f >= a.base && f < a.base + a.count)
  const ordinary = tables.filter((f) => !isInArea(f)).map((f): Run => ({ base: f, count: 1 }))
  expect(tables.length, `${layer.name}: table pages`).toBe(space.table.tablePages)
  const shadow = layer.index === 0 ? machine.stack.shadow : null
  const shadowTables = shadow ? entriesOf(machine, 0, shadow.table.root, shadow.table.levels).tables : []
  const all = [
    ...areas,
    ...ordinary,
    ...leaves,
    ...shadowTables.map((f): Run => ({ base: f, count: 1 })),
    { base: 0, count: 1 }
  ]
  return all.filter((run) => run.base < layer.frames.frames).sort((a, b) => a.base - b.base)
}

/** No frame has two owners, none is both free and in use, and all of them add up; `pinned` are those nobody names. */
function checkFrames(machine: Machine, layer: Layer, pinned: number): void {
  const runs = runsInUse(machine, layer)
  let used = 0
  let end = 0
  for (const run of runs) {
    expect(run.base, `${layer.name}: frame ${run.base} has one owner`).toBeGreaterThanOrEqual(end)
    end = run.base + run.count
    used += run.count
    for (let f = run.base; f < end; f += 61)
      expect(layer.frames.isFree(f), `${layer.name}: frame ${f} is in use`).toBe(false)
  }
  expect(used + pinned + layer.frames.freeFrames, `${layer.name}: frames add up`).toBe(layer.frames.frames)
}

/** Frames that are in use when a machine is new and that no table names: those pinned by fragmentation. */
export function pinnedFrames(machine: Machine): number[] {
  return machine.stack.layers.map((layer) => {
    const named = runsInUse(machine, layer).reduce((sum, run) => sum + run.count, 0)
    return layer.frames.frames - layer.frames.freeFrames - named
  })
}

/** Table entries, areas, registers and frames of every layer. */
export function checkMemory(machine: Machine, pinned: readonly number[]): void {
  machine.stack.layers.forEach((layer, k) => {
    for (const tea of layer.space.teas.teas) checkSlots(machine, layer, tea)
    checkRegisters(machine, layer)
    checkFrames(machine, layer, pinned[k])
  })
}

/** Machine frame the stage answers, faults served on the way as the lane would. */
function answer(machine: Machine, stage: Stage, walk: Walk, p: number): number {
  for (let tries = 0; tries < 64; tries++) {
    walk.begin()
    const frame = stage.translate(pageHigh(p), pageLow(p), LOAD)
    if (frame >= 0) return frame
    machine.stack.serve(walk, pageFrom(walk.faultHigh, walk.faultLow), LOAD)
  }
  return -1
}

/** The oracle's frame is what the design's walkers, the free assist and plain radix walkers all reach. */
export function checkTranslations(machine: Machine, pages: Iterable<number>): void {
  const { stack, spec } = machine
  const cold = new Walk()
  const plain = new Walk()
  const coldStage = machine.coldStage(cold)
  const modes = stack.layers.map(() => 'R' as const)
  const plainStage = pureStack({
    spec,
    stack,
    modes,
    states: machine.cpu.states,
    shadowState: machine.cpu.shadowState,
    walk: plain,
    port: new FreePort(stack.memory, false),
    walksKnownPaths: false,
    walkCaches: null
  })
  for (const p of pages) {
    const expected = stack.oracleFrame(p)
    expect(expected).toBeGreaterThan(0)
    expect(stack.logicalTag(expected), `page ${p}: logical page`).toBe(((p | 0) + 1) | 0)
    const reached = [
      answer(machine, coldStage, cold, p),
      answer(machine, machine.assistStage, machine.assistWalk, p),
      answer(machine, plainStage, plain, p)
    ]
    expect(reached, `page ${p}: design, assist, radix`).toEqual([expected, expected, expected])
  }
}
