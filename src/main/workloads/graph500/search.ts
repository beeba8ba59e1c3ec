/** Breadth-first searches from random roots, one after the other. */
import { RandomWords } from '@shared/random/random-words'
import { OFFSET_WORDS, WORD_BYTES, type Arrays } from './arrays'
import { Neighbours } from './neighbours'
import { EXACT, SearchQueue } from './queue'

/** Work between pauses: neighbours, or words. */
const PIECE = 64

/** Of vertices with fewer edges, many are found by the last levels alone (assumed). */
const FOUND_EARLY = 4
const WORDS_PER_PAGE = 512

/**
 * The tree is clear when the first search begins. Where the queue cannot be kept it begins in its bulk, for the few
 * hubs that come first read more neighbours than the tree has pages, and so the tree in order.
 */
export function* bfs(arrays: Arrays): Generator<void> {
  const random = new RandomWords(arrays.seed)
  const { vertices } = arrays.graph
  const search: Search = {
    arrays,
    queue: new SearchQueue(vertices, arrays.seed),
    neighbours: new Neighbours(arrays.graph, arrays.seed)
  }
  if (vertices > EXACT) {
    const { slices } = arrays
    search.queue.goOn(slices.withDegree(FOUND_EARLY), slices.withDegree(vertices / WORDS_PER_PAGE))
    yield* goOn(search)
    yield* clear(search)
  }
  for (;;) {
    discover(rootOf(arrays, random), search)
    yield* goOn(search)
    yield* clear(search)
  }
}

interface Search {
  readonly arrays: Arrays
  readonly queue: SearchQueue
  readonly neighbours: Neighbours
}

/** A vertex that has an edge. */
function rootOf({ graph, slices }: Arrays, random: RandomWords): number {
  let root = 0
  do root = Math.floor(random.fraction() * graph.vertices)
  while (slices.degree(root) === 0)
  return root
}

/** Takes vertices from the queue until it is empty. */
function* goOn(search: Search): Generator<void> {
  const { arrays, queue, neighbours } = search
  const { thread, offsets, adjacency, slices } = arrays
  for (;;) {
    const position = queue.head
    const vertex = queue.next()
    if (vertex < 0) return
    thread.load(arrays.queue, position * WORD_BYTES)
    thread.compute(3)
    thread.load(offsets, vertex * OFFSET_WORDS * WORD_BYTES)
    thread.load(offsets, (vertex * OFFSET_WORDS + 1) * WORD_BYTES)
    thread.compute(4)
    let slot = slices.start(vertex)
    for (const neighbour of neighbours.of(vertex, slices.degree(vertex))) {
      thread.load(adjacency, slot * WORD_BYTES)
      thread.compute(2)
      thread.load(arrays.tree, neighbour * WORD_BYTES)
      thread.compute(2)
      discover(neighbour, search)
      slot++
      if (slot % PIECE === 0) yield
    }
    yield
  }
}

/** Enters a vertex into tree and queue, unless it is there. */
function discover(vertex: number, { arrays: { thread, tree, queue }, queue: found }: Search): void {
  const position = found.tail
  if (!found.visit(vertex)) return
  thread.store(tree, vertex * WORD_BYTES)
  thread.store(queue, position * WORD_BYTES)
  thread.compute(3)
}

function* clear({ arrays: { thread, tree, graph }, queue }: Search): Generator<void> {
  queue.clear()
  for (let vertex = 0; vertex < graph.vertices; vertex++) {
    thread.store(tree, vertex * WORD_BYTES)
    thread.compute(2)
    if (vertex % PIECE === 0) yield
  }
}
