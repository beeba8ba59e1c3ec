import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cacheColours, FrameColours } from '@main/software/frames/frame-colours'
import { FrameAllocator } from '@main/software/frames/frame-allocator'
import { skylake } from '@shared/profiles/skylake'
import { tiny } from '@shared/profiles/tiny'

const FRAMES = 4096

describe('the colours of caches', () => {
  it('are the frames that lie side by side in the sets of all of them', () => {
    // 22 MiB of 11 ways has 32768 sets, which 512 frames of 64 lines fill; its other caches divide that.
    expect(cacheColours(skylake.hardware.cache)).toBe(512)
    expect(cacheColours(tiny.hardware.cache)).toBe(1)
    const { cache } = skylake.hardware
    const odd = { ...cache, l2: { ...cache.l2, bytes: 3 * 64 * 64 * 16, ways: 16 } }
    expect(cacheColours(odd)).toBe(3 * 512)
    expect(cacheColours({ ...cache, l2: { ...cache.l2, bytes: 0 } })).toBe(512)
  })
})

describe('frames of a colour', () => {
  const pages = fc.array(fc.nat(2 ** 36), { maxLength: 300, size: 'max' })

  it('are congruent to their pages, free before and nobody else’s', () => {
    fc.assert(
      fc.property(pages, fc.constantFrom(1, 3, 8, 128), (asked, colours) => {
        const frames = new FrameAllocator(FRAMES)
        const coloured = new FrameColours(frames, colours)
        const taken = new Set<number>()
        for (const page of asked) {
          const f = coloured.take(page)
          if (f < 0) continue
          expect(f % colours).toBe(page % colours)
          expect(taken.has(f) || frames.isFree(f)).toBe(false)
          taken.add(f)
        }
        expect(frames.freeFrames).toBe(FRAMES - taken.size)
      })
    )
  })

  it('are all found, and none after the last, until one comes back', () => {
    const frames = new FrameAllocator(FRAMES)
    const coloured = new FrameColours(frames, 64)
    const all = Array.from({ length: FRAMES / 64 }, () => coloured.take(5))
    expect(new Set(all).size).toBe(FRAMES / 64)
    expect(coloured.take(5)).toBe(-1)
    frames.free(all[7], 0)
    expect(coloured.take(5)).toBe(all[7])
    expect(coloured.take(6)).toBeGreaterThan(0)
  })
})
