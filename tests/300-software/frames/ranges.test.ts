/** Contiguous ranges: which windows are tried, what is moved, and what is left when it fails. */
import { describe, expect, it } from 'vitest'
import { FrameAllocator } from '@main/software/frames/frame-allocator'
import { MOVABLE, UNMOVABLE } from '@main/software/frames/migrate-type'
import { MovablePages, type MovablePage } from '../../builders/movable-pages'

const GIB = 262_144

interface Scene {
  readonly frames: FrameAllocator
  readonly pages: MovablePages
}

function aScene(count: number): Scene {
  const frames = new FrameAllocator(count)
  const pages = new MovablePages(frames)
  frames.mover = pages
  return { frames, pages }
}

const fill = (
  { pages }: Scene,
  count: number,
  isStuck: (i: number) => boolean = () => false
): MovablePage[] =>
  Array.from({ length: count }, (_, i) => pages.add(0, isStuck(i))).filter((page) => page !== null)

describe('a range of frames', () => {
  it('begins at a multiple of its length, not at the first frame that is free', () => {
    const frames = new FrameAllocator(4 * GIB)
    frames.allocate(0)
    expect(frames.allocateRange(GIB, GIB)).toBe(GIB)
    expect(frames.allocateRange(GIB + 1, 1)).toBe(2 * (GIB + 1))
    expect(frames.allocateRange(GIB, GIB)).toBe(-1)
    // Free from 1 on, and too long a run for every window.
    expect(frames.allocateRange(GIB - 1, 1)).toBe(-1)
    expect(frames.largestRun()).toBe(GIB - 1)
    expect([frames.rangesRequested, frames.rangesObtained]).toEqual([4, 2])
  })

  it('begins at multiples of its length rounded up to the alignment', () => {
    const frames = new FrameAllocator(20_000)
    frames.allocateAt(0, 1)
    expect(frames.allocateRange(1500, 1024)).toBe(2048)
    expect(frames.windowsTried).toBe(2)
  })

  it('up to 4 MiB is cut from a free block, and the rest goes back', () => {
    const frames = new FrameAllocator(4096)
    expect(frames.allocateRange(600, 1)).toBe(0)
    expect([frames.freeFrames, frames.windowsTried]).toEqual([4096 - 600, 0])
    expect(frames.allocateRange(3, 16)).toBe(608)
  })

  it('moves pages out of the first window that holds nothing else', () => {
    const scene = aScene(8192)
    const { frames, pages } = scene
    const before = fill(scene, 3000)
    frames.allocateAt(100, 1)
    expect(pages.at(100)).toBeUndefined()
    const base = frames.allocateRange(1200, 1)
    expect(base).toBe(1200)
    expect(before.every((page) => page.base < 1200 || page.base >= 2400)).toBe(true)
    expect(frames.freeFrames).toBe(8192 - 3000 - 1 - 1200)
    expect([frames.windowsTried, frames.framesMoved]).toEqual([3, 1 + 1200])
  })

  it('moves a huge page as a whole, the part outside the window too', () => {
    const { frames, pages } = aScene(8192)
    const huge = Array.from({ length: 4 }, () => pages.add(9))
    expect(frames.allocateAt(700, 1100)).toBe(true)
    expect(huge.map((page) => page?.base)).toEqual([0, 2048, 2560, 3072])
    expect([512, 699, 1800, 2047].every((f) => frames.isFree(f))).toBe(true)
    expect(frames.freeFrames).toBe(8192 - 4 * 512 - 1100)
  })

  it('G15 gives isolated frames back when a page cannot leave; those that have left stay away', () => {
    const scene = aScene(4096)
    const { frames, pages } = scene
    const all = fill(scene, 1500, (i) => i === 1100)
    const types = Array.from({ length: 8 }, (_, i) => frames.typeOf(i * 512))
    expect(frames.allocateAt(1024, 600)).toBe(false)
    expect(frames.framesMoved).toBe(1100 - 1024)
    expect(all.slice(1024, 1100).every((page) => page.base >= 2048)).toBe(true)
    expect(all.slice(1100).every((page, i) => page.base === 1100 + i)).toBe(true)
    expect(Array.from({ length: 8 }, (_, i) => frames.typeOf(i * 512))).toEqual(types)
    expect(frames.freeFrames).toBe(4096 - 1500)
    for (const page of [...pages.pages]) pages.remove(page)
    expect(frames.freeBlocks(10, MOVABLE)).toBe(4)
  })

  it('gives them back too when moving throws, and when there is no room to move to', () => {
    const scene = aScene(3072)
    const { frames, pages } = scene
    fill(scene, 2000)
    frames.mover = {
      isMovable: () => true,
      moveTo: () => false,
      move: () => {
        throw new Error('the layer below is out of memory')
      }
    }
    expect(() => frames.allocateAt(0, 1024)).toThrow('out of memory')
    expect(frames.freeFrames).toBe(1072)
    frames.mover = pages
    expect(frames.allocateAt(1000, 1072)).toBe(false)
    expect(frames.freeFrames).toBe(1072)
    expect(frames.allocate(9, UNMOVABLE)).toBeGreaterThanOrEqual(0)
  })

  it('is not found where a frame in every window does not move', () => {
    const scene = aScene(8192)
    for (let f = 0; f < 8192; f += 1024) scene.frames.allocateAt(f + 7, 1)
    expect(scene.frames.allocateRange(1030, 1)).toBe(-1)
    expect(scene.frames.framesMoved).toBe(0)
    expect(scene.frames.freeFrames).toBe(8192 - 8)
  })
})
