/** Cuckoo tables in emulated frames against a map: no entry is lost in any state of any growth. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CuckooTable, type CuckooPolicy } from '@main/software/cuckoo/cuckoo-table'
import { EntryTable } from '@main/software/cuckoo/entry-table'
import type { Layer } from '@main/software/layer'
import type { EntryWords } from '@main/software/space/mirrored-table'
import { entryHigh, entryLow, PRESENT } from '@shared/arch/entry'
import { pageHigh, pageLow } from '@shared/address/address'
import { COUNTER_INDEX, type CounterId } from '@shared/stats/counters'
import { aMachine } from '../builders/a-machine'

const POLICY: CuckooPolicy = { ways: 3, initialLines: 64, threshold: 0.6, scale: 4, moveLines: 1 }

const aLayer = (): Layer =>
  aMachine({ environment: 'native', lanes: ['radix'], memory: { limits: { L0: '64MiB' } } }).stack.layers[0]

/** A table, and a map of what it should say. */
class Scene {
  readonly truth = new Map<number, EntryWords>()
  readonly table: CuckooTable
  readonly entries: EntryTable

  constructor(
    readonly layer = aLayer(),
    policy: Partial<CuckooPolicy> = {}
  ) {
    this.table = new CuckooTable(layer, { ...POLICY, ...policy }, 5)
    this.entries = new EntryTable(this.table, (unit) => this.truth.get(unit) ?? null)
    this.table.grow()
  }

  set(unit: number, frame: number): void {
    const words = { low: entryLow(frame, PRESENT), high: entryHigh(frame, frame % 2 === 0) }
    this.truth.set(unit, words)
    this.entries.set(unit, words.low, words.high)
    this.makeRoom()
  }

  clear(unit: number): void {
    this.truth.delete(unit)
    this.entries.clear(unit)
    this.makeRoom()
  }

  makeRoom(): void {
    while (this.table.needsRoom && this.table.grow() > 0) this.entries.readmit()
    if (this.table.mayReadmit) this.entries.readmitOne()
  }

  /** Every entry, and nothing else. */
  check(): void {
    const clusters = new Set<number>()
    const wrong: number[] = []
    for (const [unit, words] of this.truth) {
      clusters.add(Math.floor(unit / 8))
      if (this.entries.isHomeless(unit)) continue
      const found = this.entries.find(unit)
      if (found?.low !== words.low || found.high !== words.high) wrong.push(unit)
    }
    expect(wrong).toEqual([])
    let lines = 0
    let present = 0
    this.table.each((line) => {
      lines++
      present += line.lows.filter((low) => (low & PRESENT) !== 0).length
    })
    const homeless = [...this.truth.keys()].filter((unit) => this.entries.isHomeless(unit)).length
    expect(present).toBe(this.truth.size - homeless)
    expect(lines).toBe(clusters.size - this.table.homeless.size)
    expect(this.table.used).toBe(lines)
  }

  count(id: CounterId): number {
    return this.layer.ledger.counters[COUNTER_INDEX[id]]
  }
}

const aUnit = fc.oneof(
  { weight: 3, arbitrary: fc.nat(4000) },
  { weight: 3, arbitrary: fc.nat(500).map((n) => n * 8 + 7) },
  { weight: 2, arbitrary: fc.nat(300).map((n) => 2 ** 40 + n * 2 ** 20) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 7, 8, 2 ** 27 * 8, 2 ** 45 - 1) }
)
const aStep = fc.record({
  isSet: fc.constantFrom(true, true, true, false),
  unit: aUnit,
  frame: fc.integer({ min: 1, max: 2 ** 31 - 1 })
})
const steps = fc.array(aStep, { minLength: 300, maxLength: 600, size: 'max' })

