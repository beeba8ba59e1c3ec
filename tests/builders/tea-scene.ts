/** A space and its TEAs, driven as an operating system would: tables touched and taken away, areas changed. */
import type { Machine } from '@main/lab/machine'
import type { Layer } from '@main/software/layer'
import type { AddressSpace } from '@main/software/space/address-space'
import type { Vma } from '@main/software/space/vma-list'
import {
  SLOT_DEPOSITED,
  SLOT_FREE,
  SLOT_LINKED,
  reachOf,
  slotFrame,
  slotOf,
  teaEnd,
  type Tea
} from '@main/software/tea/tea'
import type { TeaManager } from '@main/software/tea/tea-manager'
import {
  ENTRIES_PER_TABLE,
  alignDown,
  indexAt,
  page,
  pageHigh,
  pageLow,
  pagesPerTable,
  type Frame
} from '@shared/address/address'
import { PRESENT, entryFrame } from '@shared/arch/entry'
import { COUNTER_INDEX, type CounterId } from '@shared/stats/counters'
import { expect } from 'vitest'
import { aMachine, anArea, type AreaInput } from './a-machine'
import { checkMemory, checkTranslations, pinnedFrames } from './stack-laws'

/** Pages of 2 MiB, what one slot of the 4K class maps. */
export const REGION = 512
/** An area that is never eligible: its only use is to take the page table's memory of the last table away. */
const SCRATCH: AreaInput = { start: 0x10_0000, pages: 1, name: 'scratch' }

export class TeaScene {
  readonly machine: Machine
  private readonly pinned: number[]

  constructor(input: Record<string, unknown> = {}, areas: readonly AreaInput[] = []) {
    this.machine = aMachine({ environment: 'native', lanes: ['dmt'], ...input }, [SCRATCH, ...areas])
    this.pinned = pinnedFrames(this.machine)
    this.touch(SCRATCH.start)
  }

  get layer(): Layer {
    return this.machine.stack.inner
  }

  get space(): AddressSpace {
    return this.layer.space
  }

  get teas(): TeaManager {
    return this.space.teas
  }

  count(id: CounterId): number {
    return this.machine.ledger.counters[COUNTER_INDEX[id]]
  }

  /** Maps a page as a store would, and says which TEA of the 4K class holds its table. */
  touch(p: number): Tea | null {
    this.machine.stack.populate(p, true)
    return this.teas.covering(1, p)
  }

  /** One page of each region of the area. */
  touchAll(vma: { readonly start: number; readonly end: number }): void {
    for (let p = vma.start; p < vma.end; p = alignDown(p, REGION) + REGION) this.touch(p)
  }

  add(input: AreaInput): Vma {
    const vma = anArea(input)
    this.space.vmas.add(vma)
    return vma
  }

  area(name: string): Vma {
    const vma = this.space.vmas.list().find((v) => v.name === name)
    if (!vma) throw new Error(`no area is named ${name}`)
    return vma
  }

  resize(vma: Vma, start: number, end: number): void {
    const before = { start: vma.start, end: vma.end }
    this.space.vmas.remove(vma)
    vma.start = page(start)
    vma.end = page(end)
    this.space.vmas.add(vma)
    for (const [from, to] of [
      [before.start, start],
      [end, before.end]
    ])
      this.unmapTables(from, to)
    this.teas.settle(before.start, before.end)
  }

  remove(vma: Vma): void {
    this.space.vmas.remove(vma)
    this.unmapTables(vma.start, vma.end)
    this.teas.settle(vma.start, vma.end)
  }

  /** Cuts the pages from..to-1 out of an area: two areas stay, as munmap of the middle leaves them. */
  punch(vma: Vma, from: number, to: number): Vma {
    const rest = { ...vma, start: page(to) }
    this.space.vmas.remove(vma)
    vma.end = page(from)
    this.space.vmas.add(vma)
    this.space.vmas.add(rest)
    this.unmapTables(from, to)
    this.teas.settle(from, to)
    return rest
  }

  /** Takes away the tables of the range that serve no area any more; of others only the entries in the range. */
  unmapTables(from: number, to: number): void {
    for (let region = alignDown(from, REGION) as number; region < to; region += REGION) {
      if (this.space.table.tableOf(region, 1) < 0) continue
      this.clearPages(Math.max(from, region), Math.min(to, region + REGION))
      const inUse = this.space.vmas.list().some((v) => v.start < region + REGION && v.end > region)
      if (!inUse) this.unlink(region)
    }
  }

