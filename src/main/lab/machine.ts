/** The parts list of one lane's machine: memory and system software, caches and TLBs, and the design's walkers. */
import type { LayerMode } from '@shared/model/environment'
import { DEPTH, LAYER_NAMES } from '@shared/model/environment'
import type { LabSpec } from '@shared/model/spec'
import type { TranslationDesign } from '../designs/design'
import { pvdmt } from '../designs/pvdmt'
import { dmt } from '../designs/dmt'
import { CacheHierarchy } from '../hardware/cache/hierarchy'
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
  readonly caches: CacheHierarchy
  readonly tlb: Tlb
  readonly walkCaches: WalkCaches
  /** Serves TLB misses, through the caches. */
  stage!: Stage
  /** The same walkers at no cost: for the assist that sets a dirty bit. */
  assistStage!: Stage
  readonly assistWalk = new Walk()
  modes: LayerMode[]

  constructor(
    readonly spec: LabSpec,
    public design: TranslationDesign,
    areas: readonly Vma[]
  ) {
    this.modes = this.modesOf(design)
    const { modes, ledger } = this
    this.stack = new Stack({ spec, areas, modes, shadow: design.shadow(spec), ledger })
    this.caches = new CacheHierarchy(spec.cache)
    this.tlb = new Tlb(spec.tlb)
    this.walkCaches = new WalkCaches(spec, DEPTH[spec.environment], spec.levels)
    for (const layer of this.stack.layers) layer.onShootdown = () => this.forgetTables()
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
    const caches = new CacheHierarchy(this.spec.cache)
    const port = this.design.isFree ? new FreePort(memory, false) : new TimedPort(memory, caches, walk, false)
    return this.stageWith(walk, port, null)
  }

  /** A radix lane whose DMT is switched on becomes pvDMT, or DMT where nobody cooperates. */
  becomeDmt(): void {
    const mayCooperate = this.spec.cooperation && this.spec.environment !== 'native'
    this.design = mayCooperate ? pvdmt : dmt
    this.modes = this.modesOf(this.design)
    this.stack.layers.forEach((layer, k) => (layer.space.teas.mode = this.modes[k]))
    this.buildStages()
  }

  private modesOf(design: TranslationDesign): LayerMode[] {
    const { spec } = this
    return design.modes(spec.environment).map((mode, k) => {
      const own = mode === 'P' && !spec.cooperation ? 'D' : mode
      return spec.coverage[LAYER_NAMES[k]] ?? own
    })
  }

  private missPort(): EntryPort {
    const { memory } = this.stack
    return this.design.isFree
      ? new FreePort(memory, true)
      : new TimedPort(memory, this.caches, this.walk, true)
  }

  private stageWith(walk: Walk, port: EntryPort, walkCaches: WalkCaches | null): Stage {
    const { spec, stack, modes } = this
    const caches = this.design.isFree ? null : walkCaches
    return this.design.stage({ spec, stack, modes, walk, port, walkCaches: caches })
  }

  /** Tables have moved: what hardware and upper layers remember of them is void. TLB entries stay right. */
  private forgetTables(): void {
    this.walkCaches.flushAll()
    for (const layer of this.stack.layers) layer.entries.forget()
  }
}
