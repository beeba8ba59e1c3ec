/**
 * How a walker reaches entries. The timed port goes through the caches and books every read; the free port
 * reads the same entries at no cost, for the ideal design, for dirty-bit assists and for looking.
 */
import type { Caches } from '../cache/caches'
import type { PhysicalMemory } from '../memory/physical-memory'
import type { Walk } from './walk'

export interface EntryPort {
  /** Words of the entry read last. */
  low: number
  high: number
  read(
    layer: number,
    level: number,
    machineFrame: number,
    tableFrame: number,
    index: number,
    flags: number
  ): void
  /** A walk cache was hit at `level`; `machineFrame` is the next table, `index` the entry it stood for. */
  cached(
    layer: number,
    level: number,
    machineFrame: number,
    index: number,
    hit: number,
    latency: number,
    flags: number
  ): void
  /** False for looking: then not even A and D change. */
  readonly mayMark: boolean
  /** Sets A or D bits of the entry, where this port may change anything. */
  mark(machineFrame: number, index: number, bits: number): void
}

/** What ports to emulated memory share: they hold the words read last, and mark entries where they may. */
export abstract class MemoryPort implements EntryPort {
  low = 0
  high = 0

  constructor(
    protected readonly memory: PhysicalMemory,
    readonly mayMark: boolean
  ) {}

  abstract read(...entry: Parameters<EntryPort['read']>): void
  abstract cached(...hit: Parameters<EntryPort['cached']>): void

  mark(machineFrame: number, index: number, bits: number): void {
    if (this.mayMark) this.memory.setLowBits(machineFrame, index, bits)
  }

  protected take(machineFrame: number, index: number): void {
    const at = this.memory.positionOf(machineFrame, index)
    this.low = this.memory.word(at)
    this.high = this.memory.word(at | 1)
  }
}

export class TimedPort extends MemoryPort {
  constructor(
    memory: PhysicalMemory,
    private readonly caches: Caches,
    private readonly walk: Walk,
    mayMark: boolean
  ) {
    super(memory, mayMark)
  }

  /** The same caches for what is read beside the walk and booked in another; it marks nothing. */
  aside(walk: Walk): TimedPort {
    return new TimedPort(this.memory, this.caches, walk, false)
  }

  read(
    layer: number,
    level: number,
    machineFrame: number,
    tableFrame: number,
    index: number,
    flags: number
  ): void {
    const code = this.caches.walk(machineFrame, index >>> 3)
    this.take(machineFrame, index)
    const latency = this.caches.latency[code]
    this.walk.read(layer, level, machineFrame, tableFrame, index, code, latency, this.low, this.high, flags)
  }

  cached(
    layer: number,
    level: number,
    machineFrame: number,
    index: number,
    hit: number,
    latency: number,
    flags: number
  ): void {
    this.walk.cached(layer, level, machineFrame, index, hit, latency, flags)
  }
}

export class FreePort extends MemoryPort {
  read(_layer: number, _level: number, machineFrame: number, _tableFrame: number, index: number): void {
    this.take(machineFrame, index)
  }

  cached(): void {
    // A free walk has no walk caches; the method completes the port.
  }
}
