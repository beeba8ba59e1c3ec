/**
 * The port of what runs ahead of a walk: its reads are prefetches, references that go through the caches like any other
 * but that nobody waits for yet. It sets no A or D bit: only the walk itself does.
 */
import type { PhysicalMemory } from '../memory/physical-memory'
import type { Books } from '../walker/books'
import { MemoryPort, type EntryPort } from '../walker/entry-port'
import { FLAG_GTEA, FLAG_PREFETCH, type Walk } from '../walker/walk'
import type { Outstanding } from './outstanding'

export interface AheadPortParts {
  readonly port: EntryPort
  readonly outstanding: Outstanding
  readonly memory: PhysicalMemory
  readonly walk: Walk
  readonly books: Books
}

export class AheadPort extends MemoryPort {
  constructor(private readonly parts: AheadPortParts) {
    // What is read ahead may never be used.
    super(parts.memory, false)
  }

  read(
    layer: number,
    level: number,
    machineFrame: number,
    tableFrame: number,
    index: number,
    flags: number
  ): void {
    const { port, outstanding, books } = this.parts
    const n = outstanding.find(layer, level, machineFrame, index)
    if (n >= 0) return this.follow(n, machineFrame, index)
    port.read(layer, level, machineFrame, tableFrame, index, flags | FLAG_PREFETCH)
    this.low = port.low
    this.high = port.high
    // The check of a grant is made for the prefetch itself; no walk comes to read it.
    if ((flags & FLAG_GTEA) !== 0) return
    outstanding.add(layer, level, machineFrame, index)
    books.count('prefetches')
  }

  /** It is on its way already: what depends on it waits, and the read that it was made for is yet to come. */
  private follow(n: number, machineFrame: number, index: number): void {
    const { outstanding, walk } = this.parts
    this.take(machineFrame, index)
    walk.waitFor(outstanding.cyclesAt(n), outstanding.depthAt(n))
  }

  cached(
    _layer: number,
    _level: number,
    _machineFrame: number,
    _index: number,
    _hit: number,
    latency: number
  ): void {
    this.parts.walk.cycles += latency
  }
}
