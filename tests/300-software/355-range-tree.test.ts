/** The range table in memory against a plain sorted list, by the software that writes it and the walker that reads it. */
import { PhysicalMemory } from '@main/hardware/memory/physical-memory'
import { RangeWalker } from '@main/hardware/ranges/range-walker'
import { FreePort } from '@main/hardware/walker/entry-port'
import { Walk } from '@main/hardware/walker/walk'
import { RangeTree } from '@main/software/ranges/range-tree'
import { EntryMemory } from '@main/software/space/entry-memory'
import type { Frame } from '@shared/address/address'
import { COPY_ON_WRITE, WRITABLE } from '@shared/arch/entry'
import type { Range } from '@shared/arch/range-node'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const FRAMES = 4096

class Scene {
  readonly memory = new PhysicalMemory(FRAMES)
  readonly taken = new Set<number>()
  /** Frames that may still be taken. */
  left = FRAMES
  readonly tree: RangeTree
  private next = 1

  constructor(most?: { leaf: number; inner: number }) {
    const entries = new EntryMemory(this.memory, null)
    this.tree = new RangeTree(
      entries,
      {
        take: () => {
          if (this.left === 0) return -1
          this.left--
          this.taken.add(this.next)
          return this.next++
        },
        giveBack: (frame) => {
          if (!this.taken.delete(frame)) throw new Error(`frame ${frame} was given back twice`)
          entries.clear(frame)
        }
      },
      most
    )
  }

  /** What hardware finds. */
  walked(page: number): Range | null {
    const { memory, tree } = this
    const port = new FreePort(memory, false)
    const state = { own: { rangeRoot: tree.root } }
    return new RangeWalker({ layer: 0, state, memory, port, walk: new Walk(), below: null }).find(page)
  }
}

/** Ranges that do not overlap: each within a stretch of 16 pages of its own, some far beyond 2^32. */
const aRange = fc
  .record({
    cell: fc.integer({ min: 0, max: 120 }),
    isFar: fc.boolean(),
    from: fc.integer({ min: 0, max: 7 }),
    pages: fc.integer({ min: 1, max: 8 }),
    frame: fc.integer({ min: 0, max: 2 ** 31 - 16 }),
    flags: fc.constantFrom(0, WRITABLE, COPY_ON_WRITE),
    noExecute: fc.boolean(),
    level: fc.constantFrom(1, 2, 3)
  })
  .map(({ cell, isFar, from, pages, ...rest }): Range => {
    const start = (isFar ? 2 ** 44 : 0) + cell * 16 + from
    return { start, end: start + pages, ...rest }
  })

const cellOf = (range: Pick<Range, 'start'>): number => Math.floor(range.start / 16)

function play(
  scene: Scene,
  steps: readonly { range: Range; isRemoval: boolean; shrinks: boolean }[]
): Range[] {
  const model = new Map<number, Range>()
  for (const { range, isRemoval, shrinks } of steps) {
    const known = model.get(cellOf(range))
    if (known === undefined) {
      if (scene.tree.insert(range)) model.set(cellOf(range), range)
      continue
    }
    if (isRemoval) {
      scene.tree.remove(known.start)
      model.delete(cellOf(range))
    } else {
      const next = shrinks ? { ...known, start: known.end - 1, frame: known.frame + 1 } : { ...range }
      scene.tree.replace(known.start, next)
      model.set(cellOf(range), next)
    }
  }
  return [...model.values()].sort((a, b) => a.start - b.start)
}

const steps = fc.array(fc.record({ range: aRange, isRemoval: fc.boolean(), shrinks: fc.boolean() }), {
  maxLength: 200
})

describe('a range table', () => {
  it.each([
    { leaf: 2, inner: 2 },
    { leaf: 3, inner: 4 },
    { leaf: 170, inner: 255 }
  ])('with nodes of %j holds what a list holds, and hardware finds the same', (most) => {
    fc.assert(
      fc.property(steps, (all) => {
        const scene = new Scene(most)
        const expected = play(scene, all)
        expect([...scene.tree.list()]).toEqual(expected)
        for (const { start, end } of expected)
          for (const page of [start - 1, start, end - 1, end]) {
            const range = expected.find((one) => page >= one.start && page < one.end) ?? null
            expect(page < 0 ? null : scene.tree.find(page)).toEqual(range)
            if (page >= 0) expect(scene.walked(page)).toEqual(range)
          }
        expect(new Set(scene.tree.nodes())).toEqual(scene.taken)
        for (const { start } of expected) scene.tree.remove(start)
        expect([scene.tree.root, [...scene.tree.list()]]).toEqual([-1, []])
        scene.tree.clear()
        expect(scene.taken.size).toBe(0)
      }),
      { numRuns: 150 }
    )
  })

  it('is left as it is where no frame is to be had for a node', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 6 }), (all, left) => {
        const scene = new Scene({ leaf: 2, inner: 2 })
        scene.left = left
        const expected = play(scene, all)
        expect([...scene.tree.list()]).toEqual(expected)
      }),
      { numRuns: 150 }
    )
  })

  it('is as flat as its nodes are wide', () => {
    const scene = new Scene()
    for (let i = 0; i < 20_000; i++)
      scene.tree.insert({ start: i * 4, end: i * 4 + 2, frame: 0, flags: 0, noExecute: false, level: 1 })
    const entries = new EntryMemory(scene.memory, null)
    expect(entries.high(scene.tree.root as Frame, 0)).toBe(1)
    expect(scene.taken.size).toBeLessThan((2 * 20_000) / 170 + 4)
  })
})
