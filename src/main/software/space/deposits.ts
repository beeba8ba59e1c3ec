/**
 * The table page that each transparent huge page keeps for its split (Linux mm/pgtable-generic.c,
 * pgtable_trans_huge_deposit), by region: a split takes the page of its own region, which in an area of entries must
 * be the slot of that region and no other.
 */
import type { Frame } from '@shared/address/address'
import type { Layer } from '../layer'
import type { TeaManager } from '../tea/tea-manager'
import type { TableSupport } from './table-support'

export class Deposits {
  /** Ordinary frames, by the first page of the region. Slots of areas are reserved where the areas are. */
  private readonly frames = new Map<number, Frame>()

  constructor(
    private readonly layer: Layer,
    private readonly teas: TeaManager,
    /** Table pages that it has frames for lie in those, here too. */
    private readonly support: TableSupport | null
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
    if (!hasSlot) this.frames.set(start, rest ?? this.newFrame(start))
    else if (rest !== null) this.release(start, rest)
  }

  /** The table page of a region whose huge page is split; zero, and counted as a table of the tree. */
  take(start: number): Frame {
    const slot = this.teas.withdraw(start)
    if (slot < 0) return this.takeFrame(start) ?? this.newFrame(start)
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
    if (frame !== undefined) this.release(start, frame)
  }

  private newFrame(start: number): Frame {
    const own = this.support?.frameFor(1, start) ?? -1
    return own >= 0 ? (own as Frame) : this.layer.allocateFrame()
  }

  private release(start: number, frame: Frame): void {
    if (!this.support?.takeBack(1, start, frame)) this.layer.releaseTable(frame)
  }

  private takeFrame(start: number): Frame | undefined {
    const frame = this.frames.get(start)
    this.frames.delete(start)
    return frame
  }
}
