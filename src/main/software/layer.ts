/**
 * One layer of system software. The same class is the operating system or host hypervisor (L0), the guest OS
 * or guest hypervisor (L1) and the nested guest OS (L2): each owns a physical space, hands out its frames, and
 * maps one address space, of a process or of a virtual machine.
 */
import { type Frame, type MachineFrame } from '@shared/address/address'
import { LAYER_NAMES, type LayerName } from '@shared/model/environment'
import type { EventKind } from '@shared/model/lab-event'
import type { CostParameters, GteaParameters } from '@shared/model/spec'
import { COUNTER_INDEX } from '@shared/stats/counters'
import type { PhysicalMemory } from '../hardware/memory/physical-memory'
import type { DmtRegisters } from '../hardware/registers/dmt-registers'
import type { GteaTable } from '../hardware/registers/gtea-table'
import { FrameAllocator } from './frames/frame-allocator'
import { FrameCells } from './frames/frame-cells'
import { FrameColours } from './frames/frame-colours'
import type { Exits } from './hypervisor/exits'
import type { Grant } from './hypervisor/grant'
import { GteaHost } from './hypervisor/gtea-host'
import { MOVABLE, PAGEBLOCK_ORDER, UNMOVABLE, type MigrateType } from './frames/migrate-type'

import type { Balloon } from './hypervisor/balloon'
import { Hypercalls } from './hypervisor/hypercalls'
import type { Ledger } from './ledger/ledger'
import { OutOfMemory } from './out-of-memory'
import type { AddressSpace } from './space/address-space'
import { EntryMemory, type Backing } from './space/entry-memory'
import { FrameShares } from './space/frame-shares'
import { tagOf } from './space/frame-tag'

const PAGE_FAULTS = COUNTER_INDEX.pageFaults
const EPT_VIOLATIONS = COUNTER_INDEX.eptViolations
const NESTED_EPT_VIOLATIONS = COUNTER_INDEX.nestedEptViolations

export interface LayerParts {
  readonly index: number
  /** It runs the process itself: its faults are page faults, and cause no exit. */
  readonly isInnermost: boolean
  readonly frameCount: number
  readonly below: Layer | null
  readonly memory: PhysicalMemory
  readonly gteas: GteaTable
  readonly ledger: Ledger
  readonly costs: CostParameters
  readonly exits: Exits
  readonly cooperation: GteaParameters
  /** Level of the leaves that map windows into its guest's space. */
  readonly windowLevel: 1 | 2
  /** Colours that pages are given frames by; 0: any frame will do. */
  readonly colours: number
}

export class Layer implements Backing {
  readonly index: number
  readonly name: LayerName
  readonly isInnermost: boolean
  readonly below: Layer | null
  readonly frames: FrameAllocator
  readonly entries: EntryMemory
  readonly ledger: Ledger
  readonly costs: CostParameters
  readonly gteas: GteaTable
  readonly hypercalls: Hypercalls
  readonly exits: Exits
  /** L0's side of cooperation: the same for all layers of a stack. */
  readonly host: GteaHost
  /** Level of the leaves of windows: granted frames come in whole pages of that size. */
  readonly windowLevel: 1 | 2
  /** The process or virtual machine this layer runs. */
  space!: AddressSpace
  /** All of them, that one included. */
  readonly spaces: AddressSpace[] = []
  /**
   * For each frame the page it serves: its low 32 bits plus 1, mixed with the salt of its family of processes;
   * 0 for frames that hold no page.
   */
  readonly pageOfFrame: Int32Array
  /** How many frames of each part of memory hold pages, for panels. */
  readonly dataCells: FrameCells
  /** Where pages get frames of their own colour. */
  private readonly colours: FrameColours | null
  /** Frames that cannot be moved and that nobody here uses: what fragments the memory. */
  pins: ArrayLike<number> & Iterable<number> = []
  /** Frames that the hypervisor below has taken from this layer. */
  balloon: Balloon | null = null
  /** Frames that several address spaces map. */
  readonly shares = new FrameShares()
  /** Frames that hold pages. */
  dataFrames = 0
  /** A CPU has these registers loaded. Others are values in memory, and cost nothing until their process runs. */
  isLoaded: (registers: DmtRegisters) => boolean = () => true
  /** Hardware hears of every invalidation: walk caches and memos of the layers above must ask again. */
  onShootdown: () => void = () => {}
  /** Leaves of the address space allow other accesses now: TLB entries are void. */
  onProtect: () => void = () => {}
  /** These pages of a space are mapped elsewhere, allow less or are gone: what hardware keeps of them is void. */
  onInvalidate: (space: AddressSpace, start: number, pages: number) => void = () => {}
  /** The same, for the shadow of the space: it must be brought up to date before hardware walks it again. */
  onFlush: (space: AddressSpace, start: number, pages: number) => void = () => {}

