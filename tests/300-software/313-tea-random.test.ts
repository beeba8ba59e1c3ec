/**
 * TEAs under whatever an address space does: I1 to I3, no frame with two owners, none lost, every page where its
 * oracle says, and nothing left behind at the end.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alignDown } from '@shared/address/address'
import type { Vma } from '@main/software/space/vma-list'
import type { AreaInput } from '../builders/a-machine'
import { REGION, TeaScene } from '../builders/tea-scene'

const START = 0x7f1234400
const NAMES = ['a', 'b', 'c', 'd', 'e']

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const operation = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('touch' as const), area: fc.nat(9), at: place }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('unlink' as const), area: fc.nat(9), at: place })
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('grow' as const, 'grow-down' as const, 'shrink' as const),
      area: fc.nat(9),
      at: place
    })
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('punch' as const, 'remove' as const),
      area: fc.nat(9),
      at: place
    })
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('deposit' as const, 'withdraw' as const, 'drop' as const),
      area: fc.nat(9),
      at: place
    })
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('scatter' as const, 'gather' as const, 'cover' as const, 'rank' as const),
      area: fc.nat(9),
      at: place
    })
  }
)
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

/** Areas of 1 to 60 table pages, often so close that they share one. */
const areas = fc
  .array(
    fc.record({ gap: fc.oneof(fc.nat(700), fc.nat(60_000)), pages: fc.integer({ min: 1, max: 30_000 }) }),
    {
      minLength: 1,
      maxLength: 4
    }
  )
  .map((parts) => {
    let start = START
    return parts.map(({ gap, pages }, i): AreaInput => {
      const area = { start: start + gap, pages, name: NAMES[i] }
      start = area.start + pages
      return area
    })
  })

const scene = fc.record({
  environment: fc.constantFrom('native', 'native', 'native', 'virtualized', 'nested'),
  fragmentation: fc.constantFrom(0, 0, 0.9),
  registers: fc.constantFrom(1, 2, 16),
  policy: fc.constantFrom('first', 'ranked'),
  minVmaMiB: fc.constantFrom(0, 16, 64),
  minSlots: fc.constantFrom(1, 8, 32),
  mergeOccupancy: fc.constantFrom(50, 98),
  expand: fc.constantFrom(true, true, false),
  trim: fc.constantFrom(true, true, false),
  artifactRounding: fc.boolean(),
  areas,
  operations: fc.array(operation, { minLength: 5, maxLength: 30 })
})

class Player {
  private readonly held: number[][] = []
  private readonly touched = new Set<number>()

  constructor(readonly scene: TeaScene) {}

  play({ kind, area, at }: Operation): void {
    const { scene } = this
    const vmas = scene.space.vmas.list().filter((v) => v.start >= START - 2 ** 20 && v.mayHaveTea)
    if (kind === 'scatter') this.held.push(scene.scatter(8 + Math.floor(at * 60)))
    else if (kind === 'gather') scene.gather(this.held.pop() ?? [])
    else if (kind === 'cover') scene.teas.coverAll()
    else if (kind === 'rank') scene.teas.rank()
    else if (vmas.length > 0) this.change(kind, vmas[area % vmas.length], at)
  }

  private change(kind: Operation['kind'], vma: Vma, at: number): void {
    const { scene } = this
    const p = vma.start + Math.floor(at * (vma.end - vma.start))
    const region = alignDown(p, REGION)
    const isMapped = scene.space.table.tableOf(p, 1) >= 0
    if (kind === 'touch') this.touch(p)
    else if (kind === 'unlink' && isMapped) scene.unlink(p)
    else if (kind === 'grow') this.resize(vma, vma.start, vma.end + Math.floor(at * 20_000))
    else if (kind === 'grow-down') this.resize(vma, vma.start - Math.floor(at * 20_000), vma.end)
    else if (kind === 'shrink' && p > vma.start) scene.resize(vma, vma.start, p)
    else if (kind === 'remove') scene.remove(vma)
    else if (kind === 'punch' && p > vma.start) this.punch(vma, p)
    else if (kind === 'deposit' && !isMapped) scene.teas.deposit(region)
    else if (kind === 'drop') scene.teas.dropDeposit(region)
    else if (kind === 'withdraw' && !isMapped) this.split(region, p)
  }

  private touch(p: number): void {
    // A deposit is withdrawn before a table is made, as the fault handler would for the huge page it splits.
    this.scene.teas.dropDeposit(alignDown(p, REGION))
    this.scene.touch(p)
    this.touched.add(p)
    const tea = this.scene.teas.covering(1, p)
    if (tea) this.scene.teas.noteWalk(p)
  }

  /** The slot of a split is the one that was deposited; it is returned, because no huge page was there to split. */
  private split(region: number, p: number): void {
    const { teas } = this.scene
    const before = teas.covering(1, region)
    const slot = teas.withdraw(region)
    if (slot < 0) return
    const tea = teas.covering(1, region)
    if (before !== null) expect(tea).toBe(before)
    expect(teas.returnSlot(1, p, slot)).toBe(true)
  }

  private resize(vma: Vma, start: number, end: number): void {
    const others = this.scene.space.vmas.list().filter((v) => v !== vma)
    if (others.every((v) => v.end <= start || v.start >= end)) this.scene.resize(vma, start, end)
  }

  private punch(vma: Vma, from: number): void {
    const to = Math.min(from + 3000, vma.end)
    if (to < vma.end) this.scene.punch(from, to)
  }

  /** Pages that are mapped now, of those touched. */
  mapped(): number[] {
    return [...this.touched].filter((p) => this.scene.space.table.leafLevelOf(p) > 0)
  }

  end(): void {
    for (const held of this.held) this.scene.gather(held)
    this.scene.exit()
  }
}

describe('after any life of an address space', () => {
  it('areas, registers and frames hold their laws, and nothing is left at the end', () => {
    fc.assert(
      fc.property(scene, (s) => {
        const teaScene = new TeaScene(
          {
            environment: s.environment,
            lanes: [s.environment === 'native' ? 'dmt' : 'pvdmt'],
            fragmentation: s.fragmentation,
            tea: {
              minVmaMiB: s.minVmaMiB,
              minSlots: s.minSlots,
              mergeOccupancy: s.mergeOccupancy,
              expand: s.expand,
              trim: s.trim,
              artifactRounding: s.artifactRounding
            },
            dmt: { registers: s.registers, policy: s.policy }
          },
          s.areas
        )
        const player = new Player(teaScene)
        s.operations.forEach((op, i) => {
          player.play(op)
          if (i % 12 === 11) teaScene.check()
        })
        teaScene.check()
        teaScene.checkTranslations(player.mapped())
        player.end()
      }),
      { numRuns: 50, seed: 7 }
    )
  })
})
