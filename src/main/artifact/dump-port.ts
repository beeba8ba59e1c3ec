/** How a walker reaches the entries of dumps: their reads are timed, their values follow from the rows. */
import { ACCESSED, DIRTY, PRESENT, WRITABLE, entryHigh, entryLow } from '@shared/arch/entry'
import type { Caches } from '../hardware/cache/caches'
import type { EntryPort } from '../hardware/walker/entry-port'
import type { Walk } from '../hardware/walker/walk'
import type { DumpPath } from './dump-path'

const FLAGS = PRESENT | WRITABLE | ACCESSED | DIRTY

export class DumpPort implements EntryPort {
  low = FLAGS
  high = 0
  /** Dumps are read only. */
  readonly mayMark = false

  /** @param paths by layer */
  constructor(
    private readonly paths: readonly DumpPath[],
    private readonly caches: Caches,
    private readonly walk: Walk
  ) {}

  read(
    layer: number,
    level: number,
    machineFrame: number,
    tableFrame: number,
    index: number,
    flags: number
  ): void {
    const path = this.paths[layer]
    const frame = level === 1 ? path.target : path.frame(level - 1)
    this.low = entryLow(frame, FLAGS)
    this.high = entryHigh(frame, false)
    const code = this.caches.walk(machineFrame, index >>> 3)
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

  mark(): void {
    // Entries of a dump are what they are.
  }
}
