import { canneal } from '@main/workloads/canneal'
import { Netlist } from '@main/workloads/canneal/netlist'
import { Placement } from '@main/workloads/canneal/places'
import type { AccessSource } from '@main/workloads/workload'
import { STORE } from '@shared/model/access'
import type { LabSpec } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import { RandomWords } from '@shared/random/random-words'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aStreamSpec, areaNamed, take, type Access } from '../builders/a-stream'
import {
  byteIn,
  dataOf,
  instructionsPerDataReference,
  missesOf,
  storeShare
} from '../builders/workload-facts'

/** An element, its place, its node in the map of names, and room for 16 neighbours. */
const PER_ELEMENT = 88 + 8 + 80 + 16 * 8

function chipOf(footprint: number) {
  const elements = Math.floor(footprint / PER_ELEMENT)
  const width = Math.floor(Math.sqrt(elements))
  const height = Math.floor(elements / width)
  const rowBytes = 16 * Math.ceil((height * 8) / 16) + 16
  return { count: width * height, height, rowBytes, rowsBytes: width * rowBytes }
}

type Event =
  | { readonly what: 'place' | 'swapped'; readonly element: number }
  | { readonly what: 'coordinates'; readonly place: number }
  | { readonly what: 'neighbour'; readonly slot: number }

/** What an access is about; null for coordinates' second half, ends of vectors and the stack. */
function eventOf(source: AccessSource, footprint: number, access: Access): Event | null {
  const { count, height, rowBytes, rowsBytes } = chipOf(footprint)
  const inElements = byteIn(areaNamed(source, 'elements'), access)
  if (inElements >= 0 && inElements < 88 * count) {
    if (inElements % 88 !== 80) return null
    return { what: access.kind === STORE ? 'swapped' : 'place', element: Math.floor(inElements / 88) }
  }
  const inHeap = byteIn(areaNamed(source, 'heap'), access)
  if (inHeap < 0 || inHeap >= areaNamed(source, 'heap').pages * 4096) return null
  if (inHeap >= rowsBytes) return { what: 'neighbour', slot: inHeap - rowsBytes }
  const place = Math.floor(inHeap / rowBytes) * height + (inHeap % rowBytes) / 8
  return Number.isInteger(place) ? { what: 'coordinates', place } : null
}

interface Net {
  readonly slot: number
  readonly element: number
  readonly place: number
}

interface Move {
  readonly a: number
  readonly b: number
  /** Of a, then of b. */
  readonly nets: readonly [Net[], Net[]]
  /** As read for each of them: its own place and the other's. */
  readonly places: readonly number[]
  readonly swapped: readonly number[]
}

/** Reads moves back from addresses alone; the last, which may be cut, is left out. */
function movesIn(source: AccessSource, footprint: number, accesses: Access[]): Move[] {
  const events = dataOf(accesses).flatMap((access) => eventOf(source, footprint, access) ?? [])
  const starts = events.flatMap((event, i) =>
    event.what === 'place' && events[i + 1]?.what === 'place' && events[i + 2]?.what === 'coordinates'
      ? [i]
      : []
  )
  return starts.slice(1).map((end, n) => moveFrom(events.slice(starts[n], end)))
}

function moveFrom(events: Event[]): Move {
  const [a, b] = events.flatMap((event) => (event.what === 'place' ? [event.element] : []))
  const nets: [Net[], Net[]] = [[], []]
  const places: number[] = []
  const swapped: number[] = []
  events.forEach((event, i) => {
    const [next, later] = events.slice(i + 1)
    if (event.what === 'neighbour' && next.what === 'place' && later.what === 'coordinates') {
      nets[places.length > 2 ? 1 : 0].push({ slot: event.slot, element: next.element, place: later.place })
    }
    if (event.what === 'coordinates' && events[i - 2]?.what !== 'neighbour') places.push(event.place)
    if (event.what === 'swapped') swapped.push(event.element)
  })
  return { a, b, nets, places, swapped }
}

const aSpec = (footprint: number, knobs: Partial<LabSpec['canneal']> = {}, seed = 1): LabSpec => {
  const spec = aStreamSpec({ footprint, seed })
  return { ...spec, canneal: { ...spec.canneal, ...knobs } }
}

async function someMoves(footprint: number, accesses: number, knobs: Partial<LabSpec['canneal']> = {}) {
  const source = canneal.open(aSpec(footprint, knobs))
  return movesIn(source, footprint, await take(source, accesses))
}

const MIB = 2 ** 20
const PAPER = canneal.info.presets?.paper ?? 0
const mean = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length

