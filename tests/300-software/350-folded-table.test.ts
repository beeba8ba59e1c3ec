/**
 * A flattened table beside a naive map of leaves, whatever the index does: maps, unmaps, splits, joins and cuts. The walk
 * here knows nothing of the product's: a node is 512 x 512 entries, and bit 58 of an entry names one.
 */
import { Violations } from '@main/software/invariants/violations'
import type { Machine } from '@main/lab/machine'
import { FoldedTable } from '@main/software/folded/folded-table'
import { PageTable } from '@main/software/space/page-table'
import { pagesPerEntry, type Frame } from '@shared/address/address'
import { ACCESSED, USER, WRITABLE } from '@shared/arch/entry'
import type { Folding } from '@shared/arch/folding'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aMachine } from '../builders/a-machine'

/** Two GiB either side of a boundary of 512 GiB. */
const ORIGIN = 2 ** 27 - 2 ** 18

interface Act {
  readonly what: 'map' | 'map-huge' | 'unmap' | 'split' | 'cut' | 'protect'
  /** Which GiB, which 2 MiB in it, which page in that: few of each, so that acts meet. */
  readonly at: readonly [number, number, number]
}

const anAct: fc.Arbitrary<Act> = fc.record({
  what: fc.constantFrom('map', 'map', 'map', 'map-huge', 'unmap', 'split', 'cut', 'protect'),
  at: fc.tuple(fc.nat(2), fc.nat(3), fc.nat(3))
})

/** Leaves by their first page, and where they should lead. */
type Leaves = Map<number, { level: number; frame: number; flags: number }>

class Scene {
  readonly machine: Machine
  readonly support: FoldedTable
  readonly table: PageTable
  readonly leaves: Leaves = new Map()
  private nextFrame = 2 ** 25

  constructor(folding: Folding, fragmentation: number, levels: 4 | 5) {
    this.machine = aMachine({
      environment: 'native',
      lanes: ['fpt'],
      fpt: { folding },
      fragmentation,
      levels
    })
    const layer = this.machine.stack.inner
    const scene = { spec: this.machine.spec, layer, levels, isShadow: false }
    this.support = new FoldedTable(scene)
    const { support } = this
    this.table = new PageTable(levels, layer.entries, {
      allocateTable: (level, page) => {
        support.frameFor(level, page)
        return layer.allocateFrame()
      }
    })
    support.attach(this.table)
    this.table.support = support
  }

  act({ what, at: [giant, huge, page] }: Act): void {
    const region = ORIGIN + giant * 2 ** 18 + huge * 512
    if (what === 'map') this.map(region + page * 7, 1)
    else if (what === 'map-huge') this.map(region, 2)
    else if (what === 'unmap') this.unmap(region + page * 7)
    else if (what === 'protect') this.protect(region + page * 7)
    else if (what === 'split') this.split(region)
    else this.cut(region)
  }

  /** The naive walk: machine frame and flags, or null. Reads memory alone. */
  walk(page: number): { frame: number; flags: number; reads: number } | null {
    const { memory } = this.machine.stack
    let { root: at, isNode }: { root: number; isNode: boolean } = this.support
    let level: number = this.table.levels
    for (let reads = 1; ; reads++) {
      const lower = isNode ? level - 1 : level
      const entry = Math.floor(page / pagesPerEntry(lower)) % (isNode ? 2 ** 18 : 512)
      const [frame, index] = [at + Math.floor(entry / 512), entry % 512]
      const [low, high] = [memory.low(frame, index), memory.high(frame, index)]
      if ((low & 1) === 0) return null
      const named = (low >>> 12) + (high & 0xfffff) * 2 ** 20
      if (lower === 1 || (low & 128) !== 0)
        return { frame: named + (page % pagesPerEntry(lower)), flags: low & (WRITABLE | USER), reads }
      isNode = (BigInt.asUintN(32, BigInt(high)) & (1n << 26n)) !== 0n
      at = named
      level = lower - 1
    }
  }

  leafOver(page: number): { start: number; level: number; frame: number; flags: number } | null {
    for (const level of [1, 2]) {
      const start = page - (page % pagesPerEntry(level))
      const leaf = this.leaves.get(start)
      if (leaf?.level === level) return { start, ...leaf }
    }
    return null
  }

