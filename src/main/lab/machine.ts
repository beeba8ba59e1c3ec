/** The parts list of one lane's machine: memory and system software, CPUs, and the design's walkers. */
import { contextOf, vpidOfLayer, type Context } from '@shared/arch/context'
import type { LayerMode } from '@shared/model/environment'
import { DEPTH, LAYER_NAMES } from '@shared/model/environment'
import type { LabSpec } from '@shared/model/spec'
import { COUNTER_INDEX } from '@shared/stats/counters'
import type { TranslationDesign } from '../designs/design'
import { pvdmt } from '../designs/pvdmt'
import { dmt } from '../designs/dmt'
import { pureStack } from '../designs/stages'
import { buildCaches, type Caches } from '../hardware/cache/caches'
import { lastLevel } from '../hardware/cache/hierarchy'
import type { Tlb } from '../hardware/tlb/tlb'
import { FreePort, TimedPort, type EntryPort } from '../hardware/walker/entry-port'
import { Walk } from '../hardware/walker/walk'
import type { WalkCaches } from '../hardware/walker/walk-caches'
import type { Stage } from '../hardware/walker/stage'
import { HostOperations } from '../software/hypervisor/host-operations'
import { shadowsProcess } from '../software/hypervisor/shadows'
import { Ledger } from '../software/ledger/ledger'
import type { Vma } from '../software/space/vma-list'
import type { AddressSpace } from '../software/space/address-space'
import { Stack } from '../software/stack'
import { Cpu } from './cpu'
import { duplicate } from './duplicate'

export class Machine {
  readonly ledger = new Ledger()
  readonly walk = new Walk()
  readonly stack: Stack
  readonly cpus: readonly Cpu[]
  /** What an operator of the host does. */
  readonly host: HostOperations
  /** The CPU that accesses come from, and its parts: a reference must not look for them. */
  cpu: Cpu
  caches!: Caches
  tlb!: Tlb
  walkCaches!: WalkCaches
  /** The process that runs, in the virtual machine of the innermost layer. */
  context!: Context
  /** Mixed into the tags of its pages' frames. */
  salt = 0
  /** Serves TLB misses, through the caches. */
  stage!: Stage
  /** The same walkers at no cost: for the assist that sets a dirty bit. */
  assistStage!: Stage
  readonly assistWalk = new Walk()
  /** How often tables have moved so far. */
  tableMoves = 0
  modes: LayerMode[]
  /** The switch as it stands: guests may ask for machine-contiguous frames. */
  private cooperates: boolean

  constructor(
    readonly spec: LabSpec,
    public design: TranslationDesign,
    areas: readonly Vma[],
    /** Pages that may hold data at once. */
    dataPages = pagesOf(areas)
  ) {
    this.cooperates = spec.cooperation
    this.modes = this.modesOf(design)
    const { modes, ledger } = this
    this.stack = new Stack({
      spec,
      areas,
      dataPages,
      modes,
      shadow: design.shadow(spec),
      software: design,
      ledger
    })
    const llc = lastLevel(spec.cache)
    this.cpus = Array.from({ length: spec.cpu.count }, () => {
      return new Cpu(spec, this.stack, llc, (layer) => design.cache?.(spec, layer) ?? null)
    })
    this.cpu = this.cpus[0]
    this.host = new HostOperations(this.stack)
    this.hearInvalidations()
    this.buildStages()
  }

  private hearInvalidations(): void {
    this.stack.kernel.onRetire = (space) => {
      this.stack.shadows.forget(space)
      for (const cpu of this.cpus) cpu.flushContext(this.contextOf(space))
    }
    this.stack.inner.isLoaded = (registers) =>
      this.cpus.some(({ space }) => space.teas.registers === registers)
    for (const layer of this.stack.layers) {
      layer.onShootdown = () => this.forgetTables()
      layer.onInvalidate = (space, start, pages) => this.invalidate(layer.index, space, start, pages)
      // The simulator published with DMT knows no permissions, so there a wider one voids nothing.
      if (this.spec.pwc.style !== 'artifact') layer.onProtect = () => this.flushTlbs()
    }
  }