  /** Takes the leaf table of a region out of the tree with everything it maps. */
  unlink(p: number): void {
    const { table } = this.space
    const region = alignDown(p, REGION)
    const leafTable = table.tableOf(region, 1) as Frame
    this.clearPages(region, region + REGION)
    this.forgetLastTable()
    const parent = table.tableOf(region, 2) as Frame
    this.layer.entries.write(parent, indexAt(pageHigh(region), pageLow(region), 2), 0, 0)
    table.tablePages--
    if (!this.teas.returnSlot(1, region, leafTable)) this.layer.releaseTable(leafTable)
  }

  /** Ends all areas and every table of theirs, as exit does; the machine's other spaces stay. */
  exit(): void {
    for (const vma of [...this.space.vmas.list()])
      if (vma.name !== SCRATCH.name && vma.mayHaveTea) this.space.vmas.remove(vma)
    for (const tea of [...this.teas.teas])
      for (let p = tea.start as number; tea.level === 1 && p < teaEnd(tea); p += REGION)
        if (this.space.table.tableOf(p, 1) >= 0) this.unlink(p)
  }

  check(): void {
    checkMemory(this.machine, this.pinned)
    checkStates(this.space)
  }

  checkTranslations(pages: Iterable<number>): void {
    checkTranslations(this.machine, pages)
  }

  /** Holds single frames so that no run of `length` or more is free in the layer; returns them. */
  scatter(length: number): number[] {
    const { frames } = this.layer
    const held: number[] = []
    for (let f = 2; f < frames.frames; f += length) if (frames.allocateAt(f, 1)) held.push(f)
    this.pinned[this.layer.index] += held.length
    return held
  }

  gather(held: readonly number[]): void {
    for (const f of held) this.layer.frames.free(f, 0)
    this.pinned[this.layer.index] -= held.length
  }

  hold(base: number, count: number): boolean {
    if (!this.layer.frames.allocateAt(base, count)) return false
    this.pinned[this.layer.index] += count
    return true
  }

  /** Leaves so many single free frames, which are what the next pages get. */
  spare(count: number): void {
    for (let f = 9000; f < 9000 + 2 * count; f += 2) this.hold(f + 1, 1)
  }

  private clearPages(from: number, to: number): void {
    const { table } = this.space
    const { entries, frames } = this.layer
    const leafTable = table.tableOf(from, 1) as Frame
    for (let p = from; leafTable >= 0 && p < to; p++) {
      const low = entries.low(leafTable, p % ENTRIES_PER_TABLE)
      if ((low & PRESENT) === 0) continue
      const f = entryFrame(low, entries.high(leafTable, p % ENTRIES_PER_TABLE))
      entries.write(leafTable, p % ENTRIES_PER_TABLE, 0, 0)
      if (f < frames.frames) this.layer.release(f, 1)
      this.space.pagesMapped--
    }
  }

  /** Mapping a page elsewhere makes the page table remember another leaf table. */
  private forgetLastTable(): void {
    const { table } = this.space
    table.map(SCRATCH.start, table.frameOf(SCRATCH.start), 1, PRESENT | 6, true)
  }
}

/** What the manager notes of each slot is what the tree and the registers say. */
export function checkStates(space: AddressSpace): void {
  const { teas, table } = space
  for (const tea of teas.teas) {
    const counts = [0, 0, 0]
    for (let p = tea.start as number; p < teaEnd(tea); p += reachOf(tea)) {
      const state = tea.states[slotOf(tea, p)]
      counts[state]++
      const isLinked = table.tableOf(p, tea.level) === (slotFrame(tea, p) as number)
      expect(state === SLOT_LINKED, `the slot of page ${p} is linked`).toBe(isLinked)
    }
    expect([tea.slotsUsed, tea.deposits]).toEqual([counts[SLOT_LINKED], counts[SLOT_DEPOSITED]])
    expect(counts[SLOT_FREE] + counts[SLOT_LINKED] + counts[SLOT_DEPOSITED]).toBe(tea.slots)
    expect(tea.start % pagesPerTable(tea.level)).toBe(0)
    expect(teas.covering(tea.level, teaEnd(tea) - 1)).toBe(tea)
    if (tea.slotsUsed === 0) expect(tea.register, 'an area without tables has no register').toBe(-1)
  }
}
