/**
 * Where elements are on the chip. Element i begins at place i, row after row; accepted moves swap places. The
 * places of the 2^20 elements that were moved last are remembered; one that was moved longer ago is taken to be
 * where it began.
 */

const REMEMBERED = 2 ** 20

export class Placement {
  private readonly moved = new Map<number, number>()

  /** @param height places in a row of the chip @param remembered elements */
  constructor(
    private readonly height: number,
    private readonly remembered = REMEMBERED
  ) {}

  placeOf(element: number): number {
    return this.moved.get(element) ?? element
  }

  swap(a: number, b: number): void {
    const placeOfA = this.placeOf(a)
    this.put(a, this.placeOf(b))
    this.put(b, placeOfA)
  }

  /** Manhattan distance of two places: the cost of a net between them. */
  distance(one: number, other: number): number {
    const x = Math.floor(one / this.height) - Math.floor(other / this.height)
    const y = (one % this.height) - (other % this.height)
    return Math.abs(x) + Math.abs(y)
  }

  private put(element: number, place: number): void {
    this.moved.delete(element)
    this.moved.set(element, place)
    if (this.moved.size > this.remembered) this.moved.delete(this.moved.keys().next().value ?? element)
  }
}
