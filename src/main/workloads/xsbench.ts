/**
 * XSBench: the cross-section lookups of a Monte Carlo neutron transport code, on the unionized grid, history-based
 * and on one thread, as the DMT artifact runs it. For each lookup of a particle's history:
 *
 *   row = the last row of the unionized grid at or below the particle's energy   (binary search)
 *   for each nuclide of the material it is in:
 *     low = nuclide grid[index[row][nuclide]]; high = the point behind low
 *     macro[k] += concentration * (high.xs[k] - f * (high.xs[k] - low.xs[k]))   for five kinds k of cross section
 *   the next energy and material depend on macro
 *
 * Energies are uniform, so row r lies at r / rows, and the rows that the search looks at follow from the one it
 * ends at.
 */
import { sizeText } from '@shared/model/quantity'
import { UserError } from '@shared/model/user-error'
import { mix32 } from '@shared/random/mix32'
import { RandomWords } from '@shared/random/random-words'
import { AddressPlan, within, type Block } from './program/address-plan'
import { ProgramSource } from './program/program-source'
import { Tape } from './program/tape'
import { Thread } from './program/thread'
import type { AccessSource, Area, Workload } from './workload'
import { UnionizedGrid } from './xsbench/grids'
import { materialFor, materialsOf } from './xsbench/materials'

/** Energy and five cross sections. */
const POINT_BYTES = 48
const CROSS_SECTIONS = 5
/** Energy and the address of its row of the index. */
const ROW_BYTES = 16
const INDEX_BYTES = 4
const PAPER_POINTS = 170_000
const PAPER_NUCLIDES = 355
/** A point and one behind it. */
const LEAST_POINTS = 2
/** Rows are drawn from 32 bits. */
const MOST_ROWS = 2 ** 32

/** glibc's first heap. */
const LEAST_HEAP_BYTES = 132 * 1024

/** Bytes of all tables for each grid point that every nuclide has. */
const bytesForPoints = (nuclides: number): number =>
  nuclides * (POINT_BYTES + ROW_BYTES + nuclides * INDEX_BYTES)

export const xsbench: Workload = {
  info: {
    id: 'xsbench',
    title: 'XSBench',
    summary:
      'Neutron cross sections: a binary search, a row of a huge index, and a point of each nuclide’s grid',
    story: [
      'The part of a Monte Carlo neutron transport code that takes most of its time: for a particle’s energy and the material it is in, the cross sections of all nuclides in that material are looked up and added. The energy of the next lookup depends on the sum.',
      'A lookup searches 60 million energies by halving, reads one row of an index of 80 GiB, and then two neighbouring points in the grid of each nuclide, 4 to 321 of them: the search and every nuclide take a page of their own, and no lookup comes back to the last one’s.'
    ],
    presets: { paper: PAPER_POINTS * bytesForPoints(PAPER_NUCLIDES), laptop: 4 * 2 ** 30 },
    knobs: [
      {
        path: 'xsbench.nuclides',
        title: 'Nuclides',
        help: 'Nuclides of the reactor, each with a grid of its own'
      },
      { path: 'xsbench.lookups', title: 'Lookups', help: 'Cross-section lookups of a particle’s history' }
    ]
  },
  open: ({ footprint, seed, xsbench: { nuclides, lookups } }) =>
    new Simulation(new UnionizedGrid(nuclides, pointsIn(footprint, nuclides), seed), lookups, seed).source()
}

/** @throws UserError */
function pointsIn(footprint: number, nuclides: number): number {
  const bytes = bytesForPoints(nuclides)
  const points = Math.floor(footprint / bytes)
  const where = `${sizeText(footprint)} for ${nuclides} nuclides`
  if (points < LEAST_POINTS) {
    throw new UserError('the footprint is too small', where, `give at least ${LEAST_POINTS * bytes} bytes`)
  }
  if (points * nuclides > MOST_ROWS || footprint > 2 ** 42) {
    throw new UserError('the footprint is too large', where, 'give less, or more nuclides')
  }
  return points
}

class Simulation {
  private readonly tape = new Tape()
  private readonly plan = new AddressPlan()
  private readonly random: RandomWords
  private readonly thread: Thread
  /** In the heap: nuclides and concentrations of materials, all as wide as fuel, and where grids begin. */
  private readonly nuclides: Block
  private readonly concentrations: Block
  private readonly grids: Block
  private readonly index: Block
  private readonly union: Block
  private readonly points: Block
  private readonly materials: readonly (readonly number[])[]
  private readonly widest: number
  /** One step of the search, and the rest: unrolled and inlined it takes 20 KiB (assumed). */
  private readonly step = this.plan.text.routine(10)
  private readonly sum = this.plan.text.routine(5000)
  private readonly draw = this.plan.text.routine(60)
  private lookup = 0
  private state = 0