  constructor(parts: LayerParts) {
    this.index = parts.index
    this.name = LAYER_NAMES[parts.index]
    this.isInnermost = parts.isInnermost
    this.below = parts.below
    this.ledger = parts.ledger
    this.costs = parts.costs
    this.gteas = parts.gteas
    this.windowLevel = parts.windowLevel
    this.frames = new FrameAllocator(parts.frameCount)
    this.colours = parts.colours > 0 ? new FrameColours(this.frames, parts.colours) : null
    this.pageOfFrame = new Int32Array(parts.frameCount)
    this.dataCells = new FrameCells(parts.frameCount)
    this.entries = new EntryMemory(parts.memory, parts.below)
    this.exits = parts.exits
    this.hypercalls = new Hypercalls(this)
    this.host = parts.below?.host ?? new GteaHost(this, parts.gteas, parts.cooperation)
    // Frame 0 stays unused, so that no entry with frame 0 can be right by accident.
    this.frames.allocate(0)
  }

  /** A frame for a table page, or for a 4 KiB page that may move. @throws OutOfMemory */
  allocateFrame(type: MigrateType = UNMOVABLE): Frame {
    const f = this.frames.allocate(0, type)
    if (f < 0) throw new OutOfMemory(this.index, this.frames.frames)
    return f as Frame
  }

  /** A frame for a 4 KiB page, of the page's own colour where pages are coloured and one is left. @throws OutOfMemory */
  allocateFrameFor(page: number): Frame {
    if (this.colours !== null) {
      const f = this.colours.take(page)
      if (f >= 0) return f as Frame
      this.ledger.count('framesOffColour')
    }
    return this.allocateFrame(MOVABLE)
  }

  /** The frames of a 2 MiB page or node, after compaction where that helps; the first of them, or -1. */
  allocateHugeFrame(type: MigrateType = MOVABLE): number {
    const { frames } = this
    const base = frames.allocate(PAGEBLOCK_ORDER, type)
    return base < 0 && frames.compact(PAGEBLOCK_ORDER) ? frames.allocate(PAGEBLOCK_ORDER, type) : base
  }

  /**
   * Contiguous frames for a TEA, zeroed, so that the layers below back them from the start; -1 when there is no
   * such run. @throws OutOfMemory when a layer below cannot back it, and then it is free again
   */
  allocateArea(count: number, alignment = 1): number {
    const base = this.frames.allocateRange(count, alignment)
    try {
      for (let i = 0; base >= 0 && i < count; i++) this.entries.clear((base + i) as Frame)
      return base
    } catch (error) {
      this.frames.freeRange(base, count)
      throw error
    }
  }

  /** Returns an area: ordinary frames, or a window that a grant once filled. */
  releaseArea(base: Frame, count: number): void {
    if (base >= this.frames.frames) return this.hypercalls.closeWindow(base, count)
    for (let i = 0; i < count; i++) this.entries.clear((base + i) as Frame)
    this.frames.freeRange(base, count)
  }

  releaseTable(f: Frame): void {
    this.entries.clear(f)
    this.frames.free(f, 0)
  }

  /** Notes which page the frames serve, apart from the page tables: translations are checked against it. */
  own(frame: number, count: number, page: number, salt = 0): void {
    this.dataFrames += count
    this.dataCells.add(frame, count, 1)
    this.tag(frame, count, page, salt)
  }

