import { FrameAllocator } from '@main/software/frames/frame-allocator'
import { MOVABLE } from '@main/software/frames/migrate-type'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const FRAMES = 1 << 13

/** Every free frame, by looking. */
function freeFrames(allocator: FrameAllocator): Set<number> {
  const free = new Set<number>()
  allocator.forEachFree((base, count) => {
    for (let f = base; f < base + count; f++) free.add(f)
  })
  return free
}

const areEqual = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean =>
  a.size === b.size && [...a].every((f) => b.has(f))

describe('a run of free frames as they are', () => {
  it('is taken from free frames alone, aligned, and is there when a free run holds one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(FRAMES - 1), fc.integer({ min: 1, max: 3000 })), { maxLength: 12 }),
        fc.array(
          fc.record({
            pages: fc.integer({ min: 1, max: 6000 }),
            alignment: fc.constantFrom(1, 512),
            goes: fc.boolean()
          }),
          { maxLength: 8 }
        ),
        (used, wanted) => {
          const allocator = new FrameAllocator(FRAMES)
          for (const [base, count] of used) allocator.allocateAt(base, Math.min(count, FRAMES - base))
          for (const { pages, alignment, goes } of wanted) {
            const before = freeFrames(allocator)
            const base = allocator.allocateRun(pages, alignment)
            if (base < 0) {
              expect(areEqual(freeFrames(allocator), before)).toBe(true)
              // Beyond the largest block of the buddy system every run counts.
              if (pages > 1024) expect(hasRun(before, pages, alignment)).toBe(false)
              continue
            }
            expect(base % alignment).toBe(0)
            for (let f = base; f < base + pages; f++)
              if (!before.delete(f)) throw new Error(`frame ${f} was in use`)
            expect(areEqual(freeFrames(allocator), before)).toBe(true)
            expect(allocator.freeFrames).toBe(before.size)
            if (goes) allocator.freeRange(base, pages)
          }
        }
      ),
      { numRuns: 60 }
    )
  })

  it('never moves a page', () => {
    const allocator = new FrameAllocator(4096)
    for (let f = 0; f < 4096; f += 64) allocator.allocateAt(f, 1)
    allocator.mover = {
      isMovable: () => true,
      move: () => {
        throw new Error('a page was moved')
      },
      moveTo: () => {
        throw new Error('a page was moved')
      }
    }
    expect(allocator.allocateRun(2048, 1)).toBe(-1)
    expect(allocator.allocateRun(64, 1)).toBe(-1)
    expect(allocator.typeOf(allocator.allocateRun(32, 1))).toBe(MOVABLE)
  })
})

function hasRun(free: ReadonlySet<number>, pages: number, alignment: number): boolean {
  for (let base = 0; base + pages <= FRAMES; base += alignment) {
    let n = 0
    while (n < pages && free.has(base + n)) n++
    if (n === pages) return true
    if (alignment === 1) base += n
  }
  return false
}
