/**
 * The queue of a breadth-first search over more vertices than can be stored: who was visited is exact, and so are
 * the first 2^20 vertices in the queue, which are levels 0 to 2 and more. Behind them come the vertices visited
 * since in a pseudo-random order, each at most once; one that is visited only after its turn has passed is left out.
 *
 * The first of these searches begins in its bulk: hubs have been searched and whoever they lead to has been found.
 */
import { Permutation } from '@shared/random/permutation'
import { onesIn } from './slices'

export const EXACT = 2 ** 20

export class SearchQueue {
  head = 0
  tail = 0
  private readonly first: Int32Array
  private readonly visited: Int32Array
  /** Those that are among the first. */
  private readonly early: Int32Array
  private readonly order: Permutation
  private turn = 0
  /** Vertices in `first`. */
  private stored = 0

  constructor(
    private readonly vertices: number,
    seed: number,
    private readonly exact = EXACT
  ) {
    this.first = new Int32Array(Math.min(exact, vertices))
    this.visited = new Int32Array(Math.ceil(vertices / 32))
    this.early = new Int32Array(Math.ceil(vertices / 32))
    this.order = new Permutation(vertices, seed)
  }

  clear(): void {
    this.head = 0
    this.tail = 0
    this.turn = 0
    this.stored = 0
    this.visited.fill(0)
    this.early.fill(0)
  }

  /** Goes on where the vertices in `visited` have been found and those in `searched` done with: one bit each. */
  goOn(visited: Int32Array, searched: Int32Array): void {
    this.visited.set(visited)
    this.early.set(searched)
    this.tail = countIn(visited)
    this.head = countIn(searched)
  }

  /** Puts a vertex into the queue; false when it has been visited before. */
  visit(vertex: number): boolean {
    if (isIn(this.visited, vertex)) return false
    add(this.visited, vertex)
    if (this.tail === this.stored && this.stored < this.exact) {
      this.first[this.stored++] = vertex
      add(this.early, vertex)
    }
    this.tail++
    return true
  }

  /** The vertex whose turn it is, or -1 at the end. */
  next(): number {
    if (this.head === this.tail) return -1
    const vertex = this.head < this.stored ? this.first[this.head] : this.nextInOrder()
    this.head++
    return vertex
  }

  private nextInOrder(): number {
    while (this.turn < this.vertices) {
      const vertex = this.order.at(this.turn++)
      if (isIn(this.visited, vertex) && !isIn(this.early, vertex)) return vertex
    }
    return -1
  }
}

const isIn = (set: Int32Array, vertex: number): boolean => ((set[vertex >>> 5] >>> (vertex & 31)) & 1) === 1
const countIn = (set: Int32Array): number => set.reduce((sum, word) => sum + onesIn(word), 0)
const add = (set: Int32Array, vertex: number): void => {
  set[vertex >>> 5] |= 1 << (vertex & 31)
}
