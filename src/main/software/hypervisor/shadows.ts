/**
 * The shadow tables of a stack: made for the spaces that need one, told of every write to a table behind them, and
 * kept ready when the guest goes from one process to another.
 */
import type { LabSpec } from '@shared/model/spec'
import type { Layer } from '../layer'
import type { AddressSpace } from '../space/address-space'
import type { WriteObserver } from '../space/page-table'
import type { TableSupport } from '../space/table-support'
import { AgileShadow } from './agile-shadow'
import { RootCache } from './root-cache'
import type { Shadow } from './shadow'
import { ShadowEpt } from './shadow-ept'
import { ShadowPaging } from './shadow-paging'

/**
 * None; EPT02, filled when a walk misses it or as memory is populated; or the shadow of each process, which stands for
 * the tables of all layers and is filled as memory is populated. `agile`: of each process, as far as the guest leaves
 * its tables alone.
 */
export type ShadowPlan = 'none' | 'on-demand' | 'populated' | 'process' | 'agile'

/** Hardware walks, or begins its walks in, a shadow of each process. */
export const shadowsProcess = (plan: ShadowPlan): boolean => plan === 'process' || plan === 'agile'

export class Shadows {
  private readonly bySpace = new Map<AddressSpace, Shadow>()
  /** Of each CPU. */
  private readonly roots: RootCache<Shadow>[]
  plan: ShadowPlan = 'none'

  constructor(
    private readonly layers: readonly Layer[],
    private readonly spec: LabSpec,
    plan: ShadowPlan,
    /** What the design keeps beside EPT02. */
    private readonly supportOf: (keeper: Layer, levels: 4 | 5) => TableSupport | null = () => null
  ) {
    this.roots = Array.from({ length: spec.cpu.count }, () => new RootCache<Shadow>(spec.shadow.cachedRoots))
    for (const layer of layers)
      layer.onFlush = (space, start, pages) => this.bySpace.get(space)?.sync.invalidate(start, pages)
    this.keep(plan)
  }

  /** The one that hardware walks now, or null. */
  get current(): Shadow | null {
    if (this.plan === 'none') return null
    return this.of(this.layers[shadowsProcess(this.plan) ? this.layers.length - 1 : 1].space)
  }

  /** All that are kept. */
  get all(): Shadow[] {
    return [...this.bySpace.values()]
  }

  /** Another design takes over: what it does not walk is given up. */
  keep(plan: ShadowPlan): void {
    if (plan === 'none' || shadowsProcess(plan) !== shadowsProcess(this.plan)) this.giveUp()
    this.plan = plan
    const { current } = this
    if (shadowsProcess(plan) && current) this.load(current.chain[0])
  }

  /**
   * The guest loads the root of a space of its own on a CPU: no exit where that root is kept and nothing was written
   * behind its shadow's back, else one, in which the shadow is brought up to date. Returns what is walked from now on.
   */
  load(space: AddressSpace, cpu = 0): Shadow {
    const shadow = this.of(space)
    if (this.roots[cpu].load(shadow) && shadow.sync.isInStep) return shadow
    shadow.bookExit()
    shadow.sync.readAgain()
    return shadow
  }

  /** The space is gone, and its shadow with it. */
  forget(space: AddressSpace): void {
    const shadow = this.bySpace.get(space)
    if (!shadow) return
    space.table.onWrite = null
    shadow.release()
    this.bySpace.delete(space)
    for (const roots of this.roots) roots.forget(shadow)
  }

  /** A tick of the hypervisor's clock. */
  look(): void {
    for (const shadow of this.bySpace.values()) shadow.look()
  }

  private of(space: AddressSpace): Shadow {
    const known = this.bySpace.get(space)
    if (known) return known
    const made = this.make(space)
    this.bySpace.set(space, made)
    for (const one of made.chain) one.table.onWrite = (...write) => this.heard(one, ...write)
    return made
  }

  /** Of a process all layers are combined, of a virtual machine its hypervisor's and those below. */
  private make(space: AddressSpace): Shadow {
    const { levels } = space.table
    const below = this.layers.slice(0, space.layer.index).map((layer) => layer.space)
    const chain = [space, ...below.reverse()]
    if (this.plan === 'agile') return new AgileShadow(chain, levels, this.spec.agile)
    return space.layer.isInnermost
      ? new ShadowPaging(chain, levels)
      : new ShadowEpt(chain, levels, () => this.plan === 'on-demand', this.supportOf(this.layers[0], levels))
  }

  /** A space's table is about to be written: it is the guest's table of a shadow, or lies behind one. */
  private heard(space: AddressSpace, ...[level, page, old, next]: Parameters<WriteObserver>): void {
    for (const shadow of this.bySpace.values()) {
      if (shadow.chain[0] === space) shadow.guestWrites(level, page, old)
      else if (shadow.chain.includes(space)) shadow.beforeChange(space.layer, level, page, old, next)
    }
  }

  private giveUp(): void {
    for (const shadow of this.bySpace.values()) {
      for (const { table } of shadow.chain) table.onWrite = null
      shadow.release()
    }
    this.bySpace.clear()
  }
}