describe('the netlist', () => {
  const netlist = new Netlist(1_000_000, { degree: 5, locality: 0.7, window: 4096 }, 1)
  const elements = Array.from({ length: 20_000 }, (_, i) => i * 50)

  it('has 1 to 9 inputs an element, each number as often, and outputs as Poisson has them', () => {
    const inputs = elements.map((element) => netlist.fanIn(element))
    for (let n = 1; n <= 9; n++) expect(inputs.filter((x) => x === n).length / 20_000).toBeCloseTo(1 / 9, 1)
    expect(mean(inputs)).toBeCloseTo(5, 1)
    const outputs = elements.map((element) => netlist.fanOut(element))
    let chance = Math.exp(-5)
    for (let n = 0; n <= 6; n++) {
      expect(Math.abs(outputs.filter((x) => x === n).length / 20_000 - chance)).toBeLessThan(0.012)
      chance *= 5 / (n + 1)
    }
    expect(mean(outputs)).toBeGreaterThan(4.9)
    expect(mean(outputs)).toBeLessThan(5.05)
  })

  it('puts 70 % of neighbours near, normally with a deviation of 4096, the rest anywhere', () => {
    const distances = elements.map((element) => {
      const distance = Math.abs(netlist.neighbour(element, 3) - element)
      return Math.min(distance, 1_000_000 - distance)
    })
    // One deviation holds 68.27 % of the near ones, and of the others as many as it is wide.
    const within = (deviations: number): number =>
      distances.filter((distance) => distance <= deviations * 4096).length / 20_000
    expect(within(1)).toBeCloseTo(0.7 * 0.6827 + 0.3 * (2 * 4096 * 1e-6), 1)
    // Four deviations of a share of 20,000.
    expect(Math.abs(within(4) - (0.7 + 0.3 * (8 * 4096 * 1e-6)))).toBeLessThan(0.013)
  })

  it('never leads out of itself, nor from an element to itself', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 64, max: 2 ** 32 - 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 32 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, share, degree, locality) => {
          const any = new Netlist(count, { degree, locality, window: 2 ** 30 }, 5)
          const element = Math.floor(share * (count - 1))
          const nets = any.fanIn(element) + any.fanOut(element)
          expect(nets).toBeLessThanOrEqual(any.slots)
          for (let k = 0; k < nets; k++) {
            const other = any.neighbour(element, k)
            expect(other >= 0 && other < count && other !== element).toBe(true)
          }
        }
      )
    )
  })
})

describe('the placement', () => {
  it('is what swaps make of it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { maxLength: 100 }), (swaps) => {
        const placement = new Placement(7)
        const places = Array.from({ length: 51 }, (_, i) => i)
        for (const [a, b] of swaps) {
          placement.swap(a, b)
          ;[places[a], places[b]] = [places[b], places[a]]
        }
        expect(places.map((_, i) => placement.placeOf(i))).toEqual(places)
      })
    )
  })

  it('remembers those moved last', () => {
    const placement = new Placement(7, 4)
    placement.swap(1, 2)
    placement.swap(3, 4)
    placement.swap(5, 6)
    expect([1, 2, 3, 4, 5, 6].map((i) => placement.placeOf(i))).toEqual([1, 2, 4, 3, 6, 5])
  })
})

