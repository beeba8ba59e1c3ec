/** The system software of a lane, L0 upwards: composes the layers, routes faults, populates memory. */
import {
  PAGE_BYTES,
  alignDown,
  asPage,
  frame as frameNumber,
  machineFrame,
  pagesPerEntry,
  type Level,
  type MachineFrame,
  type Page
} from '@shared/address/address'
import type { PagePolicy } from '@shared/arch/page-size'
import { LOAD, STORE } from '@shared/model/access'
import { DEPTH, LAYER_NAMES, type LayerMode } from '@shared/model/environment'
import type { LabSpec } from '@shared/model/spec'
import type { MemoryUse } from '@shared/model/result'
import { PhysicalMemory } from '../hardware/memory/physical-memory'
import { DmtRegisters } from '../hardware/registers/dmt-registers'
import { GTEA_TABLE_FRAMES, GteaTable } from '../hardware/registers/gtea-table'
import type { Walk } from '../hardware/walker/walk'
import { fragment } from './frames/fragment'
import { Exits } from './hypervisor/exits'
import type { GteaHost } from './hypervisor/gtea-host'
import type { DesignSoftware } from './design-software'
import { refuseViolation } from './hypervisor/refuse-violation'
import { PAGEBLOCK_ORDER } from './frames/migrate-type'
import { PageMover } from './frames/page-mover'
import type { Shadow } from './hypervisor/shadow'
import { Shadows, shadowsProcess, type ShadowPlan } from './hypervisor/shadows'
import { visitTables } from './invariants/looking'
import { Layer } from './layer'
import type { Ledger } from './ledger/ledger'
import { AddressSpace } from './space/address-space'
import { Kernel } from './process/kernel'
import { OracleMap } from './space/oracle-map'
import { framesBeside, type OwnFrames, type SupportScene, type TableSupport } from './space/table-support'
import type { Vma } from './space/vma-list'
import { TeaManager } from './tea/tea-manager'
import { MOST_TRACED_PAGES, physicalSizes, tableFrames } from './physical-sizes'

const CLASSES: Record<PagePolicy, readonly (1 | 2 | 3)[]> = { '4K': [1], '2M': [2], '1G': [3], thp: [1, 2] }

/** Policies of a host whose every page is huge. */
const HUGE_POLICIES: readonly PagePolicy[] = ['2M', '1G']

/** A native stack has no layer below: one step covers whatever leaf there is. */
const MOST_LEVELS = 5
/** Pages that a last-level table maps. */
const LEAF_TABLE_PAGES = pagesPerEntry(2)

const ofSpaces = (layer: Layer, of: (space: AddressSpace) => number): number =>
  layer.spaces.reduce((sum, space) => sum + of(space), 0)

/** Table pages of a layer, those kept for splits of huge pages included. */
const tablesOf = (layer: Layer): number =>
  ofSpaces(layer, (s) => s.table.tablePages + (s.deposits?.size ?? 0))

export interface StackParts {
  readonly spec: LabSpec
  readonly areas: readonly Vma[]
  /** Pages that may hold data at once: fewer than the areas have where they are sparse, more where they grow. */
  readonly dataPages: number
  /** How each layer is translated, L0 first. */
  readonly modes: readonly LayerMode[]
  readonly shadow: ShadowPlan
  readonly software: DesignSoftware
  readonly ledger: Ledger
}

export class Stack {
  readonly layers: Layer[] = []
  readonly memory: PhysicalMemory
  readonly gteas: GteaTable
  private readonly exits: Exits
  readonly shadows: Shadows
  /** Of the innermost layer: its processes, and what they ask. */
  readonly kernel: Kernel
  private readonly spec: LabSpec
  private hasShadowedTables = false
  /** Generation of the running process's support whose frames EPT02 maps. */
  private shadowedGeneration = 0
  /** Of the innermost layer, since the start. */
  private spacesMade = 0

