/** The allocator beside a plain set of free frames, under random requests, moves of pages among them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FrameAllocator } from '@main/software/frames/frame-allocator'
import {
  ISOLATED,
  MOVABLE,
  PAGEBLOCK_FRAMES,
  RECLAIMABLE,
  UNMOVABLE,
  type MigrateType
} from '@main/software/frames/migrate-type'
import { MovablePages, type MovablePage } from '../../builders/movable-pages'
import { NaiveFrames } from '../../builders/naive-frames'

const FRAMES = [1, 7, 64, 1000, 2048, 2500, 6000]
const TYPES = [UNMOVABLE, MOVABLE, RECLAIMABLE] as const
const ORDERS = Array.from({ length: 11 }, (_, order) => order)

const step = fc.record({
  do: fc.constantFrom(
    'block',
    'block',
    'page',
    'page',
    'huge',
    'at',
    'range',
    'free',
    'free',
    'part',
    'compact'
  ),
  order: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(10)),
  type: fc.constantFrom<MigrateType>(UNMOVABLE, UNMOVABLE, RECLAIMABLE),
  count: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1500 })),
  alignment: fc.constantFrom(1, 1, 2, 3, 16, 512, 1024),
  pick: fc.nat()
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** What is handed out: pinned runs, and pages that may be moved. */
class Scene {
  readonly fast: FrameAllocator
  readonly naive: NaiveFrames
  readonly pages: MovablePages
  readonly pinned: { base: number; count: number }[] = []

  constructor(frames: number) {
    this.fast = new FrameAllocator(frames)
    this.naive = new NaiveFrames(frames)
    this.pages = new MovablePages(this.fast, (page, to) => this.moved(page, to))
    this.fast.mover = this.pages
  }

  run(s: Step): void {
    if (s.do === 'block') this.block(s.order, s.type)
    else if (s.do === 'page') for (let i = 0; i <= s.count % 50; i++) this.page(0, s.pick % 13 === i)
    else if (s.do === 'huge') this.page(s.order, false)
    else if (s.do === 'at') this.at(s.pick % this.naive.frames, s.count)
    else if (s.do === 'range') this.range(s.count, s.alignment)
    else if (s.do === 'compact') this.fast.compact(s.order)
    else if (s.pick % 3 === 0) this.giveSome(s.pick)
    else if (this.pinned.length > 0) this.give(s)
  }

  private moved(page: MovablePage, to: number): void {
    const count = 2 ** page.order
    // Compaction has taken the frame already; a range's mover has just got it.
    this.naive.take(to, count)
    this.naive.give(page.base, count)
  }

  private block(order: number, type: MigrateType): void {
    const base = this.fast.allocate(order, type)
    if (base < 0) expect(this.naive.lowestRun(2 ** order, 2 ** order)).toBe(-1)
    else this.take(base, 2 ** order)
    expect(base < 0 ? 0 : base % 2 ** order).toBe(0)
  }

  private page(order: number, isStuck: boolean): void {
    const size = 2 ** Math.min(order, 9)
    const page = this.pages.add(Math.min(order, 9), isStuck)
    if (page === null) expect(this.naive.lowestRun(size, size)).toBe(-1)
    else this.naive.take(page.base, size)
  }

  /** How far [base, base + count) can be emptied: not at all, for certain, or it depends on where huge pages fit. */
  private clearable(base: number, count: number): 'no' | 'yes' | 'maybe' {
    const used = Array.from({ length: count }, (_, i) => base + i).filter((f) => !this.naive.free.has(f))
    const pages = used.map((f) => this.pages.at(f))
    if (pages.some((page) => page === undefined)) return 'no'
    if (pages.some((page) => page?.isStuck)) return 'no'
    const isSimple = pages.every((page) => page?.order === 0)
    return isSimple && this.naive.freeOutside(base, count) >= used.length ? 'yes' : 'maybe'
  }

  private at(base: number, count: number): void {
    const fits = base + count <= this.naive.frames
    const clearable = fits ? this.clearable(base, count) : 'no'
    const taken = this.fast.allocateAt(base, count)
    if (clearable !== 'maybe') expect(taken).toBe(clearable === 'yes')
    if (taken) this.take(base, count)
  }

