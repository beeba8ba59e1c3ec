import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FrameAllocator } from '@main/software/frames/frame-allocator'
import { NaiveFrames } from '../../builders/naive-frames'

const FRAMES = [1, 7, 64, 1000, 2048, 2500]
const ORDERS = Array.from({ length: 11 }, (_, order) => order)

const step = fc.record({
  do: fc.constantFrom('block', 'block', 'block', 'at', 'range', 'free', 'free', 'part'),
  order: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(10)),
  count: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1500 })),
  alignment: fc.constantFrom(1, 1, 2, 3, 16, 512, 1024),
  pick: fc.nat()
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** The allocator beside the plain set, with what is handed out. */
class Scene {
  readonly fast: FrameAllocator
  readonly naive: NaiveFrames
  readonly used: { base: number; count: number }[] = []

  constructor(frames: number) {
    this.fast = new FrameAllocator(frames)
    this.naive = new NaiveFrames(frames)
  }

  run(s: Step): void {
    if (s.do === 'block') this.block(s.order)
    else if (s.do === 'at') this.at(s.pick % this.naive.frames, s.count)
    else if (s.do === 'range') this.range(s.count, s.alignment)
    else if (this.used.length > 0) this.give(s)
  }

  private block(order: number): void {
    const base = this.fast.allocate(order)
    if (base < 0) expect(this.naive.lowestRun(2 ** order, 2 ** order)).toBe(-1)
    else this.take(base, 2 ** order)
    expect(base < 0 ? 0 : base % 2 ** order).toBe(0)
  }

  private at(base: number, count: number): void {
    const isFree = this.naive.isRunFree(base, count)
    expect(this.fast.allocateAt(base, count)).toBe(isFree)
    if (isFree) this.take(base, count)
  }

  private range(count: number, alignment: number): void {
    const base = this.fast.allocateRange(count, alignment)
    expect(base).toBe(this.naive.lowestRun(count, alignment))
    if (base >= 0) this.take(base, count)
  }

  /** Gives one piece back, or its first part only. */
  private give(s: Step): void {
    const [{ base, count }] = this.used.splice(s.pick % this.used.length, 1)
    const part = s.do === 'part' ? 1 + (s.order % count) : count
    if (part < count) this.used.push({ base: base + part, count: count - part })
    this.fast.freeRange(base, part)
    this.naive.give(base, part)
  }

  private take(base: number, count: number): void {
    this.naive.take(base, count)
    this.used.push({ base, count })
  }

  agrees(): void {
    const free = Array.from({ length: this.naive.frames }, (_, n) => n).filter((n) => this.fast.isFree(n))
    expect(free).toEqual([...this.naive.free].sort((a, b) => a - b))
    expect(this.fast.freeFrames).toBe(this.naive.free.size)
    expect(this.fast.largestRun()).toBe(this.naive.longestRun())
    this.indicesAgree()
  }

  private indicesAgree(): void {
    const blocks = this.naive.blocks()
    const free = this.naive.free.size
    const total = blocks.reduce((a, b) => a + b, 0)
    for (const order of ORDERS) {
      const suitable = blocks.slice(order).reduce((a, b) => a + b, 0)
      const index = total === 0 ? 0 : suitable > 0 ? -1 : 1 - (1 + free / 2 ** order) / total
      expect(this.fast.fragmentationIndex(order)).toBeCloseTo(index, 12)
      const usable = blocks.slice(order).reduce((sum, n, i) => sum + n * 2 ** (order + i), 0)
      expect(this.fast.unusableFreeSpace(order)).toBeCloseTo(free === 0 ? 1 : (free - usable) / free, 12)
    }
  }
}

