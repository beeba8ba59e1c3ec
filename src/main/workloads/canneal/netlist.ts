/**
 * The netlist: which elements an element's nets lead to. Nothing of it is stored; neighbour k of element i is
 * a function of both, so that a net is the same whenever it is followed.
 *
 * Inputs are spread evenly over 1 .. 2 * degree - 1. An output drives as many inputs as chance gives it, which is
 * Poisson's distribution with mean `degree`. Fan-in and fan-out of two elements are drawn apart: that element i
 * drives j does not put i among the inputs of j.
 */
import { hashWords } from '@shared/random/hash-words'

export interface NetlistSettings {
  readonly degree: number
  /** Share of neighbours near in the netlist, and the standard deviation of their distance. */
  readonly locality: number
  readonly window: number
}

const TO_FRACTION = 2 ** -32
/** Arguments of the hash beyond any neighbour's number. */
const FAN_IN = 0x1000
const FAN_OUT = 0x1001
const ANGLE = 0x2000
const RADIUS = 0x4000

export class Netlist {
  /** Pointers that an element's two arrays have room for: 16 where the mean is 5 and 5. */
  readonly slots: number
  /** Chances of at most 0, 1, ... outputs. */
  private readonly atMost: readonly number[]

  constructor(
    readonly elements: number,
    private readonly settings: NetlistSettings,
    private readonly seed: number
  ) {
    this.slots = slotsFor(settings.degree)
    this.atMost = poissonUpTo(settings.degree, this.slots)
  }

  fanIn(element: number): number {
    return 1 + Math.floor(this.fraction(element, FAN_IN) * (2 * this.settings.degree - 1))
  }

  fanOut(element: number): number {
    const chance = this.fraction(element, FAN_OUT)
    const room = this.slots - this.fanIn(element)
    let count = 0
    while (count < room && chance >= this.atMost[count]) count++
    return count
  }

  /** Neighbour `k` of an element, inputs first; near ones go round the ends of the netlist. Never itself. */
  neighbour(element: number, k: number): number {
    const { locality } = this.settings
    const chance = this.fraction(element, k)
    if (chance >= locality) {
      // What is left of the chance is uniform too, but it has lost bits.
      return this.other(element, Math.floor(this.fraction(element, k + ANGLE) * this.elements))
    }
    return this.other(element, element + this.distance(element, k))
  }

  /** Normal with deviation `window`, as Box and Muller make it. */
  private distance(element: number, k: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.fraction(element, k + RADIUS)))
    return Math.round(
      this.settings.window * radius * Math.cos(2 * Math.PI * this.fraction(element, k + ANGLE))
    )
  }

  private other(element: number, wanted: number): number {
    const rest = wanted % this.elements
    const found = rest < 0 ? rest + this.elements : rest
    return found === element ? (element + 1) % this.elements : found
  }

  private fraction(element: number, argument: number): number {
    return hashWords(this.seed, argument, element) * TO_FRACTION
  }
}

/** Three fifths more than the mean of both: one element in sixty would have more outputs, and has these. */
export const slotsFor = (degree: number): number => 2 * Math.ceil(1.6 * degree)

function poissonUpTo(mean: number, most: number): number[] {
  let term = Math.exp(-mean)
  let sum = 0
  return Array.from({ length: most + 1 }, (_, count) => {
    sum += term
    term *= mean / (count + 1)
    return sum
  })
}
