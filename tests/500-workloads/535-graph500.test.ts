import { graph500 } from '@main/workloads/graph500'
import { Kronecker, Labels } from '@main/workloads/graph500/kronecker'
import { Neighbours } from '@main/workloads/graph500/neighbours'
import { SearchQueue } from '@main/workloads/graph500/queue'
import { onesIn, Slices } from '@main/workloads/graph500/slices'
import { backedPages } from '@main/workloads/area-runs'
import type { AccessSource, Area } from '@main/workloads/workload'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import type { LabSpec } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aStreamSpec, areaNamed, take, type Access } from '../builders/a-stream'
import { dataOf, instructionsPerDataReference, missesOf, storeShare } from '../builders/workload-facts'

const PAPER = graph500.info.presets?.paper ?? 0
const GIB_PAGES = 2 ** 18
const ARRAYS = ['edges', 'offsets', 'adjacency', 'tree', 'queue']

const open = (footprint: number, phase: LabSpec['graph500']['phase'] = 'bfs', seed = 1): AccessSource => {
  const spec = aStreamSpec({ footprint, seed })
  return graph500.open({ ...spec, graph500: { ...spec.graph500, phase } })
}

/** An array begins at the first multiple of 8 GiB inside its area. */
const arrayStart = (area: Area): number => Math.ceil((area.start + 1) / (8 * GIB_PAGES)) * 8 * GIB_PAGES

interface Touch {
  readonly array: string
  readonly kind: number
  readonly word: number
}

/** Words of the arrays, in the order of the stream. */
function touchesIn(source: AccessSource, accesses: Access[]): Touch[] {
  const areas = ARRAYS.map((name) => areaNamed(source, name))
  return dataOf(accesses).flatMap(({ kind, page, offset }) => {
    const area = areas.find(({ start, pages }) => page >= start && page < start + pages)
    return area ? [{ array: area.name, kind, word: (page - arrayStart(area)) * 512 + offset / 8 }] : []
  })
}

/** The graph that a footprint of 2^scale vertices with 32 edges each gives. */
const bytesFor = (scale: number): number => 2 ** scale * (32 + 64 + 2 + 2) * 8

const graphOf = (scale: number, seed = 1): { graph: Kronecker; slices: Slices } => {
  const graph = new Kronecker(scale, 32 * 2 ** scale, seed)
  return { graph, slices: new Slices(graph, seed) }
}

describe('labels', () => {
  it('are a new order of all vertices, and lead back to their bits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 14 }), fc.nat(1000), (scale, seed) => {
        const labels = new Labels(scale, seed)
        const all = Array.from({ length: 2 ** scale }, (_, bits) => labels.labelOf(bits))
        expect(new Set(all).size).toBe(2 ** scale)
        expect(all.every((label, bits) => labels.bitsOf(label) === bits)).toBe(true)
      }),
      { numRuns: 30 }
    )
  })
})

describe('the Kronecker generator', () => {
  it('draws the same edge for the same number, whatever was drawn before', () => {
    const one = new Kronecker(20, 2 ** 25, 1)
    const other = new Kronecker(20, 2 ** 25, 1)
    fc.assert(
      fc.property(fc.nat(2 ** 25 - 1), fc.nat(2 ** 25 - 1), (before, edge) => {
        one.draw(before)
        one.draw(edge)
        other.draw(edge)
        expect([one.from, one.to]).toEqual([other.from, other.to])
      })
    )
  })

  it('puts the bits of an edge into quadrants with chances 0.57, 0.19, 0.19, 0.05, at every level', () => {
    const graph = new Kronecker(27, 2 ** 32, 3)
    const counts = Array.from({ length: 27 }, () => [0, 0, 0, 0])
    const edges = 40_000
    for (let edge = 0; edge < edges; edge++) {
      graph.draw(edge * 100_003)
      const [from, to] = [graph.labels.bitsOf(graph.from), graph.labels.bitsOf(graph.to)]
      counts.forEach((at, bit) => at[2 * ((from >> bit) & 1) + ((to >> bit) & 1)]++)
    }
    for (const at of counts) {
      // Four and a half deviations of the most frequent one.
      for (const [quadrant, chance] of [0.57, 0.19, 0.19, 0.05].entries()) {
        const deviation = Math.sqrt((chance * (1 - chance)) / edges)
        expect(Math.abs(at[quadrant] / edges - chance)).toBeLessThan(4.5 * deviation)
      }
    }
  })
})

