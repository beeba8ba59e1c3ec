/** What a guest keeps for HugeGPT beside a process's table: table pages come from the segments of its whole memory. */
import type { Frame } from '@shared/address/address'
import { isZero, machineFrameBehind, visitTables } from '../invariants/looking'
import type { Violations } from '../invariants/violations'
import type { Layer } from '../layer'
import { TableSupport, type OwnFrames, type SupportScene } from '../space/table-support'
import { segmentsOf, type SegmentPool } from './segment-pool'

export class SegmentSupport extends TableSupport {
  private readonly pool: SegmentPool
  private readonly layer: Layer
  /** The level of table pages from which on they are ordinary frames. */
  private readonly firstOutside: number

  constructor({ spec, layer, levels }: SupportScene) {
    super()
    this.layer = layer
    this.pool = segmentsOf(layer, spec.hugegpt.segmentShare)
    this.firstOutside = spec.hugegpt.root === 'excluded' ? levels : levels + 1
    this.pool.sharers.add(this)
  }

  override frameFor(level: number): number {
    return level < this.firstOutside ? this.pool.take() : -1
  }

  override takeBack(_level: number, _page: number, frame: Frame): boolean {
    const isOwn = this.pool.holds(frame)
    if (isOwn) this.pool.giveBack(frame)
    return isOwn
  }

  override release(): void {
    this.pool.sharers.delete(this)
  }

  override ownFrames(): readonly OwnFrames[] {
    return this.speaks ? this.pool.list() : []
  }

  override get tablesHeld(): number {
    return this.speaks ? this.pool.used : 0
  }

  override holds(frame: number): boolean {
    return this.pool.holds(frame)
  }

  /** Every frame of a segment is a table page of one of the guest's processes, or free and zero. */
  override check(found: Violations): void {
    if (!this.speaks) return
    const { pool, layer } = this
    const { index, entries } = layer
    const layers = Array.from({ length: index + 1 }, (_, k) => layer.stackUp(k))
    const free = new Set(pool.freeFrames())
    let used = 0
    const table = (f: number): void => {
      if (!pool.holds(f)) return
      used++
      found.unless(!free.has(f), layer.name, () => `frame ${f} of a segment is free and a table page`)
    }
    for (const space of layer.spaces) {
      visitTables(entries.memory, layers, index, space.table, { table })
      for (const f of space.deposits?.list() ?? []) table(f)
    }
    found.unless(
      used === pool.used,
      layer.name,
      () => `${pool.used} frames of segments taken, ${used} linked`
    )
    for (const f of free)
      found.unless(isZero(entries.memory, machineFrameBehind(layers, index, f)), layer.name, () => {
        return `frame ${f} of a segment is free and not zero`
      })
  }

  private get speaks(): boolean {
    return this.pool.sharers.values().next().value === this
  }
}