  constructor(
    private readonly grid: UnionizedGrid,
    private readonly lookups: number,
    seed: number
  ) {
    const { nuclides, rows } = grid
    // Allocated one after the other, each below the last; the kernel merges what it maps side by side.
    ;[this.index, this.union, this.points] = this.plan.mapTogether('grids', [
      { name: 'index', bytes: rows * nuclides * INDEX_BYTES },
      { name: 'union', bytes: rows * ROW_BYTES },
      { name: 'points', bytes: rows * POINT_BYTES }
    ])
    this.random = new RandomWords(seed)
    this.materials = materialsOf(nuclides)
    this.widest = Math.max(...this.materials.map(({ length }) => length))
    const entries = this.materials.length * this.widest
    const heap = this.plan.heap(Math.max(LEAST_HEAP_BYTES, 12 * entries + 8 * nuclides))
    this.concentrations = within(heap, 0, 8 * entries)
    this.grids = within(heap, 8 * entries, 8 * nuclides)
    this.nuclides = within(heap, 8 * entries + 8 * nuclides, 4 * entries)
    this.thread = new Thread(this.tape, this.plan.text, this.sum)
  }

  source(): AccessSource {
    return new ProgramSource(this.areas, this.tape, () => this.lookUp())
  }

  private get areas(): readonly Area[] {
    return this.plan.areas
  }

  private lookUp(): void {
    const energy = this.nextFraction()
    const material = materialFor(this.nextFraction())
    const row = this.search(energy * this.grid.rows)
    this.thread.enter(this.sum)
    this.clearSums()
    this.materials[material].forEach((nuclide, turn) => this.add(material, turn, nuclide, row))
    this.lookup = (this.lookup + 1) % this.lookups
  }

  /** A new particle's first energy is drawn; after that each depends on the result before. */
  private nextFraction(): number {
    this.thread.enter(this.draw)
    this.thread.modify(this.plan.stack, 0x80)
    this.thread.compute(12)
    if (this.lookup === 0) this.state = this.random.next()
    this.state = mix32(this.state + 0x9e3779b9)
    return this.state * 2 ** -32
  }

  /** Halves the rows until the last one is left that lies at or below `target`, which counts in rows. */
  private search(target: number): number {
    const { thread, union } = this
    let lower = 0
    let length = this.grid.rows - 1
    while (length > 1) {
      const half = Math.floor(length / 2)
      const middle = lower + half
      thread.enter(this.step)
      thread.compute(4)
      thread.load(union, middle * ROW_BYTES)
      thread.compute(3)
      if (middle <= target) {
        lower = middle
        length -= half
      } else {
        length = half
      }
    }
    return lower
  }

  private clearSums(): void {
    for (let k = 0; k < CROSS_SECTIONS; k++) this.thread.store(this.plan.stack, 0x100 + 8 * k)
  }

  private add(material: number, turn: number, nuclide: number, row: number): void {
    const { thread, grid } = this
    const entry = material * this.widest + turn
    const low = grid.pointer(nuclide, row)
    thread.load(this.nuclides, 4 * entry, 4)
    thread.load(this.concentrations, 8 * entry)
    thread.compute(6)
    thread.load(this.union, row * ROW_BYTES + 8)
    thread.load(this.index, (row * grid.nuclides + nuclide) * INDEX_BYTES, INDEX_BYTES)
    thread.load(this.grids, 8 * nuclide)
    thread.compute(8)
    this.interpolate(nuclide * grid.points + low)
    this.state = mix32(this.state ^ low)
  }

  /** Between two points, at the share of the way that their energies give. */
  private interpolate(low: number): void {
    const { thread, points, plan } = this
    const lowOffset = low * POINT_BYTES
    const highOffset = lowOffset + POINT_BYTES
    thread.load(points, highOffset)
    thread.load(points, lowOffset)
    thread.compute(6)
    for (let k = 1; k <= CROSS_SECTIONS; k++) {
      thread.load(points, highOffset + 8 * k)
      thread.load(points, lowOffset + 8 * k)
      thread.compute(3)
      thread.load(plan.stack, 0xf8 + 8 * k)
      thread.compute(2)
      thread.store(plan.stack, 0xf8 + 8 * k)
    }
    thread.compute(6)
  }
}