describe('canneal', () => {
  it('takes last move’s second element first', async () => {
    const moves = await someMoves(64 * MIB, 100_000)
    expect(moves.length).toBeGreaterThan(100)
    moves.slice(1).forEach(({ a }, i) => expect(a).toBe(moves[i].b))
  })

  it('finds the same neighbour behind the same pointer, in arrays in the order of elements', async () => {
    const behind = new Map<number, number>()
    let again = 0
    for (const { a, b, nets } of await someMoves(MIB, 300_000)) {
      nets.forEach((ofOne, which) => {
        ofOne.forEach(({ slot, element }, k) => {
          expect(slot).toBe((which === 0 ? a : b) * (80 + 128) + 80 + 8 * k)
          if (behind.has(slot)) again++
          expect(behind.get(slot) ?? element).toBe(element)
          behind.set(slot, element)
        })
      })
    }
    expect(again).toBeGreaterThan(100)
  })

  it.each([0, 30])(
    'swaps when that makes the nets shorter, at temperature 0 only then (%i)',
    async (temperature) => {
      const { count, height } = chipOf(2 * MIB)
      const places = Array.from({ length: count }, (_, i) => i)
      const distance = (p: number, q: number): number =>
        Math.abs(Math.floor(p / height) - Math.floor(q / height)) + Math.abs((p % height) - (q % height))
      const worse = { moves: 0, taken: 0 }
      let taken = 0
      for (const { a, b, nets, places: read, swapped } of await someMoves(2 * MIB, 400_000, {
        temperature
      })) {
        expect(read).toEqual([places[a], places[b], places[b], places[a]])
        const delta = [a, b].reduce((sum, _, which) => {
          const [from, to] = which === 0 ? [places[a], places[b]] : [places[b], places[a]]
          return nets[which].reduce((inner, { element, place }) => {
            expect(place).toBe(places[element])
            return inner + distance(to, place) - distance(from, place)
          }, sum)
        }, 0)
        if (delta < 0) expect(swapped).toEqual([a, b])
        else worse.moves++
        if (swapped.length === 0) continue
        expect(swapped).toEqual([a, b])
        taken++
        if (delta >= 0) worse.taken++
        ;[places[a], places[b]] = [places[b], places[a]]
      }
      expect(taken).toBeGreaterThan(20)
      if (temperature === 0) expect(worse.taken).toBe(0)
      else expect(worse.taken).toBeGreaterThan(3)
      expect(worse.taken).toBeLessThan(worse.moves)
    }
  )

  it('leaves every element where it began when swaps are not to count', async () => {
    for (const { nets } of await someMoves(2 * MIB, 100_000, { swaps: false, temperature: 1e9 })) {
      for (const { element, place } of nets.flat()) expect(place).toBe(element)
    }
  })

  /** Pages of one element's nets with all that they lead to, for the mixture and the degrees alone. */
  function pagesOfAnElement(random: RandomWords): number {
    const normal = (): number =>
      Array.from({ length: 12 }, () => random.fraction()).reduce((a, b) => a + b) - 6
    const poisson = (): number => {
      let n = 0
      for (let p = random.fraction(); p > Math.exp(-5); p *= random.fraction()) n++
      return n
    }
    const count = PAPER / PER_ELEMENT
    const self = random.fraction() * count
    const pages = new Set([`e${Math.floor((self * 88) / 4096)}`, `p${Math.floor((self * 8) / 4096)}`, 'fan'])
    const inputs = 1 + Math.floor(9 * random.fraction())
    for (let n = Math.min(16, inputs + poisson()); n > 0; n--) {
      const other = random.fraction() < 0.7 ? self + 4096 * normal() : random.fraction() * count
      pages.add(`e${Math.floor((other * 88) / 4096)}`).add(`p${Math.floor((other * 8) / 4096)}`)
    }
    return pages.size
  }

  it('takes 40 pages a move, half of which the move before has used', async () => {
    const source = canneal.open(aSpec(PAPER))
    const accesses = await take(source, 400_000)
    const moves = movesIn(source, PAPER, accesses)
    const random = new RandomWords(9)
    const expected = mean(Array.from({ length: 5000 }, () => pagesOfAnElement(random)))
    expect((2 * expected) / 40).toBeGreaterThan(0.9)
    expect((2 * expected) / 40).toBeLessThan(1.1)
    // Two thirds are b's, now and as the next move's a; all of them lie within the 1,536 used last.
    for (const held of [64, 1536]) {
      const missed = missesOf(accesses, held) / moves.length
      expect(missed / expected).toBeGreaterThan(0.93)
      expect(missed / expected).toBeLessThan(1.07)
    }
  })

  it('fetches about three instructions for each data reference, and hardly stores', async () => {
    const accesses = await take(canneal.open(aSpec(4 * 2 ** 30)), 200_000)
    expect(instructionsPerDataReference(accesses)).toBeGreaterThan(2.5)
    expect(instructionsPerDataReference(accesses)).toBeLessThan(3.5)
    // A move stores four ends of vectors, the twister's index and two addresses, and loads 80 words and more.
    expect(storeShare(accesses)).toBeLessThan(7 / 80)
    expect(storeShare(accesses)).toBeGreaterThan(4 / 120)
  })

  it('has its elements in one area, and its places, names and nets in the heap', () => {
    const source = canneal.open(aSpec(PAPER))
    const { count, rowsBytes } = chipOf(PAPER)
    expect(areaNamed(source, 'elements').pages).toBe(Math.ceil((count * 88) / 4096))
    expect(areaNamed(source, 'heap').pages).toBe(Math.ceil((rowsBytes + count * 208) / 4096))
    const large = source.areas.filter(({ pages }) => pages >= 2 ** 14).map(({ name }) => name)
    expect(large).toEqual(['heap', 'elements'])
  })

  it('says how much it needs where many nets leave too few elements', () => {
    expect(() => canneal.open(aSpec(4096))).toThrow(UserError)
    expect(() => canneal.open(aSpec(MIB, { degree: 32 }))).not.toThrow()
  })
})