describe('the slices', () => {
  it('lie one behind the other, with room for two neighbours at least', () => {
    const { graph, slices } = graphOf(14)
    let next = 0
    const wrong: number[] = []
    for (let label = 0; label < graph.vertices; label++) {
      const hasRoom = slices.room(label) === Math.max(2, slices.degree(label))
      if (slices.start(label) !== next || !hasRoom) wrong.push(label)
      next += slices.room(label)
    }
    expect(wrong).toEqual([])
    expect(slices.slots).toBe(next)
  })

  it.each([10, 14])('have two ends for each edge (scale %i)', (scale) => {
    const { graph, slices } = graphOf(scale)
    let ends = 0
    for (let label = 0; label < graph.vertices; label++) ends += slices.degree(label)
    expect(ends / (2 * graph.edges)).toBeGreaterThan(0.99)
    expect(ends / (2 * graph.edges)).toBeLessThan(1.01)
  })

  it('are as long as the generator makes them, for every number of ones in a vertex', () => {
    const { graph, slices } = graphOf(13)
    const drawn = new Array<number>(14).fill(0)
    const given = new Array<number>(14).fill(0)
    for (let edge = 0; edge < graph.edges; edge++) {
      graph.draw(edge)
      for (const end of [graph.from, graph.to]) drawn[onesIn(graph.labels.bitsOf(end))]++
    }
    for (let label = 0; label < graph.vertices; label++) {
      given[onesIn(graph.labels.bitsOf(label))] += slices.degree(label)
    }
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)
    drawn.forEach((ends, ones) => {
      const expected = 2 * graph.edges * choose(13, ones) * 0.76 ** (13 - ones) * 0.24 ** ones
      // Both are Poisson; ends of an edge go together, which doubles the variance at most.
      expect(Math.abs(ends - expected)).toBeLessThan(5 * Math.sqrt(2 * expected) + 5)
      expect(Math.abs(given[ones] - expected)).toBeLessThan(5 * Math.sqrt(2 * expected) + 5)
    })
  })

  it('spread degrees of vertices with equal chances as Poisson does', () => {
    const { graph, slices } = graphOf(16)
    const mean = 2 * graph.edges * 0.76 ** 8 * 0.24 ** 8
    const degrees: number[] = []
    for (let label = 0; label < graph.vertices; label++) {
      if (onesIn(graph.labels.bitsOf(label)) === 8) degrees.push(slices.degree(label))
    }
    const average = degrees.reduce((a, b) => a + b) / degrees.length
    const variance = degrees.reduce((sum, d) => sum + (d - average) ** 2, 0) / degrees.length
    expect(average / mean).toBeCloseTo(1, 1)
    expect(variance / mean).toBeCloseTo(1, 0)
  })
})

