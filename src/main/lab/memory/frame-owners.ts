/**
 * Frames of one layer by who owns them, in parts of equal size. What structures hold is asked of them; frames with data
 * are counted as they come and go (frame-cells.ts); the rest is free. That nothing else is in use is a law of its own
 * (software/invariants/frame-laws.ts).
 */
import { pagesPerEntry } from '@shared/address/address'
import { PRESENT, entryFrame } from '@shared/arch/entry'
import { FRAME_OWNERS, type FrameOwner } from '@shared/model/physical-map'
import { lowest } from '../../software/hypervisor/grant'
import type { Layer } from '../../software/layer'
import type { AddressSpace } from '../../software/space/address-space'
import type { Stack } from '../../software/stack'
import { SLOT_LOST } from '../../software/tea/tea'
import { visitTablePages } from './table-pages'

const OWNERS = FRAME_OWNERS.length
const INDEX = Object.fromEntries(FRAME_OWNERS.map((owner, i) => [owner, i])) as Record<FrameOwner, number>

export class FrameOwners {
  readonly cells: Uint32Array
  private readonly frames: number
  private readonly framesPerCell: number

  constructor(
    private readonly stack: Stack,
    private readonly layer: Layer
  ) {
    this.frames = layer.frames.frames
    this.framesPerCell = layer.dataCells.framesPerCell
    this.cells = new Uint32Array(layer.dataCells.counts.length * OWNERS)
    this.addData()
    this.own('pinned', 0, 1)
    for (const f of layer.pins) this.own('pinned', f, 1)
    for (const f of layer.balloon?.frames ?? []) this.own('hypervisor', f, 1)
    for (const space of layer.spaces) this.addSpace(space)
    if (layer.index === 0) this.addHost()
    this.addFree()
  }

  get byOwner(): number[] {
    return FRAME_OWNERS.map((_, owner) => {
      let sum = 0
      for (let at = owner; at < this.cells.length; at += OWNERS) sum += this.cells[at]
      return sum
    })
  }

  /** Frames beyond the layer's memory are windows, which a layer below owns. */
  private own(owner: FrameOwner, base: number, count: number): void {
    const { framesPerCell, cells } = this
    const last = Math.min(base + count, this.frames)
    for (let f = base; f < last;) {
      const cell = Math.floor(f / framesPerCell)
      const end = Math.min(last, (cell + 1) * framesPerCell)
      cells[cell * OWNERS + INDEX[owner]] += end - f
      f = end
    }
  }

  private addData(): void {
    const { counts } = this.layer.dataCells
    for (let cell = 0; cell < counts.length; cell++) this.cells[cell * OWNERS + INDEX.data] = counts[cell]
  }

  private addSpace(space: AddressSpace): void {
    const { teas, support, deposits, table } = space
    for (const { base, slots, states, lost } of teas.teas) {
      if (lost === 0) this.own('tea', base, slots)
      else for (let i = 0; i < slots; i++) if (states[i] !== SLOT_LOST) this.own('tea', base + i, 1)
    }
    for (const { base, count } of support?.ownFrames() ?? []) this.own('design', base, count)
    for (const f of deposits?.list() ?? []) if (!support?.holds(f)) this.own('table', f, 1)
    visitTablePages(this.stack, this.layer.index, table, {
      table: (f, level, page) => {
        const tea = level <= 3 ? teas.covering(level, page) : null
        const isSlot = tea !== null && f >= tea.base && f < tea.base + tea.slots
        if (!isSlot && !support?.holds(f)) this.own('table', f, 1)
      }
    })
  }

  /** What the host keeps of its guests: grants, and the shadows of their tables. */
  private addHost(): void {
    const { stack } = this
    for (const { table, support } of stack.shadows.all) {
      visitTablePages(stack, 0, table, { table: (f) => this.own('hypervisor', f, 1) })
      for (const { base, count } of support?.ownFrames() ?? []) this.own('design', base, count)
    }
    for (const { grant } of stack.host.holdings) {
      const entry = stack.gteas.find(lowest(grant).id)
      if (entry !== null) this.own('gtea', entry.base, entry.pages)
    }
    for (const { start, end, name } of this.layer.space.vmas.list())
      if (name === 'window') this.addLostWindow(start, end)
  }

  /** Frames of a window whose grant has ended hold what it held, wherever they are. */
  private addLostWindow(start: number, end: number): void {
    const granted = this.stack.host.holdings.map(({ grant }) => lowest(grant))
    for (let p = start; p < end;) {
      const grant = granted.find(({ window, frames }) => p >= window && p < window + frames)
      p = grant ? grant.window + grant.frames : this.addLostLeaf(p)
    }
  }

  /** The first page after the leaf. */
  private addLostLeaf(page: number): number {
    const { level, low, high } = this.layer.space.table.find(page)
    const pages = level <= 2 ? pagesPerEntry(level) : 1
    if ((low & PRESENT) !== 0) this.own('tea', entryFrame(low, high), pages)
    return page - (page % pages) + pages
  }

  private addFree(): void {
    const { cells, framesPerCell } = this
    for (let at = 0, first = 0; at < cells.length; at += OWNERS, first += framesPerCell) {
      let used = 0
      for (let owner = 0; owner < OWNERS; owner++) used += cells[at + owner]
      cells[at + INDEX.free] = Math.min(framesPerCell, this.frames - first) - used
    }
  }
}