  constructor(private readonly parts: StackParts) {
    this.spec = parts.spec
    const depth = DEPTH[parts.spec.environment]
    const mapped = parts.areas.reduce((sum, area) => sum + (area.end - area.start), 0)
    const pages = parts.spec.trace ? Math.min(parts.dataPages, MOST_TRACED_PAGES) : parts.dataPages
    const tabled = parts.spec.trace ? pages : Math.max(mapped, pages)
    const sizes = physicalSizes(depth, pages, parts.spec.memory.limits)
    const shadowed = parts.shadow === 'none' ? [] : shadowsProcess(parts.shadow) ? [tabled] : sizes.slice(-1)
    this.memory = new PhysicalMemory(
      sizes[0] + GTEA_TABLE_FRAMES,
      tableFrames([tabled, ...sizes.slice(1), ...shadowed], parts.software.besideLeafTable)
    )
    this.gteas = new GteaTable(this.memory, machineFrame(sizes[0]), this.spec.gtea.check)
    this.exits = new Exits(parts.ledger, this.spec.costs, this.spec.nested.vmcsAccesses)
    for (let k = 0; k < depth; k++) this.layers.push(this.layer(k, depth, sizes[k]))
    this.host.cooperates = this.spec.cooperation
    for (const layer of this.layers) {
      // There is no CPU yet: software alone remembers where frames of a guest lie.
      layer.onInvalidate = layer.onShootdown = () => this.forgetFrames()
      layer.space = this.makeSpace(layer, 0)
      layer.frames.mover = new PageMover(layer)
      // Before there is a layer above, whose tables may want memory at once.
      this.addAreas(layer, sizes)
    }
    const newSpace = (salt: number): AddressSpace => this.makeSpace(this.inner, salt)
    this.kernel = new Kernel(this.inner, newSpace, parts.spec.thp.maxNone)
    const ofEpt02 = (layer: Layer, levels: 4 | 5): TableSupport | null =>
      this.support({ spec: this.spec, layer, levels, isShadow: true })
    this.shadows = new Shadows(this.layers, parts.spec, parts.shadow, ofEpt02)
  }

  /** The shadow table that hardware walks in the place of others, or null. */
  get shadow(): Shadow | null {
    return this.shadows.current
  }

  /** EPT02, where L0 keeps one. */
  get ept02(): Shadow | null {
    return this.shadowsProcesses ? null : this.shadow
  }

  /** Hardware walks a shadow of each process. */
  get shadowsProcesses(): boolean {
    return shadowsProcess(this.shadows.plan)
  }

  /** L0's side of cooperation. */
  get host(): GteaHost {
    return this.layers[0].host
  }

  get inner(): Layer {
    return this.layers[this.layers.length - 1]
  }

  private forgetFrames(): void {
    for (const { entries } of this.layers) entries.forget()
  }

  /** Serves the fault that ended a walk, at the layer that owns the missing entry. */
  serve(walk: Walk, page: Page, access: number): void {
    if (refuseViolation(this, walk, page, access)) return
    if (walk.faultInShadow && this.shadow) return this.shadow.serve(page, access)
    const layer = this.layers[walk.faultLayer]
    layer.bookFault()
    layer.space.handleFault(page, access, walk.faultIsProtection)
  }

  /** Maps a page in every layer, as a first access would; returns the pages covered by the leaf it then has. */
  populate(page: number, isStore: boolean): number {
    const access = isStore ? STORE : LOAD
    if (this.shadowsProcesses) return pagesPerEntry((this.shadow as Shadow).ensure(page, access))
    const { space } = this.inner
    const tables = space.table.tablePages
    const pages = pagesPerEntry(space.ensure(page, access))
    // A fault may map more than the page; what it maps beyond has tables of its own.
    const isFirst = page % LEAF_TABLE_PAGES === 0 || !this.hasShadowedTables
    if (isFirst || space.table.tablePages !== tables) this.shadowTables(page)
    if (space.support !== null && space.support.generation !== this.shadowedGeneration)
      this.shadowOwnFrames(space.support)
    const start = alignDown(page, pages)
    for (let p = start as number; p < start + pages;) p += this.populateBelow(p, access)
    return pages
  }

