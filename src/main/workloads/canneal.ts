/**
 * Canneal of PARSEC: simulated annealing of a chip's routing cost, on one thread with 150,000 moves per
 * temperature, as the DMT artifact runs it. For each move:
 *
 *   a = b; b = a random element
 *   delta = what all nets of a and b cost with their places swapped - what they cost now
 *   swap if delta < 0, else with probability exp(-delta / temperature)
 *
 * Costs are Manhattan distances of places, computed for the nets there are.
 */
import { sizeText } from '@shared/model/quantity'
import { UserError } from '@shared/model/user-error'
import { RandomWords } from '@shared/random/random-words'
import { Netlist, slotsFor, type NetlistSettings } from './canneal/netlist'
import { Placement } from './canneal/places'
import { AddressPlan, type Block } from './program/address-plan'
import { ProgramSource } from './program/program-source'
import { Tape } from './program/tape'
import { Thread } from './program/thread'
import type { AccessSource, Workload } from './workload'

const MOVES_PER_TEMPERATURE = 150_000
const COOLING = 1.5

/** Name, two vectors and the address of its place. */
const ELEMENT_BYTES = 88
const FAN_IN_OFFSET = 32
const FAN_OUT_OFFSET = 56
const PLACE_OFFSET = 80
/** x and y of a place. */
const PLACE_BYTES = 8
/** The map from names to elements is a tree of such nodes; its last use is the loading. */
const NAME_NODE_BYTES = 80
const POINTER_BYTES = 8
/** malloc's header and rounding, for a row of places. */
const ROW_EXTRA_BYTES = 16
/** State of the Mersenne twister: 624 words, and which is next. */
const TWISTER_WORDS = 624

const LEAST_ELEMENTS = 64
/** Elements are drawn with 32 bits. */
const MOST_ELEMENTS = 2 ** 32

const GIB = 2 ** 30

/** On the heap, for each element: a node of the map of names and its arrays of neighbours, in the file's order. */
const heapBytesFor = (degree: number): number => NAME_NODE_BYTES + POINTER_BYTES * slotsFor(degree)
const bytesFor = (degree: number): number => ELEMENT_BYTES + PLACE_BYTES + heapBytesFor(degree)

export const canneal: Workload = {
  info: {
    id: 'canneal',
    title: 'Canneal',
    summary: 'PARSEC’s simulated annealing: follows all nets of two random elements of a chip’s netlist',
    story: [
      'A chip’s elements are to be placed so that the wires between them are short. Again and again two elements are picked, the cost of all their nets is worked out for their places as they are and swapped, and they change places if that is better, or by chance while the temperature is high.',
      'Each neighbour is two pointers away: its element, and the place that this points to. With some ten neighbours an element that is forty pages a move, of tens of gigabytes, and half of them belong to an element drawn at random.'
    ],
    presets: { paper: 60 * GIB, laptop: 4 * GIB },
    knobs: [
      {
        path: 'canneal.degree',
        title: 'Degree',
        help: 'Nets into an element, and as many out of it, on average'
      },
      {
        path: 'canneal.locality',
        title: 'Locality',
        help: 'Share of neighbours that lie near in the netlist'
      },
      { path: 'canneal.window', title: 'Window', help: 'Standard deviation of their distance, in elements' },
      {
        path: 'canneal.temperature',
        title: 'Temperature',
        help: 'At the start; divided by 1.5 every 150,000 moves'
      },
      { path: 'canneal.swaps', title: 'Swaps', help: 'Whether accepted swaps change later moves' }
    ]
  },
  open: ({ footprint, seed, canneal: settings }) => {
    const { width, height } = chipFor(footprint, settings.degree)
    return new Annealer(width, height, settings, seed).source()
  }
}

interface AnnealerSettings extends NetlistSettings {
  readonly temperature: number
  readonly swaps: boolean
}

/** A chip as square as can be, every place taken. */
function chipFor(footprint: number, degree: number): { width: number; height: number } {
  const elements = Math.floor(footprint / bytesFor(degree))
  const where = sizeText(footprint)
  if (elements < LEAST_ELEMENTS) {
    const least = LEAST_ELEMENTS * bytesFor(degree)
    throw new UserError('the footprint is too small', where, `give at least ${least} bytes`)
  }
  if (elements > MOST_ELEMENTS) throw new UserError('the footprint is too large', where, 'give at most 1TiB')
  const width = Math.floor(Math.sqrt(elements))
  return { width, height: Math.floor(elements / width) }
}

class Annealer {
  private readonly tape = new Tape()
  private readonly plan = new AddressPlan()
  private readonly thread: Thread
  private readonly random: RandomWords
  private readonly netlist: Netlist
  private readonly placement: Placement
  private readonly elements: Block
  private readonly heap: Block
  /** Bytes of a row of places, and of all rows, which come first in the heap. */
  private readonly rowBytes: number
  private readonly rowsBytes: number
  private readonly perElement: number
  /** The move with all it calls, unrolled and inlined: 20 KiB (assumed). */
  private readonly move = this.plan.text.routine(5000)
  private readonly draw = this.plan.text.routine(40)
  private readonly accept = this.plan.text.routine(60)
  private temperature: number
  private moves = 0
  private drawn = 0
  private b = 0