describe('an elastic cuckoo table', () => {
  it.each([
    [3, 4, 1, 0.6],
    [3, 2, 1, 0.9],
    [3, 2, 3, 0.2],
    [2, 4, 2, 0.4]
  ])('of %i ways, grown by %i, %i lines moved at a time, threshold %d, says what a map says', (...policy) => {
    const [ways, scale, moveLines, threshold] = policy
    let growths = 0
    fc.assert(
      fc.property(steps, (all) => {
        const scene = new Scene(aLayer(), { ways, scale, moveLines, threshold })
        for (const [n, { isSet, unit, frame }] of all.entries()) {
          if (isSet) scene.set(unit, frame)
          else scene.clear(unit)
          expect(scene.entries.find(unit)).toEqual(scene.truth.get(unit) ?? null)
          if (n % 50 === 0) scene.check()
        }
        scene.check()
        growths += scene.table.capacity > ways * 64 ? 1 : 0
      }),
      { numRuns: 6 }
    )
    expect(growths).toBeGreaterThan(0)
  })

  it('loses nothing in any state of several growths that follow each other', () => {
    const scene = new Scene()
    for (let n = 0; n < 5000; n++) {
      scene.set(n * 8, 1 + n)
      if (n % 3 === 0) expect(scene.entries.find((n >> 1) * 8)).toEqual(scene.truth.get((n >> 1) * 8))
      if (n % 16 === 0 && n < 1200) scene.check()
    }
    expect(scene.table.ways.now[0].lines).toBeGreaterThanOrEqual(64 * 4 * 4)
    expect(scene.table.homeless.size).toBe(0)
    expect(scene.count('hashMoves')).toBeGreaterThan(100)
    expect(scene.count('hashKicks')).toBeGreaterThan(0)
    expect(scene.layer.ledger.counters[COUNTER_INDEX.softwareCycles]).toBeGreaterThanOrEqual(
      100 * (scene.count('hashMoves') + scene.count('hashKicks'))
    )
  })

  it('finds a line in one of exactly as many places as it has ways', () => {
    const scene = new Scene()
    for (let n = 0; n < 600; n++) scene.set(n * 8, 1 + n)
    expect(scene.table.isGrowing).toBe(true)
    const { ways, lines } = scene.table
    for (let cluster = 0; cluster < 600; cluster++) {
      const places = [0, 1, 2].map((way) => {
        ways.locate(way, pageHigh(cluster), pageLow(cluster))
        return lines.isOf(ways, pageHigh(cluster), pageLow(cluster))
      })
      expect(places.filter(Boolean)).toHaveLength(1)
    }
  })

  it('gives all frames back', () => {
    const layer = aLayer()
    const free = layer.frames.freeFrames
    const scene = new Scene(layer)
    for (let n = 0; n < 700; n++) scene.set(n * 8, 1 + n)
    const held = scene.table.places().reduce((sum, { lines }) => sum + lines / 64, 0)
    expect(free - layer.frames.freeFrames).toBe(held)
    scene.table.release()
    expect(layer.frames.freeFrames).toBe(free)
    expect(scene.entries.find(8)).toBe(null)
  })
})

describe('a cuckoo table without contiguous frames', () => {
  /** Every other frame is in use from `from` on. */
  function fragment(layer: Layer, from: number): void {
    for (let f = from | 1; f < layer.frames.frames; f += 2) layer.frames.allocateAt(f, 1)
  }

  it('starts smaller, down to one frame for each way', () => {
    const layer = aLayer()
    fragment(layer, 0)
    const scene = new Scene(layer, { initialLines: 16_384 })
    expect(scene.table.places().map(({ lines }) => lines)).toEqual([64, 64, 64])
    const roomy = aLayer()
    fragment(roomy, 512)
    const lines = new Scene(roomy, { initialLines: 16_384 }).table.places()[0].lines
    expect(lines).toBeGreaterThan(64)
    expect(lines).toBeLessThan(16_384)
  })

  it('grows by less where there is room for no more', () => {
    const layer = aLayer()
    const scene = new Scene(layer, { scale: 16 })
    // Runs of two frames, and none longer.
    for (let f = 2; f < layer.frames.frames; f += 3) layer.frames.allocateAt(f, 1)
    for (let n = 0; n < 150; n++) scene.set(n * 8, 1 + n)
    expect(scene.table.ways.next?.[0].lines).toBe(128)
  })

  it('keeps what it holds, and takes the rest when room appears', () => {
    const layer = aLayer()
    const scene = new Scene(layer)
    const taken: number[] = []
    for (let f = 1; f < layer.frames.frames; f += 2) if (layer.frames.allocateAt(f, 1)) taken.push(f)
    for (let n = 0; n < 400; n++) scene.set(n * 8, 1 + n)
    scene.check()
    expect(scene.table.capacity).toBe(192)
    expect(scene.table.homeless.size).toBeGreaterThanOrEqual(400 - 192)
    for (const f of taken) layer.frames.free(f, 0)
    // Growth is tried again after as many insertions as it was denied for.
    for (let n = 400; n < 1200; n++) scene.set(n * 8, 1 + n)
    expect(scene.table.homeless.size).toBe(0)
    scene.check()
  })

  it('takes a line that waits as soon as another is gone', () => {
    const scene = new Scene()
    const { frames } = scene.layer
    for (let f = 1; f < frames.frames; f += 2) frames.allocateAt(f, 1)
    for (let n = 0; n < 400; n++) scene.set(n * 8, 1 + n)
    const waiting = scene.table.homeless.size
    const placed = [...scene.truth.keys()].filter((unit) => !scene.entries.isHomeless(unit))
    for (const unit of placed.slice(0, 60)) scene.clear(unit)
    expect(scene.table.homeless.size).toBeLessThan(waiting - 30)
    scene.check()
  })
})