  /** L2's kernel reads and writes its tables through EPT02 like any memory, so their pages are filled with it. */
  private shadowTables(page: number): void {
    const { shadow, inner } = this
    this.hasShadowedTables = true
    if (this.shadows.plan !== 'populated' || shadow === null) return
    for (let level: number = inner.space.table.levels; level >= 1; level--) {
      const f = inner.space.table.tableOf(page, level as Level)
      if (f >= 0) shadow.ensure(f, STORE)
    }
    for (const f of inner.space.support?.framesOnWay(page) ?? []) shadow.ensure(f, STORE)
  }

  /** The same for what L2's kernel keeps for the design. */
  private shadowOwnFrames(support: TableSupport): void {
    const { shadow } = this
    this.shadowedGeneration = support.generation
    if (this.shadows.plan !== 'populated' || shadow === null) return
    for (const { base, count } of support.ownFrames())
      for (let f = base; f < base + count; f++) shadow.ensure(f, STORE)
  }

  /** Backs one page of the innermost space down to the machine; returns the pages the smallest leaf covers. */
  private populateBelow(page: number, access: number): number {
    let p = page
    let smallest: number = MOST_LEVELS
    for (let k = this.layers.length - 1; k > 0; k--) {
      const f = this.layers[k].space.table.frameOf(p)
      if (k === 2 && this.shadows.plan === 'populated') this.shadow?.ensure(f, access)
      p = asPage(frameNumber(f))
      smallest = Math.min(smallest, this.layers[k - 1].space.ensure(p, access))
    }
    const pages = pagesPerEntry(smallest)
    return alignDown(page, pages) + pages - page
  }

  /** Page of the innermost space that a machine frame serves, as tag; 0 when it serves none. Looking only. */
  logicalTag(machine: number): number {
    let f = machine
    for (let k = 0; k < this.layers.length - 1; k++) f = this.layers[k].pageOfFrame[f] - 1
    return this.inner.pageOfFrame[f]
  }

  /** Machine frame that the oracle maps name for a page, or -1. Only with `verify`. */
  oracleFrame(page: number): MachineFrame {
    let p = page
    for (let k = this.layers.length - 1; k >= 0 && p >= 0; k--) p = this.layers[k].space.oracle?.get(p) ?? -1
    return p as MachineFrame
  }

  /** Frames of a layer that belong to no address space of its own. Looking only. */
  ownFramesOf(layer: Layer): OwnFrames[] {
    const single = (what: string) => (base: number) => ({ base, count: 1, what })
    const held = [...layer.pins]
      .map(single('a pin'))
      .concat((layer.balloon?.frames ?? []).map(single('the balloon')))
    if (layer.index > 0) return held
    const tables: OwnFrames[] = []
    for (const { table, support } of this.shadows.all) {
      visitTables(this.memory, this.layers, 0, table, {
        table: (base) => tables.push({ base, count: 1, what: 'a shadow table' })
      })
      tables.push(...(support?.ownFrames() ?? []))
    }
    return [...held, ...tables]
  }

  memoryUse(): MemoryUse {
    const sum = (of: (layer: Layer) => number): number =>
      this.layers.reduce((total, layer) => total + of(layer), 0)
    const tables = sum(tablesOf)
    const shadow = this.shadows.all.reduce((total, one) => total + one.tablePages, 0)
    const areas = this.layers.flatMap((l) => l.spaces.map((s) => s.teas.usage()))
    const inAreas = (of: (usage: (typeof areas)[number]) => number): number =>
      areas.reduce((total, usage) => total + of(usage), 0)
    const notLinked = inAreas(({ frames, linked }) => frames - linked)
    const beside =
      sum((l) => ofSpaces(l, (s) => framesBeside(s.support))) +
      this.shadows.all.reduce((total, one) => total + framesBeside(one.support), 0)
    const perLayer = this.layers.map((l) => [
      `pageTableBytes${LAYER_NAMES[l.index]}`,
      tablesOf(l) * PAGE_BYTES
    ])
    return {
      pageTableBytes: (tables + shadow) * PAGE_BYTES,
      teaBytes: inAreas(({ frames }) => frames) * PAGE_BYTES,
      teaBubbleBytes: inAreas(({ unused }) => unused) * PAGE_BYTES,
      designBytes: beside * PAGE_BYTES,
      translationBytes: (tables + shadow + notLinked + beside) * PAGE_BYTES,
      shadowTableBytes: shadow * PAGE_BYTES,
      dataBytes: this.inner.dataFrames * PAGE_BYTES,
      ...(Object.fromEntries(perLayer) as Record<string, number>),
      ...(Object.assign({}, ...this.layers.map(freeMemory)) as Record<string, number>)
    }
  }