describe('neighbours', () => {
  const { graph, slices } = graphOf(17)
  const hub = graph.labels.labelOf(0)

  it('ascend, each once and never the vertex, for short lists and for long ones', () => {
    expect(slices.degree(hub)).toBeGreaterThan(4096)
    for (const label of [hub, ...Array.from({ length: 300 }, (_, i) => i * 401)]) {
      const list = [...new Neighbours(graph, 1).of(label, slices.degree(label))]
      expect(list.length).toBeLessThanOrEqual(slices.degree(label))
      expect(list.every((next, i) => next !== label && (i === 0 || next > list[i - 1]))).toBe(true)
      expect(list.every((next) => next >= 0 && next < graph.vertices)).toBe(true)
    }
  })

  it('have ones in their bits as an edge’s other end has: 0.25 beside a 0, 0.208 beside a 1', () => {
    // A vertex of alternating bits, so that each chance is tried; repeated ones among few are rare.
    const vertex = graph.labels.labelOf(0b01010101010101010)
    for (const degree of [4000, 6000]) {
      const list = [...new Neighbours(graph, 7).of(vertex, degree)].map((label) => graph.labels.bitsOf(label))
      for (const [bit, chance] of [
        [0, 0.25],
        [1, 0.05 / 0.24],
        [15, 0.05 / 0.24],
        [16, 0.25]
      ]) {
        // Dropping what is drawn twice favours what is rare, and ones are.
        const share = list.filter((bits) => ((bits >> bit) & 1) === 1).length / list.length
        expect(share).toBeGreaterThan(chance - 0.03)
        expect(share).toBeLessThan(chance + 0.06)
      }
    }
  })
})

describe('the queue', () => {
  it('hands out what was visited, each vertex once, and the first ones in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(199), fc.constant(-1)), { maxLength: 400 }),
        fc.integer({ min: 1, max: 60 }),
        (steps, exact) => {
          const queue = new SearchQueue(200, 3, exact)
          const visited: number[] = []
          const taken: number[] = []
          for (const step of steps) {
            if (step >= 0) {
              const isNew = !visited.includes(step)
              expect(queue.visit(step)).toBe(isNew)
              if (isNew) visited.push(step)
            } else {
              const next = queue.next()
              if (next >= 0) taken.push(next)
              else expect(taken.length === visited.length || taken.length >= exact).toBe(true)
            }
          }
          expect(taken.every((vertex) => visited.includes(vertex))).toBe(true)
          expect(new Set(taken).size).toBe(taken.length)
          expect(taken.slice(0, exact)).toEqual(visited.slice(0, Math.min(exact, taken.length)))
        }
      )
    )
  })
})

describe('the bulk of a search', () => {
  it('holds each vertex that was found and not yet searched, once', () => {
    const { graph, slices } = graphOf(12)
    const queue = new SearchQueue(graph.vertices, 3)
    queue.goOn(slices.withDegree(4), slices.withDegree(200))
    const expected: number[] = []
    for (let label = 0; label < graph.vertices; label++) {
      if (slices.degree(label) >= 4 && slices.degree(label) < 200) expected.push(label)
      expect(queue.visit(label)).toBe(slices.degree(label) < 4)
    }
    const taken: number[] = []
    for (let next = queue.next(); next >= 0; next = queue.next())
      if (slices.degree(next) >= 4) taken.push(next)
    expect(taken.sort((a, b) => a - b)).toEqual(expected)
  })
})

describe('a search', () => {
  const SCALE = 9
  const { graph, slices } = graphOf(SCALE)

  /** Of the first search: what is touched before the tree is cleared. */
  async function firstSearch(): Promise<Touch[]> {
    const source = open(bytesFor(SCALE))
    const touches = touchesIn(source, await take(source, 600_000))
    const isClear = (t: Touch, i: number): boolean =>
      t.array === 'tree' &&
      t.kind === STORE &&
      touches[i + 1].array === 'tree' &&
      touches[i + 1].kind === STORE
    return touches.slice(0, touches.findIndex(isClear))
  }

  it('visits each vertex at most once, all that it finds, in the order in which it found them', async () => {
    const touches = await firstSearch()
    const words = (array: string, kind: number): number[] =>
      touches.filter((t) => t.array === array && t.kind === kind).map(({ word }) => word)
    const found = words('tree', STORE)
    expect(found.length).toBeGreaterThan(2 ** SCALE / 2)
    expect(new Set(found).size).toBe(found.length)
    expect(words('queue', STORE)).toEqual(found.map((_, i) => i))
    expect(words('queue', LOAD)).toEqual(found.map((_, i) => i))
    const begins = words('offsets', LOAD).filter((word) => word % 2 === 0)
    expect(begins.map((word) => word / 2)).toEqual(found)
  })

  it('looks up in the tree whoever it reads in a slice, and stores those alone that are new', async () => {
    const known = new Set<number>()
    const wrong: string[] = []
    let vertex = -1
    let slot = 0
    for (const { array, kind, word } of await firstSearch()) {
      if (array === 'offsets' && word % 2 === 0) {
        vertex = word / 2
        slot = slices.start(vertex)
      }
      if (array === 'adjacency') {
        const isInSlice = word < slices.start(vertex) + slices.degree(vertex)
        if (word !== slot++ || !isInSlice) wrong.push(`slot ${word} of vertex ${vertex}`)
      }
      if (array !== 'tree') continue
      if (word >= graph.vertices) wrong.push(`vertex ${word}`)
      if (kind !== STORE) continue
      if (known.has(word)) wrong.push(`vertex ${word} is found again`)
      known.add(word)
    }
    expect(wrong).toEqual([])
    // All that is connected was found: the vertices left over have no edge, or hardly any.
    for (let label = 0; label < graph.vertices; label++) {
      if (slices.degree(label) > 20) expect(known.has(label)).toBe(true)
    }
  })
})

