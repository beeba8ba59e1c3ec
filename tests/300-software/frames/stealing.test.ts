/** Requests whose own type has nothing left: what they take, and when the pageblock changes hands. */
import { describe, expect, it } from 'vitest'
import { FrameAllocator } from '@main/software/frames/frame-allocator'
import { MOVABLE, RECLAIMABLE, UNMOVABLE } from '@main/software/frames/migrate-type'
import { MovablePages } from '../../builders/movable-pages'

/** Two pageblocks, movable, of which all frames but those given are in use. */
function withFree(...runs: [base: number, count: number][]): FrameAllocator {
  const frames = new FrameAllocator(1024)
  frames.allocateAt(0, 1024)
  for (const [base, count] of runs) frames.freeRange(base, count)
  return frames
}

describe('a request whose type has no block', () => {
  it('takes the largest block of another, and with 4 MiB both pageblocks', () => {
    const frames = new FrameAllocator(4096)
    expect(frames.allocate(0, UNMOVABLE)).toBe(0)
    expect([0, 512, 1024].map((f) => frames.typeOf(f))).toEqual([UNMOVABLE, UNMOVABLE, MOVABLE])
    expect(frames.allocate(0, MOVABLE)).toBe(1024)
    expect(frames.allocate(0, UNMOVABLE)).toBe(1)
  })

  it('looks where its kind is nearest: unmovable asks reclaimable before movable', () => {
    const frames = new FrameAllocator(2048)
    frames.allocate(0, RECLAIMABLE)
    frames.allocate(10, MOVABLE)
    expect(frames.freeBlocks(9, RECLAIMABLE)).toBe(1)
    expect(frames.allocate(0, UNMOVABLE)).toBe(512)
    expect([frames.typeOf(0), frames.typeOf(512)]).toEqual([RECLAIMABLE, UNMOVABLE])
  })

  it('takes over a pageblock of which half is free', () => {
    const frames = withFree([0, 256])
    expect(frames.allocate(0, RECLAIMABLE)).toBe(0)
    expect(frames.typeOf(0)).toBe(RECLAIMABLE)
    expect(frames.freeBlocks(7, RECLAIMABLE)).toBe(1)
  })

  it('takes a single block where less is free and the rest is of the other kind', () => {
    const frames = new FrameAllocator(1024)
    const pages = new MovablePages(frames)
    frames.mover = pages
    const all = Array.from({ length: 1024 }, () => pages.add(0))
    for (const page of all.slice(0, 255)) if (page) pages.remove(page)
    expect(frames.allocate(0, UNMOVABLE)).toBe(0)
    expect(frames.typeOf(0)).toBe(MOVABLE)
    expect([frames.freeFrames, frames.freeBlocks(6, MOVABLE), frames.freeBlocks(6, UNMOVABLE)]).toEqual([
      254, 2, 0
    ])
  })

  it('counts what does not move as its own kind in a movable pageblock', () => {
    const frames = withFree([0, 16])
    expect(frames.allocate(0, UNMOVABLE)).toBe(0)
    expect(frames.typeOf(0)).toBe(UNMOVABLE)
  })

  it('of two kinds that do not move, cannot tell, and leaves the pageblock', () => {
    const frames = new FrameAllocator(512)
    frames.allocate(9, UNMOVABLE)
    frames.freeRange(0, 64)
    expect(frames.allocate(0, RECLAIMABLE)).toBe(0)
    expect(frames.typeOf(0)).toBe(UNMOVABLE)
  })

  it('if it is movable and only small blocks are left, uses up the smallest', () => {
    const frames = new FrameAllocator(512)
    frames.allocate(9, UNMOVABLE)
    frames.freeRange(64, 8)
    frames.freeRange(200, 1)
    expect(frames.allocate(0, MOVABLE)).toBe(200)
    expect(frames.allocate(0, MOVABLE)).toBe(64)
    expect(frames.typeOf(64)).toBe(UNMOVABLE)
  })

  it('if it is movable, takes over a pageblock by a block of 64 KiB where pages fill it', () => {
    const frames = new FrameAllocator(512)
    frames.allocate(9, UNMOVABLE)
    frames.freeRange(0, 256)
    expect(frames.allocate(0, MOVABLE)).toBe(0)
    expect(frames.typeOf(0)).toBe(MOVABLE)
  })
})
