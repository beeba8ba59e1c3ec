/**
 * What an operation has taken out of an address space, until hardware has forgotten it (Linux mm/mmu_gather.c):
 * entries change first, then what is kept of them is invalidated, and only then frames and table pages are given back.
 */
import type { Frame } from '@shared/address/address'
import type { AddressSpace } from './address-space'

interface Table {
  readonly level: number
  readonly page: number
  readonly frame: Frame
}

export class Gather {
  /** Runs of frames: base and count, one after the other. */
  private readonly runs: number[] = []
  private readonly tables: Table[] = []
  /** Pages whose mapping ended. */
  pages = 0

  constructor(private readonly space: AddressSpace) {}

  addFrames(base: number, count: number): void {
    const { runs } = this
    this.pages += count
    const last = runs.length - 2
    if (last >= 0 && runs[last] + runs[last + 1] === base) runs[last + 1] += count
    else runs.push(base, count)
  }

  readonly addTable = (level: number, page: number, frame: Frame): void => {
    this.tables.push({ level, page, frame })
  }

  /**
   * Invalidates [start, start + pages) where something was taken, then gives all back: tables first, frames last,
   * `between` in between.
   */
  finish(start: number, pages: number, between: () => void = () => {}): void {
    this.flush(start, pages)
    this.giveBack(between)
  }

  flush(start: number, pages: number): void {
    const { space, runs, tables } = this
    if (runs.length > 0) space.layer.invalidate(space, start, pages)
    if (tables.length > 0) space.layer.shootdown()
  }

  /** Hardware keeps nothing of them any more. */
  giveBack(between: () => void = () => {}): void {
    const { space, runs, tables } = this
    for (const { level, page, frame } of tables) space.freeTable(level, page, frame)
    between()
    for (let i = 0; i < runs.length; i += 2) space.layer.release(runs[i], runs[i + 1])
  }
}