  /** From now on accesses come from this CPU and this process; what it costs to switch is charged. */
  run(index: number, space: AddressSpace): void {
    const cpu = this.cpus[index]
    if (cpu === undefined) throw new Error(`Machine.run: there is no CPU ${index}`)
    if (cpu.space !== space) this.switchTo(cpu, space)
    this.stack.inner.space = space
    this.use(cpu)
  }

  /** Every process, and the tag of its translations. */
  contexts(): { space: AddressSpace; context: Context }[] {
    return this.stack.inner.spaces.map((space) => ({ space, context: this.contextOf(space) }))
  }

  /** Radix walks of a process's tables that cost, cache and change nothing. */
  lookingStage(space: AddressSpace, walk: Walk): Stage {
    const { spec, stack } = this
    const { table, teas } = space
    const own = {
      root: table.root,
      levels: table.levels,
      context: this.contextOf(space),
      registers: teas.registers,
      own: space.support
    }
    const states = [...this.cpu.states.slice(0, -1), own]
    const modes = stack.layers.map((): LayerMode => 'R')
    const port = new FreePort(stack.memory, false)
    const ledger = new Ledger()
    const parts = { spec, stack, modes, states, shadowState: null, walk, port, ledger }
    return pureStack({ ...parts, walkCaches: null, walksKnownPaths: false })
  }

  private use(cpu: Cpu): void {
    this.cpu = cpu
    this.caches = cpu.caches
    this.tlb = cpu.tlb
    this.walkCaches = cpu.walkCaches
    this.context = cpu.context
    this.salt = cpu.space.salt
    this.stage = cpu.stage
    this.assistStage = cpu.assistStage
    this.tableMoves++
  }

  /** Without PCIDs a CPU forgets the process it leaves. Registers are loaded anew, and checked as they are. */
  private switchTo(cpu: Cpu, space: AddressSpace): void {
    const { ledger, spec } = this
    const { shadows } = this.stack
    if (!spec.cpu.pcid) cpu.flushContext(cpu.context)
    cpu.load(space, this.contextOf(space))
    if (shadowsProcess(shadows.plan)) cpu.loadShadow(shadows.load(space, this.cpus.indexOf(cpu)))
    const { registers } = space.teas
    const usesRegisters = this.modes[this.modes.length - 1] !== 'R'
    const loaded = usesRegisters && registers.enabled ? registers.reload() : 0
    ledger.count('contextSwitches')
    ledger.count('registerLoads', loaded)
    const cycles = spec.costs.contextSwitch + 3 * loaded * spec.costs.registerWrite
    this.stack.inner.event('context-switch', `${loaded} registers loaded`, 0, cycles)
  }

  private contextOf({ pcid }: AddressSpace): Context {
    return contextOf(vpidOfLayer(DEPTH[this.spec.environment] - 1), this.spec.cpu.pcid ? pcid : 0)
  }

  /** Pages of a layer's space changed: of a process, or of the machine that a layer above runs in. */
  private invalidate(layer: number, space: AddressSpace, start: number, pages: number): void {
    const { layers } = this.stack
    if (layer === layers.length - 1) {
      const context = this.contextOf(space)
      for (const cpu of this.cpus) cpu.invalidate(context, start, pages)
      return
    }
    for (let above = layer + 1; above < layers.length; above++) {
      layers[above].entries.forget()
      for (const cpu of this.cpus) cpu.flushVpid(vpidOfLayer(above))
    }
    this.tableMoves++
  }

  private flushTlbs(): void {
    for (const { tlb } of this.cpus) tlb.flushAll()
  }

  /** Walkers for the modes as they are now. */
  buildStages(): void {
    for (const cpu of this.cpus) {
      cpu.stage = this.stageWith(cpu, this.walk, this.missPort(cpu), cpu.walkCaches)
      cpu.assistStage = this.stageWith(cpu, this.assistWalk, new FreePort(this.stack.memory, true), null)
    }
    this.use(this.cpu)
  }