  private range(count: number, alignment: number): void {
    const order = Math.ceil(Math.log2(Math.max(count, alignment)))
    const usesBlock = order <= 10 && alignment !== 3 && this.naive.lowestRun(2 ** order, 2 ** order) >= 0
    const windows = this.naive.windows(count, alignment)
    const states = windows.map((base) => this.clearable(base, count))
    const base = this.fast.allocateRange(count, alignment)
    if (!usesBlock) this.checkWindow(windows.indexOf(base), base, states)
    if (base >= 0) {
      expect(base % alignment).toBe(0)
      this.take(base, count)
    } else expect(usesBlock).toBe(false)
  }

  /** The first window that can be emptied, if no earlier one that may be was. */
  private checkWindow(index: number, base: number, states: readonly string[]): void {
    const first = states.indexOf('yes')
    // Pages that leave a window which fails may fill a later one: what was certain is so no longer.
    const isCertain = !states.slice(0, first < 0 ? states.length : first).includes('maybe')
    if (base >= 0) expect(states[index]).not.toBe('no')
    if (isCertain && !this.hasStuck()) expect(index).toBe(first)
  }

  private hasStuck(): boolean {
    return [...this.pages.pages].some((page) => page.isStuck)
  }

  private giveSome(pick: number): void {
    const pages = [...this.pages.pages]
    for (let i = 0; i < pages.length; i += 1 + (pick % 5)) {
      this.naive.give(pages[i].base, 2 ** pages[i].order)
      this.pages.remove(pages[i])
    }
  }

  /** Gives one piece back, or its first part only. */
  private give(s: Step): void {
    const [{ base, count }] = this.pinned.splice(s.pick % this.pinned.length, 1)
    const part = s.do === 'part' ? 1 + (s.order % count) : count
    if (part < count) this.pinned.push({ base: base + part, count: count - part })
    this.fast.freeRange(base, part)
    this.naive.give(base, part)
  }

  private take(base: number, count: number): void {
    this.naive.take(base, count)
    this.pinned.push({ base, count })
  }

  agrees(): void {
    const free = Array.from({ length: this.naive.frames }, (_, n) => n).filter((n) => this.fast.isFree(n))
    expect(free).toEqual([...this.naive.free].sort((a, b) => a - b))
    expect(this.fast.freeFrames).toBe(this.naive.free.size)
    expect(this.fast.largestRun()).toBe(this.naive.longestRun())
    this.listsAgree()
    this.indicesAgree()
    this.holdsAllPages()
  }

  /** Every free block is on the list of the pageblock it lies in, and on no other. */
  private listsAgree(): void {
    for (const type of TYPES) {
      const counts = ORDERS.map((order) => this.fast.freeBlocks(order, type))
      expect(counts).toEqual(this.naive.blocks((base) => this.fast.typeOf(base) === type))
    }
    for (let f = 0; f < this.naive.frames; f += PAGEBLOCK_FRAMES)
      expect(this.fast.typeOf(f)).not.toBe(ISOLATED)
  }

  /** No frame holds two things, and none that holds something is free. */
  private holdsAllPages(): void {
    const runs = [
      ...this.pinned,
      ...[...this.pages.pages].map(({ base, order }) => ({ base, count: 2 ** order }))
    ]
    const held = runs.flatMap(({ base, count }) => Array.from({ length: count }, (_, i) => base + i))
    expect(new Set(held).size).toBe(held.length)
    expect(held.some((f) => this.naive.free.has(f))).toBe(false)
    expect(held.length + this.naive.free.size).toBe(this.naive.frames)
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

  giveAll(): void {
    for (const { base, count } of this.pinned) this.fast.freeRange(base, count)
    for (const page of [...this.pages.pages]) this.pages.remove(page)
  }
}

describe.each(FRAMES)('frame allocator over %i frames', (frames) => {
  it('agrees with a plain set of free frames, loses no page and merges all that can merge', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
        const scene = new Scene(frames)
        for (const s of steps) scene.run(s)
        scene.agrees()
        scene.giveAll()
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
    expect(allocator.allocate(3, MOVABLE)).toBe(1000)
    expect(allocator.allocate(4, MOVABLE)).toBe(1008)
    expect(allocator.allocate(10, MOVABLE)).toBe(1024)
    expect(allocator.allocate(0, MOVABLE)).toBe(2048)
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