  /** Frames that are owned already serve other pages from now on. */
  tag(frame: number, count: number, page: number, salt: number): void {
    const tags = this.pageOfFrame
    for (let i = 0; i < count; i++) tags[frame + i] = tagOf(page + i, salt)
  }

  /** The frames hold no pages any more. */
  disown(frame: number, count: number): void {
    this.dataFrames -= count
    this.dataCells.add(frame, count, -1)
    this.pageOfFrame.fill(0, frame, frame + count)
  }

  /** A space no longer maps these frames: those that no other maps are free. */
  release(base: number, count: number): void {
    for (let f = base; f < base + count;) {
      const free = this.unsharedRun(f, base + count - f)
      if (free > 0) {
        this.disown(f, free)
        this.frames.freeRange(f, free)
      }
      f += free
      if (f < base + count) this.shares.drop(f++)
    }
  }

  /** How many frames from the first on nobody else maps. */
  private unsharedRun(base: number, count: number): number {
    if (!this.shares.any) return count
    let n = 0
    while (n < count && !this.shares.isShared(base + n)) n++
    return n
  }

  machineFrameOf(page: number): MachineFrame {
    return this.entries.machineFrameOf(this.space.backing(page))
  }

  /** Layer k of those from L0 up to this one. */
  stackUp(k: number): Layer {
    if (k === this.index) return this
    if (this.below === null) throw new Error(`Layer: ${this.name} stands on no L${k}`)
    return this.below.stackUp(k)
  }

  /** L0 took the machine-contiguous frames of a grant back; the window still holds the tables. */
  grantLost(grant: Grant): void {
    for (const { teas } of this.spaces) teas.grantLost(grant)
  }

  event(kind: EventKind, text: string, frames: number, cycles: number): void {
    this.ledger.event(this.index, kind, text, frames, cycles)
  }

  /** A fault that this layer has to serve: counts it, and the exits that bring it here. */
  bookFault(): void {
    const { ledger, costs, exits } = this
    const { counters } = ledger
    if (this.isInnermost) {
      counters[PAGE_FAULTS]++
      return
    }
    counters[EPT_VIOLATIONS]++
    exits.violation()
    if (this.index === 0) {
      ledger.charge(costs.vmExit + costs.eptViolation)
    } else {
      // L0 takes the exit first and reflects it; the guest hypervisor's resume is the second exit.
      counters[NESTED_EPT_VIOLATIONS]++
      exits.reflect()
      exits.resume()
      ledger.charge(costs.nestedExit)
    }
  }

  /** Logs a page that a fault mapped. */
  faultEvent(text: string, frames: number, cycles: number): void {
    const kind = this.isInnermost ? 'page-fault' : this.index === 0 ? 'ept-violation' : 'nested-ept-violation'
    this.event(kind, text, frames, cycles)
  }

  /** Voids what CPUs keep of these pages of a space; their tables stay where they are unless `shootdown` says so. */
  invalidate(space: AddressSpace, start: number, pages: number): void {
    this.bookShootdown()
    this.onFlush(space, start, pages)
    this.onInvalidate(space, start, pages)
  }

  /**
   * Pages of a space have moved to other frames of this layer. Copy, reverse map and shootdown are in the cost of each
   * page.
   */
  pagesMoved(space: AddressSpace, start: number, pages: number): void {
    this.ledger.count('framesMigrated', pages)
    this.ledger.count('shootdowns')
    this.ledger.charge(pages * this.costs.migratePage)
    this.onFlush(space, start, pages)
    this.onInvalidate(space, start, pages)
  }

  /** Invalidates what CPUs and upper layers remember of this layer's tables, or of what they say of a range. */
  shootdown(space = this.space, start = 0, pages = Infinity): void {
    this.bookShootdown()
    this.onFlush(space, start, pages)
    this.onShootdown()
  }

  private bookShootdown(): void {
    this.ledger.count('shootdowns')
    this.ledger.charge(this.costs.shootdown + this.costs.shootdownPerTarget)
  }
}