describe('graph500', () => {
  it('has scale 27 at the paper’s 100 GiB, its arrays aligned to 8 GiB in 8 GiB more', () => {
    expect(PAPER).toBe(100 * 2 ** 30)
    const source = open(PAPER)
    const sizes = { edges: 32, offsets: 2, tree: 1, queue: 1 }
    for (const [name, gib] of Object.entries(sizes)) {
      const area = areaNamed(source, name)
      expect((area.pages - 8 * GIB_PAGES) / GIB_PAGES).toBeCloseTo(gib, 4)
      // Malloc's headers: the first page, and the page in front of the array.
      expect((backedPages(area) - 2) / GIB_PAGES).toBeCloseTo(gib, 4)
    }
    // Two slots for each of 2^32 edges, and as many for those who have fewer.
    const adjacency = backedPages(areaNamed(source, 'adjacency')) / GIB_PAGES
    expect(adjacency).toBeGreaterThan(64)
    expect(adjacency).toBeLessThan(66)
  })

  it.each(['generate', 'count', 'scatter', 'pack', 'bfs'] as const)(
    'touches what is backed alone (%s)',
    async (phase) => {
      for (const footprint of [2 ** 20, PAPER]) {
        const source = open(footprint, phase)
        for (const { page } of await take(source, 50_000)) {
          const area = source.areas.find(({ start, pages }) => page >= start && page < start + pages)
          const runs = area?.backed ?? [0, area?.pages ?? 0]
          const inside = page - (area?.start ?? 0)
          const isBacked = Array.from(runs).some(
            (first, i) => i % 2 === 0 && inside >= first && inside < first + runs[i + 1]
          )
          if (!isBacked) expect({ phase, page, area: area?.name }).toBe('backed')
        }
      }
    }
  )

  it('writes edges in order', async () => {
    const source = open(PAPER, 'generate')
    const words = touchesIn(source, await take(source, 50_000)).map(({ word }) => word)
    expect(words.length).toBeGreaterThan(100)
    expect(words).toEqual(words.map((_, i) => i))
  })

  it.each(['count', 'scatter'] as const)(
    'finds both ends of the edges that were drawn (%s)',
    async (phase) => {
      const source = open(bytesFor(12), phase)
      const { graph, slices } = graphOf(12)
      const touches = touchesIn(source, await take(source, 30_000))
      const ends = touches
        .filter(({ array, kind }) => array === 'offsets' && kind === STORE)
        .map(({ word }) => Math.floor(word / 2))
      const expected: number[] = []
      for (let edge = 0; expected.length < ends.length; edge++) {
        graph.draw(edge)
        if (graph.from !== graph.to) expected.push(graph.from, graph.to)
      }
      expect(ends).toEqual(expected.slice(0, ends.length))
      const slots = touches.filter(({ array }) => array === 'adjacency').map(({ word }) => word)
      const isOutside = (slot: number, i: number): boolean =>
        slot < slices.start(ends[i]) || slot >= slices.start(ends[i]) + slices.room(ends[i])
      expect(slots.filter(isOutside)).toEqual([])
      expect(slots.length > 1000).toBe(phase === 'scatter')
    }
  )

  it('packs the slices in order, reading and writing next to where it was', async () => {
    const source = open(bytesFor(12), 'pack')
    const touches = touchesIn(source, await take(source, 300_000))
    const begins = touches.filter((t) => t.array === 'offsets' && t.kind === LOAD && t.word % 2 === 0)
    expect(begins.map(({ word }) => word / 2)).toEqual(begins.map((_, i) => i))
    const slots = touches.filter(({ array }) => array === 'adjacency').map(({ word }) => word)
    const jumps = slots.slice(1).filter((slot, i) => Math.abs(slot - slots[i]) > 512)
    expect(jumps.length / slots.length).toBeLessThan(0.1)
  })

  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)

  /**
   * Pages of the tree that so many neighbours of a vertex lie on: a block of 4096 labels, 8 pages, has a weight by
   * the ones in its 15 bits beside zeros and ones of the vertex, and a page of it an eighth of that.
   */
  function pagesFor(upperBits: number, degree: number): number {
    const ones = onesIn(upperBits)
    const zeros = 15 - ones
    let pages = 0
    for (let i = 0; i <= zeros; i++) {
      for (let j = 0; j <= ones; j++) {
        const weight = 0.25 ** i * 0.75 ** (zeros - i) * (5 / 24) ** j * (19 / 24) ** (ones - j)
        pages += choose(zeros, i) * choose(ones, j) * 8 * (1 - Math.exp((-degree * weight) / 8))
      }
    }
    return pages
  }

  it('turns to another page for as many edges as the labels of a vertex’s neighbours have pages', async () => {
    const source = open(PAPER)
    const { graph, slices } = graphOf(27)
    let [edges, pages, expected, last] = [0, 0, 0, -1]
    const accesses = await take(source, 600_000)
    for (const { array, kind, word } of touchesIn(source, accesses)) {
      if (array === 'offsets' && word % 2 === 0) {
        const vertex = word / 2
        expected += pagesFor(graph.labels.bitsOf(vertex) >>> 12, slices.degree(vertex))
      }
      if (array !== 'tree' || kind !== LOAD) continue
      const page = Math.floor(word / 512)
      edges++
      if (page !== last) pages++
      last = page
    }
    // The last slice may be cut.
    expect(pages / expected).toBeGreaterThan(0.9)
    expect(pages / expected).toBeLessThan(1.05)
    expect(edges).toBeGreaterThan(50_000)
  })

  it('misses a TLB of 64 pages for nearly every edge', async () => {
    const source = open(PAPER, 'bfs', 2)
    const accesses = await take(source, 500_000)
    const edges = touchesIn(source, accesses).filter(({ array }) => array === 'adjacency').length
    expect(missesOf(accesses, 64) / edges).toBeGreaterThan(0.8)
    expect(missesOf(accesses, 64) / edges).toBeLessThan(1.1)
  })

  it('fetches about three instructions for each data reference', async () => {
    const accesses = await take(open(2 ** 32), 300_000)
    expect(instructionsPerDataReference(accesses)).toBeGreaterThan(2.5)
    expect(instructionsPerDataReference(accesses)).toBeLessThan(3.5)
    // Of each vertex two words are stored at most; of each end of its 32 edges two words are loaded.
    expect(storeShare(accesses)).toBeGreaterThan(0)
    expect(storeShare(accesses)).toBeLessThan(2 / (2 * 64))
    expect(accesses.filter(({ kind }) => kind === FETCH).every(({ size }) => size <= 7)).toBe(true)
  })

  it('says how much 16 vertices take', () => {
    expect(() => open(bytesFor(4) - 1)).toThrow(UserError)
    expect(() => open(bytesFor(4))).not.toThrow()
  })
})
