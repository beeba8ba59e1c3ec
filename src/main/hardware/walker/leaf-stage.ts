/**
 * What every stage does once it holds a leaf entry, however it was found: check the access, set A and D,
 * and have the stage below translate the frame.
 */
import { frameHigh, frameLow } from '@shared/address/address'
import {
  ACCESSED,
  COPY_ON_WRITE,
  DIRTY,
  NO_EXECUTE_HIGH,
  SHADOW_WRITABLE,
  WRITABLE,
  entryFrame
} from '@shared/arch/entry'
import { FETCH, STORE } from '@shared/model/access'
import type { EntryPort } from './entry-port'
import { FAULT, type Stage } from './stage'
import type { Walk } from './walk'

export interface LeafStageParts {
  /** Layer whose table this is; also the layer that must act when an entry is missing. */
  readonly layer: number
  /** Stage that translates this layer's frames; null where they are machine frames. */
  readonly below: Stage | null
  readonly walk: Walk
  readonly port: EntryPort
}

export abstract class LeafStage implements Stage {
  readonly layer: number
  protected readonly below: Stage | null
  protected readonly walk: Walk
  protected readonly port: EntryPort

  constructor(parts: LeafStageParts) {
    this.layer = parts.layer
    this.below = parts.below
    this.walk = parts.walk
    this.port = parts.port
  }

  abstract translate(high: number, low: number, access: number): number

  /** Overridden by the stage that walks L0's shadow table. */
  protected readonly isShadow: boolean = false

  /**
   * Accepts the leaf entry (entryLowWord, entryHighWord) read at `level` from `machine`[`index`].
   * Returns the machine frame of the page, FAULT, or what the stage below answered.
   */
  protected leaf(
    high: number,
    low: number,
    level: number,
    machine: number,
    index: number,
    entryLowWord: number,
    entryHighWord: number,
    access: number
  ): number {
    const walk = this.walk
    if (access === STORE && (entryLowWord & WRITABLE) === 0) return this.fault(high, low, true)
    if (access === FETCH && (entryHighWord & NO_EXECUTE_HIGH) !== 0) return this.fault(high, low, true)
    const wanted = access === STORE ? ACCESSED | DIRTY : ACCESSED
    if ((entryLowWord & wanted) !== wanted) this.mark(machine, index, wanted, high, low)
    const frame = entryFrame(entryLowWord, entryHighWord) + (low & ((1 << (9 * (level - 1))) - 1))
    const result =
      this.below === null ? frame : this.below.translate(frameHigh(frame), frameLow(frame), access)
    // How a table page is mapped says nothing about the page asked for.
    if (result === FAULT) this.blame(machine, index)
    if (result < 0 || walk.isForTable) return result
    if (level < walk.leafLevel) walk.leafLevel = level
    // A clean page behind a shadow table may be written: the walk says what is allowed, `dirty` what is done yet.
    if ((entryLowWord & (WRITABLE | SHADOW_WRITABLE)) === 0) this.readOnly(entryLowWord)
    if ((entryHighWord & NO_EXECUTE_HIGH) !== 0) walk.executable = false
    if (((entryLowWord | wanted) & DIRTY) === 0) walk.dirty = false
    return result
  }

  /** Sets A or D bits of the leaf that maps the page. A stage whose entries have a twin elsewhere sees to that too. */
  protected mark(machine: number, index: number, bits: number, _high: number, _low: number): void {
    this.port.mark(machine, index, bits)
  }

  /** The fault below is about the frame that this entry names, if no one in between named another. */
  protected blame(machine: number, index: number): void {
    const { walk } = this
    if (walk.faultLayer >= this.layer || walk.namingFrame >= 0 || walk.namingRegister >= 0) return
    walk.namingFrame = machine
    walk.namingIndex = index
  }

  /** What software keeps in its own bits of an entry is handed on, for those who look at the walk. */
  private readOnly(entryLowWord: number): void {
    const { walk } = this
    walk.writable = false
    if ((entryLowWord & COPY_ON_WRITE) !== 0) walk.copyOnWrite = true
  }

  protected fault(high: number, low: number, isProtection: boolean): number {
    this.walk.fault(this.layer, high, low, isProtection, this.isShadow)
    return FAULT
  }
}
