/** The parts list of one lane's machine: memory and system software, caches and TLBs, and the design's walkers. */
import { contextOf, vpidOfLayer, type Context } from '@shared/arch/context'
import type { LayerMode } from '@shared/model/environment'
import { DEPTH, LAYER_NAMES } from '@shared/model/environment'
import type { LabSpec } from '@shared/model/spec'
import { COUNTER_INDEX } from '@shared/stats/counters'
import type { TranslationDesign } from '../designs/design'
import { pvdmt } from '../designs/pvdmt'
import { dmt } from '../designs/dmt'
import { buildCaches, type Caches } from '../hardware/cache/caches'
import { Tlb } from '../hardware/tlb/tlb'
import { FreePort, TimedPort, type EntryPort } from '../hardware/walker/entry-port'
import { Walk } from '../hardware/walker/walk'
import { WalkCaches } from '../hardware/walker/walk-caches'
import type { Stage } from '../hardware/walker/stage'
import { Ledger } from '../software/ledger/ledger'
import type { Vma } from '../software/space/vma-list'
import { Stack } from '../software/stack'

export class Machine {
  readonly ledger = new Ledger()
  readonly walk = new Walk()
  readonly stack: Stack
  readonly caches: Caches
  readonly tlb: Tlb
  readonly walkCaches: WalkCaches
  /** The process that runs, in the virtual machine of the innermost layer. */
  readonly context: Context
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
    areas: readonly Vma[]
  ) {
    this.cooperates = spec.cooperation
    this.modes = this.modesOf(design)
    this.context = contextOf(vpidOfLayer(DEPTH[spec.environment] - 1), 0)
    const { modes, ledger } = this
    this.stack = new Stack({ spec, areas, modes, shadow: design.shadow(spec), ledger })
    this.caches = buildCaches(spec.cache)
    this.tlb = new Tlb(spec.tlb)
    this.walkCaches = new WalkCaches(
      spec,
      DEPTH[spec.environment],
      spec.levels,
      spec.gtea.check === 'on-walk-cached' ? spec.gtea.cacheEntries : 0
    )
    if (this.walkCaches.gtea) this.stack.gteas.attach(this.walkCaches.gtea)
    for (const layer of this.stack.layers) {
      layer.onShootdown = () => this.forgetTables()
      layer.onMove = () => this.tlb.flushAll()
      // The simulator published with DMT knows no permissions, so there a wider one voids nothing.
      if (spec.pwc.style !== 'artifact') layer.onProtect = () => this.tlb.flushAll()
    }
    this.stack.host.cooperates = spec.cooperation
    this.buildStages()
  }

  /** Walkers for the modes as they are now. */
  buildStages(): void {
    this.stage = this.stageWith(this.walk, this.missPort(), this.walkCaches)
    this.assistStage = this.stageWith(this.assistWalk, new FreePort(this.stack.memory, true), null)
  }

  /** Walkers that find nothing cached and change nothing, over caches of their own: for looking. */
  coldStage(walk: Walk): Stage {
    const { memory } = this.stack
    const caches = buildCaches(this.spec.cache)
    const port = this.design.isFree ? new FreePort(memory, false) : new TimedPort(memory, caches, walk, false)
    return this.stageWith(walk, port, null)
  }

  /**
   * Off: registers are invalid and walks go to radix at once; areas stay, for they are the leaf tables. On: areas
   * are built where they are missing. A lane without registers becomes pvDMT, or DMT where nobody cooperates.
   */
  setDmt(on: boolean): void {
    if (on && !this.design.info.hasRegisters) this.becomeDmt()
    for (const { space } of this.stack.layers) {
      space.teas.registers.enabled = on
      if (on) space.teas.coverAll(space.vmas.list(), space.table)
    }
  }

  /** Off: grants go back and guests keep their areas in memory of their own. On: they are asked for again. */
  setCooperation(on: boolean): void {
    this.cooperates = on
    this.modes = this.modesOf(this.design)
    this.stack.host.cooperates = on
    this.stack.layers.forEach(({ space }, k) => {
      const { teas } = space
      teas.mode = this.modes[k]
      if (teas.mode === 'P') teas.askForGrants(space.table)
      else teas.giveUpGrants(space.table)
    })
  }

  private becomeDmt(): void {
    const { counters } = this.ledger
    const mayCooperate = this.cooperates && this.spec.environment !== 'native'
    this.design = mayCooperate ? pvdmt : dmt
    this.modes = this.modesOf(this.design)
    this.stack.layers.forEach((layer, k) => (layer.space.teas.mode = this.modes[k]))
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

  private missPort(): EntryPort {
    const { memory } = this.stack
    return this.design.isFree
      ? new FreePort(memory, true)
      : new TimedPort(memory, this.caches, this.walk, true)
  }

  private stageWith(walk: Walk, port: EntryPort, walkCaches: WalkCaches | null): Stage {
    const { spec, stack, modes, context } = this
    const caches = this.design.isFree ? null : walkCaches
    const walksKnownPaths = spec.pwc.style === 'artifact' && port instanceof TimedPort
    return this.design.stage({ spec, stack, modes, context, walk, port, walkCaches: caches, walksKnownPaths })
  }

  /** Tables have moved: what hardware and upper layers remember of them is void. TLB entries stay right. */
  private forgetTables(): void {
    this.tableMoves++
    this.walkCaches.flushAll()
    for (const layer of this.stack.layers) layer.entries.forget()
  }
}