  private map(page: number, level: number): void {
    if (this.leafOver(page) !== null) return
    if (level === 2 && this.table.tableOf(page, 1) >= 0) return
    const frame = (this.nextFrame += 512)
    this.table.map(page, frame, level, USER | WRITABLE, false)
    this.leaves.set(page, { level, frame, flags: USER | WRITABLE })
  }

  private unmap(page: number): void {
    const leaf = this.leafOver(page)
    if (leaf === null) return
    this.table.unmap(page)
    this.leaves.delete(leaf.start)
  }

  private protect(page: number): void {
    const leaf = this.leafOver(page)
    if (leaf === null) return
    this.table.setLeafFlags(page, USER | ACCESSED, false)
    this.leaves.set(leaf.start, { ...leaf, flags: USER })
  }

  private split(region: number): void {
    const leaf = this.leafOver(region)
    if (leaf?.level !== 2) return
    this.table.splitLeaf(region, this.machine.stack.inner.allocateFrame())
    this.leaves.delete(region)
    for (let i = 0; i < 512; i++)
      this.leaves.set(region + i, { level: 1, frame: leaf.frame + i, flags: leaf.flags })
  }

  private cut(region: number): void {
    if (this.table.tableOf(region, 1) < 0) return
    this.table.cut(region, 2, (f) => {
      this.machine.stack.inner.releaseTable(f)
      this.support.takeBack()
    })
    for (let p = region; p < region + 512; p++) this.leaves.delete(p)
  }
}

describe.each(['43-21', '32', 'none'] as const)('a flattened table, folding %s', (folding) => {
  it('says what the index says, and gives every frame back', () => {
    fc.assert(
      fc.property(
        fc.array(anAct, { maxLength: 40 }),
        fc.constantFrom(0, 0.02, 0.9),
        fc.constantFrom(4 as const, 5 as const),
        (acts, fragmentation, levels) => {
          const scene = new Scene(folding, fragmentation, levels)
          const { inner } = scene.machine.stack
          const roots = 1 + scene.support.ownFrames()[0].count
          const free = inner.frames.freeFrames + roots
          for (const act of acts) {
            scene.act(act)
            for (let giant = 0; giant < 3; giant++)
              for (let huge = 0; huge < 4; huge++)
                for (const page of [0, 7, 14, 21, 511]) {
                  const at = ORIGIN + giant * 2 ** 18 + huge * 512 + page
                  const leaf = scene.leafOver(at)
                  const walked = scene.walk(at)
                  expect(walked && [walked.frame, walked.flags]).toEqual(
                    leaf && [leaf.frame + at - leaf.start, leaf.flags]
                  )
                }
          }
          const found = new Violations()
          scene.support.check(found)
          expect(found.told).toEqual([])
          const held = scene.support.ownFrames().reduce((sum, { count }) => sum + count, 0)
          const before = inner.frames.freeFrames
          scene.support.release()
          expect(inner.frames.freeFrames - before).toBe(held)
          scene.table.releaseAll((f: Frame) => inner.releaseTable(f))
          expect(inner.frames.freeFrames).toBe(free)
        }
      ),
      { numRuns: 25, seed: 4 }
    )
  })
})

describe('the check of a flattened table', () => {
  it('finds an entry that says something else than the index, one too many, and one too few', () => {
    const [a, b, c] = [0, 7, 14].map((p) => ORIGIN + p)
    const scene = new Scene('43-21', 0, 4)
    for (const page of [0, 1]) scene.act({ what: 'map', at: [0, 0, page] })
    const told = (): string[] => {
      const found = new Violations()
      scene.support.check(found)
      return found.told
    }
    expect(told()).toEqual([])
    scene.support.marked(a, 1 << 6)
    expect(told()).toHaveLength(1)
    scene.table.unmap(a)
    expect(told()).toEqual([])
    scene.support.entryChanged(1, c, 0, 0x5001, 0)
    expect(told()).toHaveLength(1)
    scene.support.entryChanged(1, c, 0x5001, 0, 0)
    scene.support.entryChanged(1, b, 0x5001, 0, 0)
    expect(told()).toHaveLength(1)
  })
})
