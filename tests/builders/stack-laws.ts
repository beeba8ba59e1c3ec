/** What must hold in a lane's memory whatever happened: checked by looking alone. */
import { Ledger } from '@main/software/ledger/ledger'
import { pureStack } from '@main/designs/stages'
import type { Machine } from '@main/lab/machine'
import { FreePort } from '@main/hardware/walker/entry-port'
import type { Stage } from '@main/hardware/walker/stage'
import { Walk } from '@main/hardware/walker/walk'
import type { Layer } from '@main/software/layer'
import type { AddressSpace } from '@main/software/space/address-space'
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

/** Of every frame and slot, so that it must be cheap, its words too: an assertion of its own for each is not. */
function mustBe(holds: boolean, layer: Layer, law: () => string): void {
  if (!holds) throw new Error(`${layer.name}: ${law()}`)
}

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

interface Leaf extends Run {
  readonly page: number
}

interface Entries {
  readonly tables: Frame[]
  readonly leaves: Leaf[]
}

/** Every table page and leaf of a radix tree, read by looking. */
function entriesOf(machine: Machine, k: number, root: number, levels: number): Entries {
  const tables: Frame[] = []
  const leaves: Leaf[] = []
  const { memory } = machine.stack
  const visit = (table: number, level: number, first: number): void => {
    tables.push(table as Frame)
    const frame = machineFrameBehind(machine, k, table)
    if (frame < 0 || !memory.hasContents(frame)) return
    for (let i = 0; i < ENTRIES_PER_TABLE; i++) {
      const low = memory.low(frame, i)
      if ((low & PRESENT) === 0) continue
      const target = entryFrame(low, memory.high(frame, i))
      const page = first + i * pagesPerEntry(level)
      if (level === 1 || (low & PAGE_SIZE_BIT) !== 0)
        leaves.push({ base: target, count: pagesPerEntry(level), page })
      else visit(target, level - 1, page)
    }
  }
  visit(root, levels, 0)
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
function checkSlots(machine: Machine, space: AddressSpace, tea: Tea): void {
  const { table, layer } = space
  let used = 0
  for (let p = tea.start as number; p < teaEnd(tea); p += pagesPerTable(tea.level)) {
    const linked = table.tableOf(p, tea.level)
    const slot = slotFrame(tea, p)
    if (linked >= 0) {
      used++
      mustBe(linked === slot, layer, () => `the tree links ${linked}, not slot ${slot} of page ${p}`)
    } else mustBe(isZero(machine, layer.index, slot), layer, () => `the free slot of page ${p} is zero`)
  }
  expect(tea.slotsUsed, `${layer.name}: slots in use`).toBe(used)
}

/** I3, and that registers say where the areas lie. */
function checkRegisters(machine: Machine, space: AddressSpace): void {
  const { layer } = space
  const { registers, teas } = space.teas
  for (let n = 0; n < registers.count; n++) {
    const value = registers.valueOf(n)
    const tea = teas.find((t) => t.register === n)
    expect(value === null, `${layer.name}: register ${n} names an area`).toBe(tea === undefined)
    if (!value || !tea) continue
    expect([value.level, value.start, value.pages]).toEqual([tea.level, tea.start, teaEnd(tea) - tea.start])
    expect(registers.cooperative[n]).toBe(tea.grant ? 1 : 0)
    if (!tea.grant) expect(registers.base[n]).toBe(tea.base)
    for (let i = 0; tea.grant && i < tea.slots; i++) {
      const behind = machineFrameBehind(machine, layer.index, tea.base + i)
      mustBe(registers.base[n] + i === behind, layer, () => `slot ${i} of register ${n} lies in ${behind}`)
    }
  }
  for (const a of teas) {
    for (const b of teas) {
      if (a === b || a.level !== b.level) continue
      const areApart = a.start >= teaEnd(b) || b.start >= teaEnd(a)
      mustBe(areApart, layer, () => `areas of one class meet, from ${a.start} and from ${b.start}`)
    }
  }
}

/** Runs of frames that one space uses for itself: tables, areas, and table pages kept for splits. */
function ownRuns(space: AddressSpace, tables: readonly Frame[]): Run[] {
  const { layer } = space
  const areas = space.teas.teas.map((tea): Run => ({ base: tea.base, count: tea.slots }))
  const isInArea = (f: number): boolean => areas.some((a) => f >= a.base && f < a.base + a.count)
  const ordinary = tables.filter((f) => !isInArea(f)).map(one)
  expect(tables.length, `${layer.name}: table pages`).toBe(space.table.tablePages)
  return [...areas, ...ordinary, ...[...(space.deposits?.list() ?? [])].map(one)]
}

const one = (f: number): Run => ({ base: f, count: 1 })

/** What spaces map, each frame once; how many share it is what the layer says. */
function mappedRuns(layer: Layer, leaves: readonly Leaf[]): Run[] {
  if (!layer.shares.any) return [...leaves]
  const owners = new Map<number, number>()
  for (const { base, count } of leaves)
    for (let f = base; f < base + count; f++) owners.set(f, (owners.get(f) ?? 0) + 1)
  for (const [f, count] of owners)
    if (layer.shares.count(f) !== count)
      throw new Error(`${layer.name}: frame ${f} has ${count} owners, not ${layer.shares.count(f)}`)
  return [...owners.keys()].map(one)
}

/** Every frame that serves a page says so, and no other frame says anything. */
function checkTags(layer: Layer, space: AddressSpace, leaves: readonly Leaf[]): void {
  for (const { page, base, count } of leaves)
    for (let i = 0; i < count; i++)
      if (layer.pageOfFrame[base + i] !== space.expects(page + i))
        throw new Error(`${layer.name}: frame ${base + i} does not say that it serves page ${page + i}`)
}

/** Runs of frames of a layer's own memory that something uses: tables, areas, pages, shadow tables. */
function runsInUse(machine: Machine, layer: Layer): Run[] {
  const shadows = layer.index === 0 ? machine.stack.shadows.all : []
  const shadowTables = shadows.flatMap(({ table }) => entriesOf(machine, 0, table.root, table.levels).tables)
  const counted = shadows.reduce((sum, { table }) => sum + table.tablePages, 0)
  expect(shadowTables.length, 'table pages of shadows').toBe(counted)
  const all: Run[] = [...shadowTables.map(one), one(0)]
  const leaves: Leaf[] = []
  for (const space of layer.spaces) {
    const entries = entriesOf(machine, layer.index, space.table.root, space.table.levels)
    all.push(...ownRuns(space, entries.tables))
    leaves.push(...entries.leaves)
    if (layer.isInnermost) checkTags(layer, space, entries.leaves)
  }
  const mapped = mappedRuns(layer, leaves)
  if (layer.isInnermost) {
    const frames = mapped.reduce((sum, run) => sum + run.count, 0)
    expect(layer.dataFrames, `${layer.name}: frames with pages`).toBe(frames)
    expect(tagged(layer), `${layer.name}: frames with tags`).toBe(frames)
  }
  return [...all, ...mapped].filter((run) => run.base < layer.frames.frames).sort((a, b) => a.base - b.base)
}

function tagged(layer: Layer): number {
  const { pageOfFrame } = layer
  let count = 0
  for (let f = 0; f < pageOfFrame.length; f++) if (pageOfFrame[f] !== 0) count++
  return count
}

/** No frame has two owners, none is both free and in use, and all of them add up; `pinned` are those nobody names. */
function checkFrames(machine: Machine, layer: Layer, pinned: number): void {
  const runs = runsInUse(machine, layer)
  let used = 0
  let end = 0
  for (const run of runs) {
    mustBe(run.base >= end, layer, () => `frame ${run.base} has two owners`)
    end = run.base + run.count
    used += run.count
    for (let f = run.base; f < end; f += 61)
      mustBe(!layer.frames.isFree(f), layer, () => `frame ${f} is in use and free`)
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
    for (const space of layer.spaces) {
      for (const tea of space.teas.teas) checkSlots(machine, space, tea)
      checkRegisters(machine, space)
    }
    checkFrames(machine, layer, pinned[k])
  })
}

/** Machine frame the stage answers, faults served on the way as the lane would. */
export function answer(machine: Machine, stage: Stage, walk: Walk, p: number): number {
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
    ledger: new Ledger(),
    walksKnownPaths: false,
    walkCaches: null
  })
  for (const p of pages) {
    const expected = stack.oracleFrame(p)
    expect(expected).toBeGreaterThan(0)
    expect(stack.logicalTag(expected), `page ${p}: logical page`).toBe(stack.inner.space.expects(p))
    const reached = [
      answer(machine, coldStage, cold, p),
      answer(machine, machine.assistStage, machine.assistWalk, p),
      answer(machine, plainStage, plain, p)
    ]
    expect(reached, `page ${p}: design, assist, radix`).toEqual([expected, expected, expected])
  }
}
