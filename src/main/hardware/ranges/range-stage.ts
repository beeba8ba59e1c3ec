/**
 * One layer translated by ranges (redundant memory mappings): a range that holds the page gives its frame with no
 * reference. What no range holds, or none allows, is walked by the layer's ordinary walker, which also faults.
 *
 * A range knows no A and D bits. What it answers is given to the TLB as clean, so that the first store to it has its D
 * bit set as ever (an assist); a store that it answers sets the bits of the leaf at once.
 */
import { LOW_SPAN, frameHigh, frameLow } from '@shared/address/address'
import { COPY_ON_WRITE, WRITABLE } from '@shared/arch/entry'
import type { Range } from '@shared/arch/range-node'
import { FETCH, STORE } from '@shared/model/access'
import { FAULT, MISS, type Stage } from '../walker/stage'
import type { Walk } from '../walker/walk'
import type { RangeSource } from './range-source'

/** The layer and those below it by their tables, at no cost. */
export interface TableLook {
  readonly stage: Stage
  readonly walk: Walk
}

export interface RangeStageParts {
  readonly layer: number
  readonly ranges: RangeSource
  readonly walk: Walk
  /** Translates this layer's frames; null where they are machine frames. */
  readonly below: Stage | null
  /** Walks what no range answers; null: the caller has its own way, answer MISS. */
  readonly walker: Stage | null
  readonly look: TableLook
}

export class RangeStage implements Stage {
  readonly layer: number

  constructor(private readonly parts: RangeStageParts) {
    this.layer = parts.layer
  }

  translate(high: number, low: number, access: number): number {
    const { ranges, walker } = this.parts
    const page = high * LOW_SPAN + low
    const range = ranges.find(page)
    if (range !== null && allows(range, access)) {
      const machine = this.answer(range, page, access)
      if (machine !== MISS) return machine === FAULT ? this.blame(high, low, access) : machine
    }
    return walker === null ? MISS : walker.translate(high, low, access)
  }

  private answer(range: Range, page: number, access: number): number {
    const { below, walk } = this.parts
    const frame = range.frame + (page - range.start)
    const machine = below === null ? frame : below.translate(frameHigh(frame), frameLow(frame), access)
    if (machine < 0) return machine
    if (access === STORE) this.mark(page)
    if (!walk.isForTable) this.tell(range, access)
    return machine
  }

  /** What the TLB is to keep. */
  private tell(range: Range, access: number): void {
    const { walk } = this.parts
    if (range.level < walk.leafLevel) walk.leafLevel = range.level
    if ((range.flags & WRITABLE) === 0) walk.writable = false
    if ((range.flags & COPY_ON_WRITE) !== 0) walk.copyOnWrite = true
    if (range.noExecute) walk.executable = false
    if (access !== STORE) walk.dirty = false
  }

  /** Sets A and D of the leaves in all layers. */
  private mark(page: number): void {
    const { stage, walk } = this.parts.look
    walk.begin()
    stage.translate(Math.floor(page / LOW_SPAN), page % LOW_SPAN, STORE)
  }

  /** The layer below has no mapping for the frame: which entry named it, an entry of the table behind the range. */
  private blame(high: number, low: number, access: number): number {
    const { walk, look } = this.parts
    if (walk.namingFrame >= 0 || walk.faultLayer >= this.layer) return FAULT
    look.walk.begin()
    if (look.stage.translate(high, low, access) !== FAULT) return FAULT
    walk.namingFrame = look.walk.namingFrame
    walk.namingIndex = look.walk.namingIndex
    return FAULT
  }
}

const allows = ({ flags, noExecute }: Range, access: number): boolean =>
  access === STORE ? (flags & WRITABLE) !== 0 : access === FETCH ? !noExecute : true
