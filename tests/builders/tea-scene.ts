/** A space and its TEAs, driven as an operating system would: tables touched and taken away, areas changed. */
import type { Machine } from '@main/lab/machine'
import type { Layer } from '@main/software/layer'
import type { AddressSpace } from '@main/software/space/address-space'
import { growArea, settleAreas } from '@main/software/space/areas'
import { destroy, discard, unmap } from '@main/software/space/unmap'
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
  alignDown,
  indexAt,
  page,
  pageHigh,
  pageLow,
  pagesPerTable,
  type Frame
} from '@shared/address/address'
import { COUNTER_INDEX, type CounterId } from '@shared/stats/counters'
import { expect } from 'vitest'
import { aMachine, anArea, type AreaInput } from './a-machine'
import { checkMemory, checkTranslations, pinnedFrames } from './stack-laws'

/** Pages of 2 MiB, what one slot of the 4K class maps. */
export const REGION = 512
export class TeaScene {
  readonly machine: Machine
  private readonly pinned: number[]

  constructor(input: Record<string, unknown> = {}, areas: readonly AreaInput[] = []) {
    this.machine = aMachine({ environment: 'native', lanes: ['dmt'], ...input }, areas)
    this.pinned = pinnedFrames(this.machine)
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

  /** Moves the ends of an area; what it loses is unmapped. */
  resize(vma: Vma, start: number, end: number): void {
    const { space } = this
    if (end < vma.end) unmap(space, end, vma.end - end)
    if (start > vma.start) unmap(space, vma.start, start - vma.start)
    const rest = space.vmas.find(Math.max(start, vma.start)) ?? vma
    if (end > rest.end) growArea(space, rest, page(end))
    if (start >= rest.start) return
    const before = rest.start
    rest.start = page(start)
    settleAreas(space, start, before)
  }

  remove(vma: Vma): void {
    unmap(this.space, vma.start, vma.end - vma.start)
  }

  /** Cuts the pages from..to-1 out of an area. */
  punch(from: number, to: number): void {
    unmap(this.space, from, to - from)
  }

  /** Takes the leaf table of a region out of the tree with everything it maps; the areas stay. */
  unlink(p: number): void {
    const { space, layer } = this
    const { table } = space
    const region = alignDown(p, REGION)
    discard(space, region, REGION)
    const leafTable = table.tableOf(region, 1) as Frame
    const parent = table.tableOf(region, 2) as Frame
    table.unlink(parent, indexAt(pageHigh(region), pageLow(region), 2), 2, region)
    layer.shootdown()
    space.freeTable(1, region, leafTable)
  }

  /** The process ends: nothing of it may be left but what the scene itself holds. */
  exit(): void {
    const { layer } = this
    destroy(this.space)
    expect(this.teas.teas).toEqual([])
    expect(layer.frames.freeFrames).toBe(layer.frames.frames - 1 - this.pinned[layer.index])
    const grants = this.machine.stack.gteas.list().filter((e) => e.valid && e.owner === layer.index)
    expect(grants).toEqual([])
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
