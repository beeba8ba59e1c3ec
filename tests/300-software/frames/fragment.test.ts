import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fragment } from '@main/software/frames/fragment'
import { FrameAllocator } from '@main/software/frames/frame-allocator'

const BLOCK = 16
const FRAMES = 512 * 400 + 100
const BLOCKS = Math.floor(FRAMES / BLOCK)
const seed = fc.nat(2 ** 32 - 1)
const level = fc.nat(1000).map((n) => n / 1000)

const pinnedAt = (level: number, seed: number): number[] => [
  ...fragment(new FrameAllocator(FRAMES), level, seed)
]

describe('fragment', () => {
  it('pins at a lower level only what it pins at a higher one', () => {
    fc.assert(
      fc.property(seed, level, level, (s, a, b) => {
        const more = new Set(pinnedAt(Math.max(a, b), s))
        expect(pinnedAt(Math.min(a, b), s).filter((frame) => !more.has(frame))).toEqual([])
      })
    )
  })

  it('pins nothing at level 0, one frame of every whole block at level 1', () => {
    expect(pinnedAt(0, 1)).toEqual([])
    expect(pinnedAt(1, 1).map((frame) => Math.floor(frame / BLOCK))).toEqual(
      Array.from({ length: BLOCKS }, (_, block) => block)
    )
  })

  it.each([0.25, 0.5, 0.9])('pins about a share of %d of the blocks', (share) => {
    const pinned = [1, 2, 3, 4, 5].map((s) => pinnedAt(share, s).length)
    const mean = pinned.reduce((a, b) => a + b, 0) / pinned.length / BLOCKS
    expect(Math.abs(mean - share)).toBeLessThan(0.01)
  })

  it.each([0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1])(
    'at level %d makes about that share of the free frames useless to a block of 64 KiB',
    (level) => {
      const frames = new FrameAllocator(FRAMES)
      fragment(frames, level, 11)
      const unusable = frames.unusableFreeSpace(4)
      expect(unusable).toBeGreaterThan(level - 0.017 - 0.01)
      expect(unusable).toBeLessThan(level + 0.01)
    }
  )

  it.each([0.005, 0.02, 0.1])('at level %d spares of the 2 MiB blocks what chance leaves', (level) => {
    const frames = new FrameAllocator(FRAMES)
    fragment(frames, level, 11)
    expect(Math.abs(frames.unusableFreeSpace(9) - (1 - (1 - level) ** 32))).toBeLessThan(0.07)
  })

  it('depends on the seed alone, in places too', () => {
    expect(pinnedAt(0.5, 7)).toEqual(pinnedAt(0.5, 7))
    expect(pinnedAt(0.5, 7)).not.toEqual(pinnedAt(0.5, 8))
    expect(new Set(pinnedAt(1, 7).map((frame) => frame % BLOCK)).size).toBe(BLOCK)
  })

  it('takes what it pins, and a 2 MiB range with a pin holds no huge page', () => {
    const frames = new FrameAllocator(FRAMES)
    const pinned = fragment(frames, 0.05, 3)
    expect(frames.freeFrames).toBe(FRAMES - pinned.length)
    expect([...pinned].some((frame) => frames.isFree(frame))).toBe(false)
    let huge = 0
    while (frames.allocate(9) >= 0) huge++
    expect(huge).toBe(
      400 - new Set([...pinned].map((frame) => frame >> 9).filter((block) => block < 400)).size
    )
  })

  it('leaves frames in use alone', () => {
    const frames = new FrameAllocator(1024)
    frames.allocateAt(0, 512)
    expect([...fragment(frames, 1, 1)].every((frame) => frame >= 512)).toBe(true)
  })
})
