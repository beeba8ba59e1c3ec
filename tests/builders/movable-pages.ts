/** Pages in frames of an allocator, which may be moved: what a layer's address space is to it. */
import type { FrameAllocator } from '@main/software/frames/frame-allocator'
import type { FrameMover } from '@main/software/frames/frame-mover'
import { ISOLATED, MOVABLE } from '@main/software/frames/migrate-type'

export interface MovablePage {
  base: number
  readonly order: number
  /** It looks as if it could be moved and cannot: somebody holds a reference. */
  readonly isStuck: boolean
}

export class MovablePages implements FrameMover {
  readonly pages = new Set<MovablePage>()
  private readonly byFrame = new Map<number, MovablePage>()

  constructor(
    private readonly frames: FrameAllocator,
    /** Told of every move, before the old frames are free. */
    private readonly onMove: (page: MovablePage, to: number) => void = () => {}
  ) {}

  /** A page in fresh frames, or null when there are none. */
  add(order: number, isStuck = false): MovablePage | null {
    const base = this.frames.allocate(order, MOVABLE)
    if (base < 0) return null
    const page = { base, order, isStuck }
    this.pages.add(page)
    this.note(page)
    return page
  }

  remove(page: MovablePage): void {
    this.forget(page)
    this.pages.delete(page)
    this.frames.free(page.base, page.order)
  }

  at(frame: number): MovablePage | undefined {
    return this.byFrame.get(frame)
  }

  isMovable(frame: number): boolean {
    return this.byFrame.has(frame)
  }

  move(frame: number): boolean {
    const page = this.byFrame.get(frame)
    if (!page || page.isStuck) return false
    const to = this.frames.allocate(page.order, MOVABLE)
    if (to < 0) return false
    for (let i = 0; i < 2 ** page.order; i++)
      if (this.frames.typeOf(to + i) === ISOLATED) throw new Error(`frame ${to + i} is being cleared`)
    this.place(page, to)
    return true
  }

  moveTo(frame: number, to: number): boolean {
    const page = this.byFrame.get(frame)
    if (!page || page.isStuck || page.order > 0) return false
    this.place(page, to)
    return true
  }

  private place(page: MovablePage, to: number): void {
    const from = page.base
    this.onMove(page, to)
    this.forget(page)
    page.base = to
    this.note(page)
    this.frames.free(from, page.order)
  }

  private note(page: MovablePage): void {
    for (let i = 0; i < 2 ** page.order; i++) {
      if (this.byFrame.has(page.base + i)) throw new Error(`frame ${page.base + i} holds two pages`)
      this.byFrame.set(page.base + i, page)
    }
  }

  private forget(page: MovablePage): void {
    for (let i = 0; i < 2 ** page.order; i++) this.byFrame.delete(page.base + i)
  }
}