  private layer(k: number, depth: number, frameCount: number): Layer {
    const layer = new Layer({
      index: k,
      isInnermost: k === depth - 1,
      frameCount,
      below: this.layers[k - 1] ?? null,
      memory: this.memory,
      gteas: this.gteas,
      ledger: this.parts.ledger,
      costs: this.spec.costs,
      exits: this.exits,
      cooperation: this.spec.gtea,
      windowLevel:
        this.parts.software.hasHugeWindows && HUGE_POLICIES.includes(this.spec.hostPageSize) ? 2 : 1
    })
    layer.pins = fragment(layer.frames, this.spec.fragmentation, this.spec.seed + k)
    return layer
  }

  /** An empty space of a layer, translated as the one that runs; the salt is 0 for guests and the first process. */
  private makeSpace(layer: Layer, salt: number): AddressSpace {
    const { spec } = this
    const levels = layer.isInnermost ? spec.levels : spec.hostLevels || spec.levels
    const running = layer.spaces.length > 0 ? layer.space.teas : null
    const policy = layer.isInnermost ? spec.pageSize : spec.hostPageSize
    const registers = new DmtRegisters(layer.index, spec.dmt.registers, this.gteas)
    registers.enabled = running?.registers.enabled ?? true
    const teaPolicy = {
      ...spec.tea,
      classes: this.classesOf(policy),
      allAtOnce: spec.dmt.classes > 0 || this.parts.software.areaClasses !== undefined,
      registers: spec.dmt.policy
    }
    const teas = new TeaManager(layer, registers, teaPolicy, levels)
    teas.mode = running?.mode ?? this.parts.modes[layer.index]
    const serial = layer.isInnermost ? this.spacesMade++ : 0
    const support = this.support({ spec, layer, levels, isShadow: false })
    const mayWiden = layer.isInnermost
    const space = new AddressSpace({ layer, teas, policy, levels, mayWiden, salt, serial, support })
    if (spec.verify) space.oracle = new OracleMap()
    layer.spaces.push(space)
    return space
  }

  private support(scene: SupportScene): TableSupport | null {
    return this.parts.software.support?.(scene) ?? null
  }

  /** `dmt.classes` adds the next larger classes to those in use, then the next smaller ones. */
  private classesOf(policy: PagePolicy): readonly (1 | 2 | 3)[] {
    if (this.parts.software.areaClasses) return this.parts.software.areaClasses(policy)
    const inUse = CLASSES[policy]
    const larger = ([1, 2, 3] as const).filter((level) => level > inUse[inUse.length - 1])
    const smaller = ([2, 1] as const).filter((level) => level < inUse[0])
    return [...inUse, ...larger, ...smaller].slice(0, Math.max(inUse.length, this.spec.dmt.classes))
  }

  /** The process gets its areas; each virtual machine one memory slot for all of its guest's frames. */
  private addAreas({ space, index, isInnermost }: Layer, sizes: readonly number[]): void {
    if (isInnermost) {
      for (const area of this.parts.areas) space.vmas.add({ ...area })
      return
    }
    space.vmas.add({
      start: 0 as Page,
      end: sizes[index + 1] as Page,
      writable: true,
      executable: true,
      name: 'guest memory',
      mayHaveTea: true
    })
  }
}

/** What is free in a layer, and how much of it a 2 MiB page could use. */
function freeMemory({ frames, name }: Layer): Record<string, number> {
  return {
    [`freeFrames${name}`]: frames.freeFrames,
    [`largestRun${name}`]: frames.largestRun(),
    [`fragmentationIndex${name}`]: frames.fragmentationIndex(PAGEBLOCK_ORDER),
    [`unusableFreeSpace${name}`]: frames.unusableFreeSpace(PAGEBLOCK_ORDER)
  }
}