describe.each(FRAMES)('frame allocator over %i frames', (frames) => {
  it('agrees with a plain set of free frames, hands nothing out twice and merges all that can merge', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
        const scene = new Scene(frames)
        for (const s of steps) scene.run(s)
        scene.agrees()
        for (const { base, count } of scene.used) scene.fast.freeRange(base, count)
        expect(scene.fast.freeFrames).toBe(frames)
        expect(scene.fast.allocateRange(frames, 1)).toBe(0)
      }),
      { numRuns: 25 }
    )
  })

  it('is as it was at first when every frame comes back, in any order', () => {
    const initial = new FrameAllocator(frames)
    const order = fc.shuffledSubarray(
      Array.from({ length: frames }, (_, n) => n),
      { minLength: frames }
    )
    fc.assert(
      fc.property(order, (shuffled) => {
        const allocator = new FrameAllocator(frames)
        const handedOut = shuffled.map(() => allocator.allocate(0))
        expect(handedOut.sort((a, b) => a - b)).toEqual(Array.from({ length: frames }, (_, n) => n))
        expect(allocator.allocate(0)).toBe(-1)
        for (const frame of shuffled) allocator.free(frame, 0)
        for (const o of ORDERS) expect(allocator.unusableFreeSpace(o)).toBe(initial.unusableFreeSpace(o))
        expect(allocator.freeFrames).toBe(frames)
      }),
      { numRuns: 10 }
    )
  })
})

describe('frame allocator', () => {
  it('splits the smallest block that is large enough, lowest address first', () => {
    const allocator = new FrameAllocator(4096)
    allocator.allocateAt(0, 1000)
    expect(allocator.allocate(3)).toBe(1000)
    expect(allocator.allocate(4)).toBe(1008)
    expect(allocator.allocate(10)).toBe(1024)
    expect(allocator.allocate(0)).toBe(2048)
  })

  it('finds ranges far larger than a block, 1 GiB pages at their alignment included', () => {
    const gib = 262_144
    const allocator = new FrameAllocator(4 * gib)
    allocator.allocate(0)
    expect(allocator.allocateRange(gib, gib)).toBe(gib)
    expect(allocator.allocateRange(gib + 1, 1)).toBe(2 * gib)
    expect(allocator.allocateRange(gib, gib)).toBe(-1)
    expect(allocator.allocateRange(gib - 1, 1)).toBe(1)
    expect(allocator.freeFrames).toBe(gib - 1)
    expect(allocator.largestRun()).toBe(gib - 1)
  })

  it('joins blocks that are neighbours but no buddies into one range', () => {
    const allocator = new FrameAllocator(64)
    allocator.allocateAt(0, 64)
    allocator.freeRange(3, 9)
    expect(allocator.largestRun()).toBe(9)
    expect(allocator.allocateRange(10, 1)).toBe(-1)
    expect(allocator.allocateRange(8, 4)).toBe(4)
    expect(allocator.allocateRange(1, 1)).toBe(3)
  })

  it('names lack of memory and fragmentation apart', () => {
    const allocator = new FrameAllocator(1024)
    expect(allocator.fragmentationIndex(9)).toBe(-1)
    allocator.allocateAt(0, 1024)
    expect(allocator.fragmentationIndex(9)).toBe(0)
    for (let frame = 0; frame < 1024; frame += 2) allocator.free(frame, 0)
    expect(allocator.fragmentationIndex(9)).toBeCloseTo(1 - 2 / 512, 12)
    expect(allocator.unusableFreeSpace(9)).toBe(1)
    expect(allocator.unusableFreeSpace(0)).toBe(0)
  })

  it('refuses to free what is free, whole or in part, or not there', () => {
    const allocator = new FrameAllocator(100)
    const base = allocator.allocate(2)
    allocator.free(base + 1, 0)
    expect(() => allocator.free(base + 1, 0)).toThrow('not in use')
    expect(() => allocator.free(base, 2)).toThrow('not in use')
    expect(() => allocator.free(50, 0)).toThrow('not in use')
    expect(() => allocator.free(96, 3)).toThrow('not in use')
    expect(allocator.freeFrames).toBe(97)
  })

  it('turns down requests it cannot meet and stays as it was', () => {
    const allocator = new FrameAllocator(100)
    expect(allocator.allocate(7)).toBe(-1)
    expect(allocator.allocateRange(101, 1)).toBe(-1)
    expect(allocator.allocateRange(0, 1)).toBe(-1)
    expect(allocator.allocateAt(99, 2)).toBe(false)
    expect(allocator.freeFrames).toBe(100)
  })
})
