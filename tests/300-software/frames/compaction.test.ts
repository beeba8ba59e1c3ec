/** Compaction: pages go from the start of memory to its end, and what fails is put off. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CompactionDeferral } from '@main/software/frames/compaction-deferral'
import { FrameAllocator } from '@main/software/frames/frame-allocator'
import { MOVABLE } from '@main/software/frames/migrate-type'
import { MovablePages, type MovablePage } from '../../builders/movable-pages'

/** Every `every`-th frame holds a page, the others are free. */
function sparse(count: number, every: number): { frames: FrameAllocator; pages: MovablePages } {
  const frames = new FrameAllocator(count)
  const pages = new MovablePages(frames)
  frames.mover = pages
  const all = Array.from({ length: count }, () => pages.add(0))
  all.forEach((page, i) => page && i % every !== 0 && pages.remove(page))
  return { frames, pages }
}

describe('compaction', () => {
  it('empties the first block, into the free frames at the end', () => {
    const { frames, pages } = sparse(8 * 512, 2)
    expect(frames.allocate(9, MOVABLE)).toBe(-1)
    expect(frames.compact(9)).toBe(true)
    expect([...pages.pages].filter((page) => page.base < 512)).toEqual([])
    expect(Math.max(...[...pages.pages].map((page) => page.base))).toBe(8 * 512 - 1)
    expect(frames.framesMoved).toBe(256)
    expect(frames.allocate(9, MOVABLE)).toBe(0)
  })

  it('leaves a block alone that holds a frame which does not move', () => {
    const { frames, pages } = sparse(8 * 512, 2)
    frames.allocateAt(511, 1)
    frames.allocateAt(601, 1)
    expect(frames.compact(9)).toBe(true)
    expect(frames.allocate(9, MOVABLE)).toBe(1024)
    expect(pages.at(0)?.base).toBe(0)
  })

  it('is not tried for lack of memory, nor without one who can move pages', () => {
    const full = sparse(4 * 512, 2)
    while (full.frames.freeFrames >= 1024) full.pages.add(0)
    expect(full.frames.fragmentationIndex(9)).toBeGreaterThan(0.5)
    expect(full.frames.compact(9)).toBe(false)
    // Two large blocks: the index of order 10 says lack of memory, however many frames they are together.
    const two = new FrameAllocator(8 * 512)
    const twoPages = new MovablePages(two)
    two.mover = twoPages
    const all = Array.from({ length: 8 }, () => twoPages.add(9))
    for (const at of [0, 2, 4, 6]) twoPages.remove(all[at] as MovablePage)
    expect(two.fragmentationIndex(10)).toBeCloseTo(1 - 3 / 4, 12)
    expect(two.compact(10)).toBe(false)
    const { frames } = sparse(4 * 512, 2)
    frames.mover = null
    expect(frames.compact(9)).toBe(false)
  })

  it('looks again at a block it gave up once a frame there came free', () => {
    const { frames, pages } = sparse(8 * 512, 2)
    for (let f = 1; f < 8 * 512; f += 512) frames.allocateAt(f, 1)
    expect(frames.compact(9)).toBe(false)
    frames.free(1025, 0)
    // The first request after a failure is put off.
    expect(Array.from({ length: 2 }, () => frames.compact(9))).toEqual([false, true])
    expect([frames.isFree(1024), pages.pages.size]).toEqual([true, 8 * 256])
  })

  it('loses no page and no frame, whatever does not move', () => {
    const scene = fc.record({
      every: fc.integer({ min: 2, max: 9 }),
      pins: fc.uniqueArray(fc.nat(8 * 512 - 1), { maxLength: 12 }),
      orders: fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 6 })
    })
    fc.assert(
      fc.property(scene, ({ every, pins, orders }) => {
        const { frames, pages } = sparse(8 * 512, every)
        const held = pages.pages.size
        const pinned = pins.filter((f) => frames.isFree(f) && frames.allocateAt(f, 1))
        for (const order of orders) {
          const made = frames.compact(order)
          if (made) expect(frames.fragmentationIndex(order)).toBe(-1)
        }
        expect(pages.pages.size).toBe(held)
        expect(new Set([...pages.pages].map((page) => page.base)).size).toBe(held)
        expect([...pages.pages].some((page) => frames.isFree(page.base))).toBe(false)
        expect(pinned.some((f) => frames.isFree(f) || pages.at(f))).toBe(false)
        expect(frames.freeFrames).toBe(8 * 512 - held - pinned.length)
      }),
      { numRuns: 60 }
    )
  })
})

describe('deferral after failures', () => {
  /** Requests put off after the nth failure in a row. */
  function putOff(deferral: CompactionDeferral, order: number): number {
    let count = 0
    while (deferral.isDeferred(order)) count++
    return count
  }

  it('doubles up to 63 requests, and ends with a success', () => {
    const deferral = new CompactionDeferral()
    const counts = Array.from({ length: 8 }, () => {
      deferral.failed(9)
      return putOff(deferral, 9)
    })
    expect(counts).toEqual([1, 3, 7, 15, 31, 63, 63, 63])
    deferral.succeeded(9)
    expect(putOff(deferral, 9)).toBe(0)
  })

  it('puts off larger orders with it, and never smaller ones', () => {
    const deferral = new CompactionDeferral()
    deferral.failed(4)
    expect([deferral.isDeferred(3), deferral.isDeferred(9)]).toEqual([false, true])
  })
})
