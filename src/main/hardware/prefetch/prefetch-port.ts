/**
 * The port of a walk beside which entries are prefetched: a read that a prefetch was made for waits for it, and is no
 * reference and no access to the caches of its own.
 */
import type { PhysicalMemory } from '../memory/physical-memory'
import { MemoryPort, type EntryPort } from '../walker/entry-port'
import type { Walk } from '../walker/walk'
import type { Outstanding } from './outstanding'

export interface PrefetchPortParts {
  readonly port: EntryPort
  readonly outstanding: Outstanding
  readonly memory: PhysicalMemory
  readonly walk: Walk
  /** Cycles to read what has arrived: that of the first-level cache, which a prefetch fills. */
  readonly latency: number
}

export class PrefetchPort extends MemoryPort {
  constructor(private readonly parts: PrefetchPortParts) {
    super(parts.memory, parts.port.mayMark)
  }

  read(
    layer: number,
    level: number,
    machineFrame: number,
    tableFrame: number,
    index: number,
    flags: number
  ): void {
    const { outstanding, port } = this.parts
    const n = outstanding.find(layer, level, machineFrame, index)
    if (n >= 0) return this.arrive(n, layer, level, machineFrame, tableFrame, index, flags)
    port.read(layer, level, machineFrame, tableFrame, index, flags)
    this.low = port.low
    this.high = port.high
  }

  private arrive(
    n: number,
    layer: number,
    level: number,
    machineFrame: number,
    tableFrame: number,
    index: number,
    flags: number
  ): void {
    const { outstanding, walk, latency } = this.parts
    this.take(machineFrame, index)
    walk.prefetched(layer, level, machineFrame, tableFrame, index, latency, this.low, this.high, flags)
    walk.waitFor(outstanding.cyclesAt(n), outstanding.depthAt(n))
    outstanding.take(n)
  }

  cached(...hit: Parameters<EntryPort['cached']>): void {
    this.parts.port.cached(...hit)
  }
}
