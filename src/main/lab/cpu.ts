/**
 * One CPU of a lane's machine: TLB, walk caches and first caches of its own, and walkers over what it has loaded. The
 * last-level cache belongs to all CPUs.
 */
import { pageHigh, pageLow } from '@shared/address/address'
import { machineContext, vpidOfLayer, type Context } from '@shared/arch/context'
import { MOST_SINGLE_PAGES } from '@shared/arch/single-flush'
import type { LabSpec } from '@shared/model/spec'
import { buildCaches, type Caches } from '../hardware/cache/caches'
import type { Cache } from '../hardware/cache/cache'
import { Tlb } from '../hardware/tlb/tlb'
import type { Stage } from '../hardware/walker/stage'
import type { TranslationState } from '../hardware/walker/translation-state'
import { WalkCaches, type TranslationCache } from '../hardware/walker/walk-caches'
import type { AddressSpace } from '../software/space/address-space'
import type { Shadow } from '../software/hypervisor/shadow'
import type { Stack } from '../software/stack'

export class Cpu {
  readonly tlb: Tlb
  readonly walkCaches: WalkCaches
  readonly caches: Caches
  /** What is loaded for each layer, L0 first. */
  readonly states: readonly TranslationState[]
  /** Of the shadow table that is walked in the place of several layers' tables, where there is one. */
  shadowState: TranslationState | null = null
  /** Serves TLB misses, through the caches. */
  stage!: Stage
  /** The same walkers at no cost: for the assist that sets a dirty bit. */
  assistStage!: Stage
  /** What it runs. */
  space: AddressSpace

  constructor(
    spec: LabSpec,
    stack: Stack,
    llc: Cache,
    ownCache: (layer: number) => TranslationCache | null = () => null
  ) {
    this.space = stack.inner.space
    this.tlb = new Tlb(spec.tlb)
    const gteaEntries = spec.gtea.check === 'on-walk-cached' ? spec.gtea.cacheEntries : 0
    const levels = stack.layers.map(({ space }) => space.table.levels)
    this.walkCaches = new WalkCaches(spec, levels, gteaEntries, ownCache)
    if (this.walkCaches.gtea) stack.gteas.attach(this.walkCaches.gtea)
    this.caches = buildCaches(spec.cache, llc)
    this.states = stack.layers.map(({ space }, k) => ({
      root: space.table.root,
      levels: space.table.levels,
      context: machineContext(vpidOfLayer(k === stack.layers.length - 1 ? k : k + 1)),
      registers: space.teas.registers,
      own: space.support
    }))
    this.loadShadow(stack.shadow)
  }

  private get inner(): TranslationState {
    return this.states[this.states.length - 1]
  }

  get context(): Context {
    return this.inner.context
  }

  /** A context switch: the walkers read the new root, tag and registers from their next walk on. */
  load(space: AddressSpace, context: Context): void {
    const { inner } = this
    this.space = space
    inner.root = space.table.root
    inner.context = context
    inner.registers = space.teas.registers
    inner.own = space.support
  }

  /** The shadow table that the walkers read from their next walk on: of L2's memory, or of the process loaded. */
  loadShadow(shadow: Shadow | null): void {
    const state = shadow && {
      root: shadow.table.root,
      levels: shadow.table.levels,
      context: shadow.isOfProcess ? this.context : machineContext(vpidOfLayer(2)),
      registers: this.states[0].registers,
      own: shadow.support
    }
    // Walkers hold on to the state that they were built over.
    this.shadowState = state && this.shadowState ? Object.assign(this.shadowState, state) : state
  }

  /** Voids translations of a process's pages, one by one or all of the process. Its walk caches go in any case (INVLPG). */
  invalidate(context: Context, start: number, pages: number): void {
    if (pages > MOST_SINGLE_PAGES) this.tlb.flushContext(context)
    else for (let p = start; p < start + pages; p++) this.tlb.invalidatePage(pageHigh(p), pageLow(p), context)
    this.walkCaches.flushContext(context)
  }

  /** Forgets all translations of a process. */
  flushContext(context: Context): void {
    this.tlb.flushContext(context)
    this.walkCaches.flushContext(context)
  }

  /** Forgets all translations of a virtual machine (INVVPID, INVEPT). */
  flushVpid(vpid: number): void {
    this.tlb.flushVpid(vpid)
    this.walkCaches.flushVpid(vpid)
  }
}
