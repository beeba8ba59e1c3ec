/**
 * The table page that each transparent huge page keeps for its split (Linux mm/pgtable-generic.c,
 * pgtable_trans_huge_deposit), by region: a split takes the page of its own region, which in an area of entries must
 * be the slot of that region and no other.
 */
import type { Frame } from '@shared/address/address'
import type { Layer } from '../layer'
import type { TeaManager } from '../tea/tea-manager'

export class Deposits {
  /** Ordinary frames, by the first page of the region. Slots of areas are reserved where the areas are. */
  private readonly frames = new Map<number, Frame>()

  constructor(
    private readonly layer: Layer,
    private readonly teas: TeaManager
  ) {}

  /** Frames kept; looking only. */
  list(): Iterable<Frame> {
    return this.frames.values()
  }

  get size(): number {
    return this.frames.size
  }

  /** A huge page now maps the region at `start`; `table` is the table page, all zero, that mapped it until now. */
  keep(start: number, table: Frame | null = null): void {
    const rest = table !== null && this.teas.returnSlot(1, start, table) ? null : table
    const hasSlot = this.teas.deposit(start) >= 0
    if (!hasSlot) this.frames.set(start, rest ?? this.layer.allocateFrame())
    else if (rest !== null) this.layer.releaseTable(rest)
  }

  /** The table page of a region whose huge page is split; zero, and counted as a table of the tree. */
  take(start: number): Frame {
    const slot = this.teas.withdraw(start)
    if (slot < 0) return this.takeFrame(start) ?? this.layer.allocateFrame()
    this.dropFrame(start)
    return slot as Frame
  }

  /** The huge page of the region is gone. */
  drop(start: number): void {
    this.teas.dropDeposit(start)
    this.dropFrame(start)
  }

  private dropFrame(start: number): void {
    const frame = this.takeFrame(start)
    if (frame !== undefined) this.layer.releaseTable(frame)
  }

  private takeFrame(start: number): Frame | undefined {
    const frame = this.frames.get(start)
    this.frames.delete(start)
    return frame
  }
}