  constructor(
    width: number,
    private readonly height: number,
    private readonly settings: AnnealerSettings,
    seed: number
  ) {
    const count = width * height
    this.perElement = heapBytesFor(settings.degree)
    this.rowBytes = 16 * Math.ceil((height * PLACE_BYTES) / 16) + ROW_EXTRA_BYTES
    this.rowsBytes = width * this.rowBytes
    this.elements = this.plan.map('elements', count * ELEMENT_BYTES)
    this.heap = this.plan.heap(this.rowsBytes + count * this.perElement)
    this.netlist = new Netlist(count, settings, seed)
    this.placement = new Placement(height)
    this.random = new RandomWords(seed)
    this.thread = new Thread(this.tape, this.plan.text, this.move)
    this.temperature = settings.temperature
    this.b = Math.floor(this.random.fraction() * count)
  }

  source(): AccessSource {
    return new ProgramSource(this.plan.areas, this.tape, () => this.tryMove())
  }

  private tryMove(): void {
    if (this.moves % MOVES_PER_TEMPERATURE === 0) this.temperature /= COOLING
    this.moves++
    const a = this.b
    const b = this.drawOther(a)
    this.b = b
    this.thread.enter(this.move)
    const placeOfA = this.place(a)
    const placeOfB = this.place(b)
    const delta = this.swapCost(a, placeOfA, placeOfB) + this.swapCost(b, placeOfB, placeOfA)
    if (this.isAccepted(delta)) this.swap(a, b)
  }

  private drawOther(element: number): number {
    let other = element
    while (other === element) other = Math.floor(this.drawFraction() * this.netlist.elements)
    return other
  }

  /** One word of the Mersenne twister. The numbers are xoshiro's: any good generator does. */
  private drawFraction(): number {
    const { thread, plan } = this
    thread.enter(this.draw)
    thread.modify(plan.stack, 0x1000)
    thread.load(plan.stack, 0x1008 + 8 * this.drawn)
    this.drawn = (this.drawn + 1) % TWISTER_WORDS
    thread.compute(14)
    return this.random.fraction()
  }

  /** Reads where an element is. */
  private place(element: number): number {
    this.thread.compute(2)
    this.thread.load(this.elements, element * ELEMENT_BYTES + PLACE_OFFSET)
    return this.placement.placeOf(element)
  }

  /** What the nets of an element cost at another place, less what they cost now. */
  private swapCost(element: number, from: number, to: number): number {
    const { thread, elements, netlist } = this
    const inputs = netlist.fanIn(element)
    const all = inputs + netlist.fanOut(element)
    this.readCoordinates(from)
    this.readCoordinates(to)
    let change = 0
    for (let k = 0; k < all; k++) {
      if (k === 0) this.readBounds(elements, element, FAN_IN_OFFSET)
      if (k === inputs) this.readBounds(elements, element, FAN_OUT_OFFSET)
      thread.load(this.heap, this.rowsBytes + element * this.perElement + NAME_NODE_BYTES + POINTER_BYTES * k)
      const there = this.place(netlist.neighbour(element, k))
      this.readCoordinates(there)
      thread.compute(6)
      change += this.placement.distance(to, there) - this.placement.distance(from, there)
    }
    return change
  }

  /** First and last of a vector. */
  private readBounds(elements: Block, element: number, offset: number): void {
    this.thread.load(elements, element * ELEMENT_BYTES + offset)
    this.thread.load(elements, element * ELEMENT_BYTES + offset + 8)
    this.thread.compute(4)
    this.thread.store(this.plan.stack, 0x100)
  }

  private readCoordinates(place: number): void {
    const row = Math.floor(place / this.height)
    const offset = row * this.rowBytes + (place - row * this.height) * PLACE_BYTES
    this.thread.load(this.heap, offset, 4)
    this.thread.load(this.heap, offset + 4, 4)
  }

  private isAccepted(delta: number): boolean {
    this.thread.enter(this.accept)
    this.thread.compute(6)
    if (delta < 0) return true
    const chance = this.drawFraction()
    this.thread.compute(30)
    return Math.exp(-delta / this.temperature) > chance
  }

  /** Exchanges the addresses of two places. */
  private swap(a: number, b: number): void {
    const { thread, elements } = this
    for (const element of [a, b]) {
      thread.compute(4)
      thread.load(elements, element * ELEMENT_BYTES + PLACE_OFFSET)
    }
    for (const element of [a, b]) thread.store(elements, element * ELEMENT_BYTES + PLACE_OFFSET)
    if (this.settings.swaps) this.placement.swap(a, b)
  }
}