  /** Walkers that find nothing cached and change nothing, over caches of their own: for looking. */
  coldStage(walk: Walk): Stage {
    const { memory } = this.stack
    const caches = buildCaches(this.spec.cache)
    const port = this.design.isFree ? new FreePort(memory, false) : new TimedPort(memory, caches, walk, false)
    return this.stageWith(this.cpu, walk, port, null)
  }

  /** Walkers over copies of the running CPU's caches as they are now: for looking, they change nothing. */
  copiedStage(walk: Walk): Stage {
    const { memory } = this.stack
    const { caches, walkCaches } = duplicate({ caches: this.caches, walkCaches: this.walkCaches })
    const port = this.design.isFree ? new FreePort(memory, false) : new TimedPort(memory, caches, walk, false)
    return this.stageWith(this.cpu, walk, port, walkCaches)
  }

  /**
   * Off: registers are invalid and walks go to radix at once; areas stay, for they are the leaf tables. On: areas
   * are built where they are missing. A lane without registers becomes pvDMT, or DMT where nobody cooperates.
   */
  setDmt(on: boolean): void {
    if (on && !this.design.info.hasRegisters) this.becomeDmt()
    for (const { spaces } of this.stack.layers)
      for (const { teas } of spaces) {
        teas.registers.enabled = on
        if (on) teas.coverAll()
      }
  }

  /** Off: grants go back and guests keep their areas in memory of their own. On: they are asked for again. */
  setCooperation(on: boolean): void {
    this.cooperates = on
    this.setModes()
    this.stack.host.cooperates = on
    for (const { spaces } of this.stack.layers)
      for (const { teas } of spaces) {
        if (teas.mode === 'P') teas.askForGrants()
        else teas.giveUpGrants()
      }
  }

  /** How each layer is translated from now on: of all processes and virtual machines, also those that do not run. */
  private setModes(): void {
    this.modes = this.modesOf(this.design)
    this.stack.layers.forEach(({ spaces }, k) => {
      for (const { teas } of spaces) teas.mode = this.modes[k]
    })
  }

  private becomeDmt(): void {
    const { counters } = this.ledger
    const mayCooperate = this.cooperates && this.spec.environment !== 'native'
    this.design = mayCooperate ? pvdmt : dmt
    this.setModes()
    this.stack.shadows.keep(this.design.shadow(this.spec))
    for (const cpu of this.cpus) cpu.loadShadow(this.stack.shadow)
    // What was walked as radix before belongs to the walks that no register served.
    counters[COUNTER_INDEX.fallbackWalks] = counters[COUNTER_INDEX.walks]
    this.buildStages()
  }

  private modesOf(design: TranslationDesign): LayerMode[] {
    const { spec } = this
    return design.modes(spec.environment).map((own, k) => {
      const mode = spec.coverage[LAYER_NAMES[k]] ?? own
      return mode === 'P' && !this.cooperates ? 'D' : mode
    })
  }

  private missPort(cpu: Cpu): EntryPort {
    const { memory } = this.stack
    return this.design.isFree
      ? new FreePort(memory, true)
      : new TimedPort(memory, cpu.caches, this.walk, true)
  }

  private stageWith(cpu: Cpu, walk: Walk, port: EntryPort, walkCaches: WalkCaches | null): Stage {
    const { spec, stack, modes } = this
    const { states, shadowState } = cpu
    const caches = this.design.isFree ? null : walkCaches
    const walksKnownPaths = spec.pwc.style === 'artifact' && port instanceof TimedPort
    // Only what the stream asks for is counted.
    const ledger = walk === this.walk ? this.ledger : new Ledger()
    const own = { spec, stack, modes, states, shadowState, walk, port, ledger }
    return this.design.stage({ ...own, walkCaches: caches, walksKnownPaths })
  }

  /** Tables have moved: what hardware and upper layers remember of them is void. TLB entries stay right. */
  private forgetTables(): void {
    this.tableMoves++
    for (const { walkCaches } of this.cpus) walkCaches.flushAll()
    for (const layer of this.stack.layers) layer.entries.forget()
  }
}

const pagesOf = (areas: readonly Vma[]): number =>
  areas.reduce((sum, area) => sum + (area.end - area.start), 0)
